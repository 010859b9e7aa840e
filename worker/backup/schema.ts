import { createRoute, z } from '@hono/zod-openapi'
import {
  type BackupEnd,
  type BackupLine,
  backupParts,
  type BackupProject,
  backupTables,
  type RestoreResult,
  type RestoreStart,
} from '../../sdk/wire/index.ts'
import { limits } from '../../sdk/wire/limits.ts'
import { jsonAnswer, needs, problemResponse } from '../answers/schema.ts'
import { assertType, type Equal } from '../equal.ts'
import { queryParameter } from '../filters/parameters.ts'
import { tagsSchema } from '../intake/schema.ts'
import { projectPatchSchema } from '../projects/schema.ts'

/** Until the end of the year 9999: later ones have no date, neither here nor in the database. */
const time = z.int().min(0).max(253_402_300_799_999)
const id = z.uuid()

export const projectSchema = z
  .object({
    name: z.string().min(1).max(100),
    settings: z.record(z.string(), z.unknown()),
    secret: z.string().min(20).max(200),
    signing: z.string().min(20).max(200).optional(),
    createdAt: time,
  })
  .openapi('BackupProject')

/** What settings that are known must be like; a later release may have more. */
export const settingsSchema = projectPatchSchema.omit({ name: true }).loose()

const imageSchema = z.object({
  type: z.string(),
  bytes: z.int(),
  width: z.int().optional(),
  height: z.int().optional(),
  removed: z.literal(true).optional(),
  url: z.string().optional(),
  file: z.string().optional(),
})

const itemSchema = z.object({
  doc: z.int().min(0),
  id,
  change: z.int().min(1),
  environment: z.string().min(1),
  kind: z.string().min(1),
  status: z.string().min(1),
  labels: z.array(z.string()),
  assignee: z.string().nullable(),
  spam: z.boolean(),
  mergedInto: z.string().nullable(),
  createdAt: time,
  receivedAt: time,
  updatedAt: time,
  message: z.string(),
  body: z.looseObject({
    tags: tagsSchema,
    person: z.looseObject({ verified: z.boolean() }).nullable(),
    page: z.looseObject({}).nullable(),
    source: z.string(),
    attachments: z.array(imageSchema).max(limits.attachmentsMax).optional(),
  }),
})

export const lineSchema = z.discriminatedUnion('type', [
  z.object({ type: z.literal('project'), row: projectSchema }),
  z.object({ type: z.literal('item'), row: itemSchema }),
  z.object({
    type: z.literal('tombstone'),
    row: z.object({ id, change: z.int().min(1), erasedAt: time }),
  }),
  z.object({
    type: z.enum(backupTables),
    row: z.record(z.string(), z.union([z.string(), z.number(), z.null()])),
  }),
])

const text = (max = 1_000_000) => z.string().max(max)
const json = text().refine(isJson, 'is no JSON')

/** What rows of each table must be like: a wrong type would be a fault of the database. */
export const rowSchemas = {
  survey: z.strictObject({
    id: text(200),
    name: text(),
    state: z.enum(['draft', 'live', 'paused', 'deleted']),
    version: z.int(),
    targeting: json.nullable(),
    created_at: time,
    updated_at: time,
  }),
  survey_version: z.strictObject({ survey: text(200), version: z.int(), asked: json, created_at: time }),
  survey_display: z.strictObject({
    survey: text(200),
    environment: text(200),
    version: z.int(),
    day: z.iso.date(),
    count: z.int(),
  }),
  name: z.strictObject({ name: text(), first_seen_at: time }),
  saved_view: z.strictObject({
    id,
    name: text(),
    query: text(),
    visibility: z.enum(['private', 'shared']),
    owner: text(200).nullable(),
    created_at: time,
    updated_at: time,
  }),
  person: z.strictObject({
    id,
    external_id: text(),
    verified: z.union([z.literal(0), z.literal(1)]),
    facts: json,
    created_at: time,
    updated_at: time,
  }),
  account: z.strictObject({ id: text(), facts: json, created_at: time, updated_at: time }),
  erasure: z.strictObject({ mark: text(200), at: time }),
} as const

function isJson(value: string): boolean {
  try {
    return typeof JSON.parse(value) === 'object'
  } catch {
    // That is the question.
    return false
  }
}

