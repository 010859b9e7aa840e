import { createRoute, z } from '@hono/zod-openapi'
import type { NewSavedView, SavedView, SavedViewPatch, ViewCounts, Visit } from '../../sdk/wire/index.ts'
import { limits } from '../../sdk/wire/limits.ts'
import { idInPath, jsonAnswer, needs, problemResponse } from '../answers/schema.ts'
import { assertType, type Equal } from '../equal.ts'
import { queryParameter } from '../filters/parameters.ts'
import { totalSchema } from '../inbox/schema.ts'

const visibility = z.enum(['private', 'shared'], 'must be private or shared')
const name = z
  .string()
  .trim()
  .min(1, 'is empty')
  .max(limits.viewNameMaxChars, `is over ${limits.viewNameMaxChars} characters`)
const query = z.string().max(limits.urlMaxChars, `is over ${limits.urlMaxChars} characters`)

const viewSchema = z
  .object({
    id: z.uuid(),
    name: z.string(),
    query: z.string(),
    visibility,
    owner: z.string().nullable(),
    ownerName: z.string().nullable(),
    createdAt: z.string(),
    updatedAt: z.string(),
  })
  .openapi('SavedView')

export const newViewSchema = z
  .strictObject({ name, query, visibility: visibility.optional().openapi({ default: 'private' }) })
  .openapi('NewSavedView')

export const viewPatchSchema = z
  .strictObject({ name: name.optional(), query: query.optional(), visibility: visibility.optional() })
  .openapi('SavedViewPatch')

const countsSchema = z
  .object({
    all: totalSchema,
    spam: totalSchema,
    statuses: z.record(z.string(), totalSchema),
    views: z.record(z.string(), totalSchema),
    since: totalSchema.nullable(),
  })
  .openapi('ViewCounts')

const visitSchema = z.object({ since: z.string().nullable() }).openapi('Visit')

assertType<Equal<z.infer<typeof viewSchema>, SavedView>>()
assertType<Equal<z.infer<typeof newViewSchema>, NewSavedView>>()
assertType<Equal<z.infer<typeof viewPatchSchema>, SavedViewPatch>>()
assertType<Equal<z.infer<typeof countsSchema>, ViewCounts>>()
assertType<Equal<z.infer<typeof visitSchema>, Visit>>()

const tags = ['Views']
const bodyOf = <T extends z.ZodType>(schema: T) => ({
  body: { required: true, content: { 'application/json': { schema } } },
})

export const listViewsRoute = createRoute({
  method: 'get',
  path: '/v1/views',
  operationId: 'listViews',
  summary: 'Saved views, by name',
  description: 'The shared ones, and a member’s own private ones.',
  tags,
  ...needs('read'),
  responses: { 200: jsonAnswer(z.object({ items: z.array(viewSchema) }), 'The views'), default: problemResponse },
})

export const createViewRoute = createRoute({
  method: 'post',
  path: '/v1/views',
  operationId: 'createView',
  summary: 'Save a view',
  description:
    'Private unless told; private ones are a member’s own, so a key makes shared ones. Sharing needs the scope `write`. The query is checked as a list would check it.',
  tags,
  ...needs('read', 'view.create'),
  request: bodyOf(newViewSchema),
  responses: { 201: jsonAnswer(viewSchema, 'The view'), default: problemResponse },
})

export const updateViewRoute = createRoute({
  method: 'patch',
  path: '/v1/views/{id}',
  operationId: 'updateView',
  summary: 'Rename a view, change what it lists, or share it',
  description: 'Shared ones need the scope `write`. Only its owner may make a shared view private.',
  tags,
  ...needs('read', 'view.update'),
  request: { params: idInPath, ...bodyOf(viewPatchSchema) },
  responses: { 200: jsonAnswer(viewSchema, 'The view as it is now'), default: problemResponse },
})

export const deleteViewRoute = createRoute({
  method: 'delete',
  path: '/v1/views/{id}',
  operationId: 'deleteView',
  summary: 'Delete a view',
  tags,
  ...needs('read', 'view.delete'),
  request: { params: idInPath },
  responses: { 204: { description: 'Deleted' }, default: problemResponse },
})

export const viewCountsRoute = createRoute({
  method: 'get',
  path: '/v1/views/counts',
  operationId: 'countViews',
  summary: 'How many items each view lists',
  description: 'All feedback, spam, every status and every saved view at once, each counted as lists count.',
  tags,
  ...needs('read'),
  parameters: [queryParameter('since', 'Counts what was received at or after this instant, too.')],
  responses: { 200: jsonAnswer(countsSchema, 'The counts'), default: problemResponse },
})

export const visitRoute = createRoute({
  method: 'post',
  path: '/v1/visits',
  operationId: 'recordVisit',
  summary: 'A member is here',
  description:
    'Answers with when the visit before this one ended. Visits less than half an hour apart are one, in however many tabs.',
  tags,
  ...needs('session'),
  responses: { 200: jsonAnswer(visitSchema, 'Since when is new'), default: problemResponse },
})
