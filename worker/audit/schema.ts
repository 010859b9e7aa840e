import { createRoute, z } from '@hono/zod-openapi'
import { type AuditEntry, type AuditList, auditActorTypes } from '../../sdk/wire/index.ts'
import { jsonAnswer, needs, problemResponse } from '../answers/schema.ts'
import { assertType, type Equal } from '../equal.ts'
import { queryParameter } from '../filters/parameters.ts'
import { totalSchema } from '../inbox/schema.ts'

const fields = z.record(z.string(), z.unknown()).nullable()

export const entrySchema = z
  .object({
    id: z.uuid(),
    at: z.iso.datetime(),
    actor: z.object({ type: z.enum(auditActorTypes), id: z.string().nullable(), name: z.string().nullable() }),
    action: z.string(),
    target: z.object({ type: z.string(), id: z.string() }).nullable(),
    summary: z.string().nullable(),
    before: fields,
    after: fields,
    requestId: z.string().nullable(),
  })
  .openapi('AuditEntry')

const listSchema = z
  .object({ items: z.array(entrySchema), next: z.string().nullable(), total: totalSchema })
  .openapi('AuditList')

assertType<Equal<z.infer<typeof entrySchema>, AuditEntry>>()
assertType<Equal<z.infer<typeof listSchema>, AuditList>>()

export const auditRoute = createRoute({
  method: 'get',
  path: '/v1/audit',
  operationId: 'listAudit',
  summary: 'Who changed what, the newest first',
  description:
    'Every change by a member, a key, the operator or the collector itself, with the fields before and after. No secret and no message stands in it; what concerns a person goes when the person is erased.',
  tags: ['Access'],
  ...needs('admin'),
  parameters: [
    queryParameter('project', 'Needed only by a member of several projects.'),
    queryParameter(
      'actor',
      '`member:ID`, `key:HINT`, or `member`, `key`, `operator`, `system`; given twice means either.',
    ),
    queryParameter(
      'action',
      'Such as `feedback.triage`, or `feedback` for all that was done to it; given twice means either.',
    ),
    queryParameter('target', 'The id of what was changed; given twice means either.'),
    queryParameter('from', 'At or after: an instant, or a date in `tz`.'),
    queryParameter('to', 'Before the end of: an instant, or a date in `tz`.'),
    queryParameter('tz', 'IANA time zone; `UTC` unless told.'),
    queryParameter('cursor', 'The `next` of the page before.'),
    queryParameter('limit', '50 unless told, 200 at most.', 'integer'),
  ],
  responses: { 200: jsonAnswer(listSchema, 'A page of the log'), default: problemResponse },
})
