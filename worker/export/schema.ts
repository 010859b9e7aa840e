import { createRoute, z } from '@hono/zod-openapi'
import { filterParameters, queryParameter } from '../filters/parameters.ts'
import { problemResponse, secretKey } from '../answers/schema.ts'
import { formatNames } from './format.ts'

const text = { schema: z.string() }

export const exportRoute = createRoute({
  method: 'get',
  path: '/v1/export',
  operationId: 'exportFeedback',
  summary: 'Export all that the filters select, streamed, never capped',
  tags: ['Export'],
  security: secretKey,
  parameters: [
    { name: 'format', in: 'query', required: true, schema: { type: 'string', enum: [...formatNames] } },
    ...filterParameters,
    queryParameter('columns', 'Keys of columns, joined by commas, in the order wanted (csv).'),
    queryParameter('guard', '`off` leaves cells that look like formulas as they are (csv).'),
    queryParameter('bom', '`off` leaves out the byte order mark (csv).'),
  ],
  responses: {
    200: {
      description:
        'The items, oldest first. NDJSON ends with a line `{"end": true, "count": n}`. Links to images are good for seven days.',
      headers: z.object({
        'Earshot-Rows': z.string().openapi({ description: 'How many rows follow.' }),
        'Earshot-Hidden': z.string().openapi({
          description: 'How many more items `spam` and `merged` hide, counted up to 10,001 each.',
          example: 'spam=3, merged=0',
        }),
        'Earshot-Relaxed': z
          .string()
          .optional()
          .openapi({ description: '`true` when too few items held all the words.' }),
      }),
      content: { 'text/csv': text, 'application/x-ndjson': text, 'application/json': text },
    },
    default: problemResponse,
  },
})
