import { createRoute, z } from '@hono/zod-openapi'
import { groupings, type GroupList } from '../../../sdk/wire/index.ts'
import { jsonAnswer, needs, problemResponse } from '../../answers/schema.ts'
import { assertType, type Equal } from '../../equal.ts'
import { filterParameters } from '../../filters/parameters.ts'

const groupSchema = z
  .object({
    value: z.string(),
    filter: z.record(z.string(), z.array(z.string())),
    count: z.int(),
    exact: z.boolean(),
  })
  .openapi('Group')

const groupListSchema = z
  .object({ items: z.array(groupSchema), rest: groupSchema.omit({ value: true }).nullable() })
  .openapi('GroupList')

assertType<Equal<z.infer<typeof groupListSchema>, GroupList>>()

export const groupsRoute = createRoute({
  method: 'get',
  path: '/v1/feedback/groups',
  operationId: 'groupFeedback',
  summary: 'What a list is made of',
  description:
    'The list’s items by what they have in common, each group with its count and with the filters that lead to it. Up to 10,000 items are looked at one by one; of a longer list the 50 values that were most frequent over all time are counted, and `rest` is everything else.',
  tags: ['Feedback'],
  ...needs('read'),
  parameters: [
    ...filterParameters,
    {
      name: 'by',
      in: 'query',
      required: true,
      description: 'What to group by.',
      schema: { type: 'string', enum: [...groupings] },
    },
  ],
  responses: { 200: jsonAnswer(groupListSchema, 'The groups'), default: problemResponse },
})
