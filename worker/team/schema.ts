import { createRoute, z } from '@hono/zod-openapi'
import type { Merge, MergedList, NewTeamNote, Redaction, TeamSubmission } from '../../sdk/wire/index.ts'
import { limits } from '../../sdk/wire/limits.ts'
import { environmentSchema } from '../access/schema.ts'
import { idInPath, jsonAnswer, needs, problemResponse, secretKey } from '../answers/schema.ts'
import { assertType, type Equal } from '../equal.ts'
import { queryParameter } from '../filters/parameters.ts'
import { feedbackSchema, totalSchema } from '../inbox/schema.ts'
import {
  emailSchema,
  idSchema,
  ratingSchema,
  receiptSchema,
  submissionSchema,
  submitRoute,
  tagsSchema,
  timeSchema,
} from '../intake/schema.ts'

/** The filters `label=none` and `assignee=none` ask for items without one. */
const isNoNone = [(name: string) => name !== 'none', 'none stands for items that have none: take another name'] as const
const text = (max: number) => z.string().trim().min(1).max(max)
const key = z
  .string()
  .regex(/^[a-z0-9][a-z0-9-]*$/, 'is no key of lower-case letters, digits and hyphens')
  .max(limits.kindMaxChars)

/** What intake would leave out with a note is refused here: whoever enters it can mend it. */
const teamSubmissionSchema = z
  .strictObject({
    id: idSchema.optional(),
    kind: key.optional(),
    message: z.string().optional(),
    rating: ratingSchema.optional(),
    person: z
      .strictObject({
        id: text(200).optional(),
        name: text(200).optional(),
        email: emailSchema.optional(),
        account: text(200).optional(),
      })
      .optional(),
    tags: tagsSchema.optional(),
    labels: z
      .array(text(60).refine(...isNoNone))
      .max(50)
      .optional(),
    status: text(60).optional(),
    assignee: text(200)
      .refine(...isNoNone)
      .optional(),
    environment: environmentSchema.optional(),
    source: text(60).optional(),
    createdAt: timeSchema.optional(),
  })
  .openapi('TeamSubmission')

const newNoteSchema = z
  .strictObject({ id: idSchema.optional(), text: text(limits.teamNoteMaxChars) })
  .openapi('NewTeamNote')

const mergeSchema = z.strictObject({ into: z.uuid().nullable() }).openapi('Merge')

const mergedListSchema = z
  .object({ items: z.array(feedbackSchema), next: z.string().nullable(), total: totalSchema })
  .openapi('MergedList')

const redactionSchema = z
  .strictObject({
    texts: z.array(z.string().max(2_000).regex(/\S/, 'is blank')).max(limits.redactMaxTexts).optional(),
    attachments: z.array(z.int().min(0)).max(limits.attachmentsMax).optional(),
    dryRun: z.boolean().optional(),
  })
  .openapi('Redaction')

assertType<Equal<z.infer<typeof teamSubmissionSchema>, TeamSubmission>>()
assertType<Equal<z.infer<typeof newNoteSchema>, NewTeamNote>>()
assertType<Equal<z.infer<typeof mergeSchema>, Merge>>()
assertType<Equal<z.infer<typeof mergedListSchema>, MergedList>>()
assertType<Equal<z.infer<typeof redactionSchema>, Redaction>>()

const tags = ['Feedback']
const item = jsonAnswer(feedbackSchema, 'The item as it is now')
const body = <T extends z.ZodType>(schema: T) => ({
  required: true as const,
  content: { 'application/json': { schema } },
})

/** Hidden, because OpenAPI knows one operation for a path and a method: `feedbackRoute` tells of both. */
export const enterRoute = createRoute({
  method: 'post',
  path: '/v1/feedback',
  hide: true,
  security: secretKey,
  request: { body: body(teamSubmissionSchema) },
  responses: {
    201: jsonAnswer(feedbackSchema, 'Stored'),
    200: jsonAnswer(feedbackSchema, 'A repeat: the item as it is now'),
    default: problemResponse,
  },
})

