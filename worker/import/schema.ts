import { createRoute, z } from '@hono/zod-openapi'
import type { ImportResult } from '../../sdk/wire/index.ts'
import { limits } from '../../sdk/wire/limits.ts'
import { assertType, type Equal } from '../equal.ts'
import { queryParameter } from '../filters/parameters.ts'
import { serverLimits } from '../limits.ts'
import { noteSchema, personSchema, screenedSchema, submissionSchema, timeSchema } from '../intake/schema.ts'
import { needs, problemResponse } from '../answers/schema.ts'

/** The filter `assignee=none` asks for items of nobody's; labels are looked through in `line.ts`. */
const isNoNone = (name: string) => name !== 'none'

/** A line: a submission, and what an export gives beside it. */
export const importLineSchema = submissionSchema.extend({
  person: personSchema
    .extend({
      uuid: z.string().max(100).optional(),
      anonymousId: z.string().max(100).optional(),
      verified: z.boolean().optional(),
    })
    .optional(),
  status: z.string().min(1).max(60).optional(),
  labels: z.array(z.string().trim().min(1).max(60)).max(serverLimits.labelsMax).optional(),
  assignee: z.string().min(1).max(200).refine(isNoNone, 'none stands for nobody').optional(),
  environment: z
    .string()
    .regex(/^[a-z0-9][a-z0-9-]*$/)
    .max(40)
    .optional(),
  source: z.string().min(1).max(60).optional(),
  externalId: z.string().max(500).optional(),
  spam: z.boolean().optional(),
  screened: screenedSchema.optional(),
  mergedInto: z.string().optional(),
  receivedAt: timeSchema.optional(),
  updatedAt: timeSchema.optional(),
  reducedAt: timeSchema.optional(),
  notes: z.array(noteSchema).optional(),
  teamNotes: z
    .array(
      z.object({
        id: z.uuid(),
        text: z.string().min(1).max(limits.teamNoteMaxChars),
        author: z.string().min(1).max(300),
        createdAt: timeSchema,
      }),
    )
    .max(limits.teamNotesMax)
    .refine((notes) => new TextEncoder().encode(JSON.stringify(notes)).length <= serverLimits.teamNotesMaxBytes, {
      message: 'together too long',
    })
    .optional(),
  reference: z.string().optional(),
  change: z.int().optional(),
})

export type ImportItem = z.infer<typeof importLineSchema>

export const importResultSchema = z
  .object({
    line: z.int(),
    id: z.string().nullable(),
    result: z.enum(['stored', 'repeated', 'refused']),
    reason: z.string().optional(),
    notes: z.array(noteSchema).optional(),
  })
  .openapi('ImportResult')

assertType<Equal<z.infer<typeof importResultSchema>, ImportResult>>()

export const importRoute = createRoute({
  method: 'post',
  path: '/v1/import',
  operationId: 'importFeedback',
  summary: 'Import items, ids and times kept',
  description: `NDJSON, at most ${limits.importMaxLines} lines or ${limits.importMaxBytes} bytes, each an item as an export gives it or a submission. May be run twice: what stands there already is answered as repeated, and what was erased is refused. The last line of our own export is passed over.`,
  tags: ['Import'],
  ...needs('write', 'feedback.import'),
  parameters: [
    queryParameter('project', 'Needed only by a member of several projects.'),
    queryParameter('environment', 'For lines that name none; `production` unless told.'),
  ],
  request: { body: { required: true, content: { 'application/x-ndjson': { schema: z.string() } } } },
  responses: {
    200: {
      description: 'One line for each line: stored, repeated, or refused with the reason.',
      content: { 'application/x-ndjson': { schema: importResultSchema } },
    },
    default: problemResponse,
  },
})
