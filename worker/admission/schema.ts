import { createRoute, z } from '@hono/zod-openapi'
import { type OriginList, type OutcomeList, outcomeKinds, outcomeRoutes } from '../../sdk/wire/index.ts'
import { idInPath, jsonAnswer, needs, problemResponse } from '../answers/schema.ts'
import { assertType, type Equal } from '../equal.ts'
import { queryParameter } from '../filters/parameters.ts'

const countSchema = z.object({
  route: z.enum(outcomeRoutes),
  outcome: z.enum(outcomeKinds),
  reason: z.string().nullable(),
  count: z.int(),
})

const outcomeListSchema = z
  .object({
    environment: z.string(),
    from: z.string(),
    to: z.string(),
    total: z.array(countSchema.openapi('OutcomeCount')),
    items: z.array(countSchema.extend({ day: z.string() }).openapi('OutcomeOfDay')),
    quota: z.object({ perDay: z.int(), used: z.int(), resetsAt: z.string() }),
  })
  .openapi('OutcomeList')

const originListSchema = z
  .object({
    origins: z.array(z.string()),
    refused: z.array(
      z
        .object({ origin: z.string(), count: z.int(), firstAt: z.string(), lastAt: z.string() })
        .openapi('RefusedOrigin'),
    ),
  })
  .openapi('OriginList')

assertType<Equal<z.infer<typeof outcomeListSchema>, OutcomeList>>()
assertType<Equal<z.infer<typeof originListSchema>, OriginList>>()

export const outcomesRoute = createRoute({
  method: 'get',
  path: '/v1/outcomes',
  operationId: 'listOutcomes',
  summary: 'What became of everything that was sent, by day',
  description: 'Days are UTC’s, by receipt. What was accepted is exact; the rest may be a few seconds behind.',
  tags: ['Projects'],
  ...needs('read'),
  parameters: [
    queryParameter('environment', '`production` unless told.'),
    queryParameter('from', 'The first day, `YYYY-MM-DD`; 29 days before the last one unless told.'),
    queryParameter('to', 'The last day; today unless told. At most 400 days.'),
  ],
  responses: { 200: jsonAnswer(outcomeListSchema, 'The counts'), default: problemResponse },
})

export const originsRoute = createRoute({
  method: 'get',
  path: '/v1/projects/{id}/origins',
  operationId: 'listOrigins',
  summary: 'Origins that may send, and those that were refused',
  description: 'PATCH /v1/projects/{id} changes which may send.',
  tags: ['Projects'],
  ...needs('read'),
  request: { params: idInPath },
  responses: { 200: jsonAnswer(originListSchema, 'The origins'), default: problemResponse },
})