export const feedbackRoute = createRoute({
  ...submitRoute,
  tags: [...submitRoute.tags, ...tags],
  summary: 'Submit feedback, or enter what was said elsewhere',
  description: `With a publishable key as \`key\`, for pages: a Submission in, a Receipt out. ${submitRoute.description} With a secret key or a session, for the team: a TeamSubmission in, the item out; what cannot be stored is refused and named. A person that the team names by id is verified.`,
  ...needs('write', 'feedback.create'),
  security: [{}, ...secretKey],
  parameters: [{ name: 'key', in: 'query', required: false, schema: { type: 'string', pattern: '^pub_' } }],
  request: {
    body: {
      required: true,
      content: {
        ...submitRoute.request.body.content,
        'application/json': { schema: z.union([submissionSchema, teamSubmissionSchema]) },
      },
    },
  },
  responses: {
    201: jsonAnswer(z.union([receiptSchema, feedbackSchema]), 'Stored'),
    200: jsonAnswer(z.union([receiptSchema, feedbackSchema]), 'A repeat: the same receipt, or the item as it is now'),
    default: problemResponse,
  },
})

export const addNoteRoute = createRoute({
  method: 'post',
  path: '/v1/feedback/{id}/notes',
  operationId: 'addTeamNote',
  summary: 'Note something inside the team',
  description: `Nobody outside ever sees it. At most ${limits.teamNotesMax} on one item.`,
  tags,
  ...needs('write', 'note.create'),
  request: { params: idInPath, body: body(newNoteSchema) },
  responses: {
    201: item,
    200: jsonAnswer(feedbackSchema, 'A repeat: the note stands there already'),
    default: problemResponse,
  },
})

export const deleteNoteRoute = createRoute({
  method: 'delete',
  path: '/v1/feedback/{id}/notes/{note}',
  operationId: 'deleteTeamNote',
  summary: 'Delete a note of the team',
  tags,
  ...needs('write', 'note.delete'),
  request: { params: idInPath.extend({ note: z.string().openapi({ param: { name: 'note', in: 'path' } }) }) },
  responses: { 200: item, default: problemResponse },
})

export const mergeRoute = createRoute({
  method: 'post',
  path: '/v1/feedback/{id}/merge',
  operationId: 'mergeFeedback',
  summary: 'Merge an item into another, or take it out again',
  description:
    'Both stay, and both count. Merged into an item that is itself merged, it stands in the one at the end; `null` takes it out.',
  tags,
  ...needs('write', 'feedback.merge'),
  request: { params: idInPath, body: body(mergeSchema) },
  responses: { 200: item, default: problemResponse },
})

export const mergedRoute = createRoute({
  method: 'get',
  path: '/v1/feedback/{id}/merged',
  operationId: 'listMerged',
  summary: 'What was merged into an item',
  tags,
  ...needs('read'),
  request: { params: idInPath },
  parameters: [
    queryParameter('limit', `${limits.pageDefault} unless told, ${limits.pageMax} at most.`, 'integer'),
    queryParameter('cursor', 'The `next` of the page before.'),
  ],
  responses: { 200: jsonAnswer(mergedListSchema, 'Newest first, at one remove or several'), default: problemResponse },
})

export const redactRoute = createRoute({
  method: 'post',
  path: '/v1/feedback/{id}/redact',
  operationId: 'redactFeedback',
  summary: 'Black out words and remove images, for good',
  description:
    'Each occurrence of each text, in any case, wherever the item says it. Search, filters, counts, and what was learned of the person from this item follow. Nothing brings it back; `dryRun` shows what would become of it.',
  tags,
  ...needs('write', 'feedback.redact'),
  request: { params: idInPath, body: body(redactionSchema) },
  responses: { 200: item, default: problemResponse },
})
