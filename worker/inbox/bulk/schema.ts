import { createRoute, z } from '@hono/zod-openapi'
import type { BulkChange, BulkRequest, BulkResult } from '../../../sdk/wire/index.ts'
import { limits } from '../../../sdk/wire/limits.ts'
import { jsonAnswer, needs, problemResponse } from '../../answers/schema.ts'
import { assertType, type Equal } from '../../equal.ts'
import { patchSchema } from '../schema.ts'

const changeSchema = z
  .strictObject({
    patch: patchSchema,
    items: z
      .array(z.strictObject({ id: z.string().min(1), change: z.int().optional(), before: z.int().optional() }))
      .min(1, 'is empty'),
  })
  .openapi('BulkChange')

/** Several changes at once, by ids. */
export const changesSchema = z.strictObject({ changes: z.array(changeSchema).min(1, 'is empty') })

/** One change to all that a filter selects. */
export const byFilterSchema = z.strictObject({
  filter: z.string().max(limits.urlMaxChars),
  patch: patchSchema,
  cursor: z.string().max(100).optional(),
})

const requestSchema = z.union([changesSchema, byFilterSchema]).openapi('BulkRequest')

const resultSchema = z
  .object({
    changed: z.int(),
    unchanged: z.int(),
    conflicts: z.array(z.string()),
    undo: z.array(changeSchema),
    cursor: z.string().nullable(),
  })
  .openapi('BulkResult')

assertType<Equal<z.infer<typeof changeSchema>, BulkChange>>()
assertType<Equal<z.infer<typeof requestSchema>, BulkRequest>>()
assertType<Equal<z.infer<typeof resultSchema>, BulkResult>>()

export const bulkRoute = createRoute({
  method: 'post',
  path: '/v1/feedback/bulk',
  operationId: 'bulkUpdateFeedback',
  summary: 'The same change to many',
  description: [
    `By ids or by filter, at most ${limits.bulkMax} items a request. By filter, go on with \`cursor\` until it is null:`,
    'what came in since the first request is not touched, and words are never loosened as a list may do. Give `undo`',
    'back as `changes` to undo the request; items that somebody changed since are `conflicts` and stay as they are.',
  ].join(' '),
  tags: ['Feedback'],
  ...needs('write', 'feedback.triage'),
  request: { body: { required: true, content: { 'application/json': { schema: requestSchema } } } },
  responses: { 200: jsonAnswer(resultSchema, 'What was changed, and what undoes it'), default: problemResponse },
})