const endSchema = z
  .object({ end: z.literal(true), count: z.int(), cursor: z.string().nullable(), head: z.int().optional() })
  .openapi('BackupEnd')

const startSchema = z
  .object({ lineage: z.string(), project: z.enum(['adopted', 'same', 'other']) })
  .openapi('RestoreStart')

const resultSchema = z
  .object({
    stored: z.int(),
    repeated: z.int(),
    erased: z.int(),
    refused: z.array(z.object({ line: z.int(), reason: z.string() })),
  })
  .openapi('RestoreResult')

assertType<Equal<z.infer<typeof lineSchema>, BackupLine>>()
assertType<Equal<z.infer<typeof projectSchema>, BackupProject>>()
assertType<Equal<z.infer<typeof endSchema>, BackupEnd>>()
assertType<Equal<z.infer<typeof startSchema>, RestoreStart>>()
assertType<Equal<z.infer<typeof resultSchema>, RestoreResult>>()

const tags = ['Backup']
const ndjson = (schema: z.ZodType) => ({ 'application/x-ndjson': { schema } })

export const backupRoute = createRoute({
  method: 'get',
  path: '/v1/backup',
  operationId: 'getBackup',
  summary: 'A page of one part of a whole project',
  description:
    'For `earshot backup`. Every table that is not derived, and every item with its place in the order of time and of changes; images by signed links. Holds the project’s own secret, and neither keys, identity secrets, members nor sessions.',
  tags,
  ...needs('admin'),
  parameters: [
    queryParameter('project', 'Needed only by a member of several projects.'),
    { name: 'part', in: 'query', required: true, schema: { type: 'string', enum: [...backupParts] } },
    queryParameter('cursor', 'The `cursor` of the last line of the page before; from the beginning without.'),
    queryParameter('limit', 'Lines of a page: 500 unless told, 500 at most.', 'integer'),
  ],
  responses: {
    200: {
      description: 'Lines; the last one is `{"end": true, "count": n, "cursor": "…" or null}`.',
      content: ndjson(z.union([lineSchema, endSchema])),
    },
    default: problemResponse,
  },
})

export const startRoute = createRoute({
  method: 'post',
  path: '/v1/restore/project',
  operationId: 'beginRestore',
  summary: 'Make an empty project the one of a backup',
  description:
    'Takes over name, settings and secret where the project holds nothing. Where it holds something by another secret, 409 `conflict` unless `add=true`: then nothing of the project changes.',
  tags,
  ...needs('admin', 'project.restore'),
  parameters: [queryParameter('add', '`true` puts a backup into a project that holds other things.')],
  request: { body: { required: true, content: { 'application/json': { schema: projectSchema } } } },
  responses: { 200: jsonAnswer(startSchema, 'How the lines are to be sent'), default: problemResponse },
})

const wantedSchema = z.object({ ids: z.array(id).max(limits.importMaxLines) }).openapi('Wanted')

export const wantedRoute = createRoute({
  method: 'post',
  path: '/v1/restore/wanted',
  operationId: 'listWanted',
  summary: 'Which items neither stand there nor were erased',
  description: 'Asked before images are sent, so that a restore that goes on sends none of them twice.',
  tags,
  ...needs('admin'),
  request: { body: { required: true, content: { 'application/json': { schema: wantedSchema } } } },
  responses: { 200: jsonAnswer(wantedSchema, 'Those that would be stored'), default: problemResponse },
})

export const restoreRoute = createRoute({
  method: 'post',
  path: '/v1/restore',
  operationId: 'restore',
  summary: 'Put lines of a backup back',
  description: `NDJSON, at most ${limits.importMaxLines} lines. What stands there already stays as it is; what was erased stays erased. May be run twice.`,
  tags,
  ...needs('admin', 'project.restore'),
  parameters: [
    queryParameter('project', 'Needed only by a member of several projects.'),
    queryParameter('lineage', 'What `POST /v1/restore/project` answered.'),
    queryParameter('add', '`true` where that project is another one.'),
  ],
  request: { body: { required: true, content: ndjson(lineSchema) } },
  responses: { 200: jsonAnswer(resultSchema, 'What became of the lines'), default: problemResponse },
})
