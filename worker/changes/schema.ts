import { createRoute, z } from '@hono/zod-openapi'
import { queryParameter } from '../filters/parameters.ts'
import { serverLimits } from '../limits.ts'
import { needs, problemResponse } from '../answers/schema.ts'

export const changesRoute = createRoute({
  method: 'get',
  path: '/v1/changes',
  operationId: 'listChanges',
  summary: 'Everything changed since a cursor',
  description: 'By change number: each item once and as it is now, tombstones for what was erased.',
  tags: ['Export'],
  ...needs('export'),
  parameters: [
    queryParameter('project', 'Needed only by a member of several projects.'),
    queryParameter('cursor', 'The `cursor` of the last line of the page before; from the beginning without.'),
    queryParameter(
      'limit',
      `${serverLimits.changesDefault} unless told, ${serverLimits.changesMax} at most.`,
      'integer',
    ),
  ],
  responses: {
    200: {
      description:
        'Lines of items and tombstones; the last one is `{"end": true, "count": n, "cursor": "…", "more": bool}`.',
      content: { 'application/x-ndjson': { schema: z.string() } },
    },
    default: problemResponse,
  },
})
