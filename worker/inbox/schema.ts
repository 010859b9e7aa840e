import { createRoute, z } from '@hono/zod-openapi'
import type {
  Feedback,
  FeedbackList,
  FeedbackPatch,
  KnownName,
  KnownValue,
  TeamNote,
  Total,
} from '../../sdk/wire/index.ts'
import { limits } from '../../sdk/wire/limits.ts'
import { serverLimits } from '../limits.ts'
import { assertType, type Equal } from '../equal.ts'
import { filterParameters, queryParameter } from '../filters/parameters.ts'
import {
  announcedSchema,
  crumbSchema,
  idSchema,
  noteSchema,
  pageSchema,
  personSchema,
  ratingSchema,
  screenedSchema,
  submissionSchema,
  surveySchema,
  tagsSchema,
} from '../intake/schema.ts'
import { idInPath, jsonAnswer, needs, problemResponse } from '../answers/schema.ts'

export const attachmentSchema = announcedSchema
  .extend({
    width: z.int().optional(),
    height: z.int().optional(),
    url: z.string().optional(),
    removed: z.literal(true).optional(),
  })
  .openapi('Attachment')

export const teamNoteSchema = z
  .object({ id: z.uuid(), text: z.string(), author: z.string(), createdAt: z.string() })
  .openapi('TeamNote')

export const feedbackSchema = z
  .object({
    id: idSchema,
    reference: z.string(),
    change: z.int(),
    kind: z.string(),
    message: z.string(),
    status: z.string(),
    environment: z.string(),
    createdAt: z.string(),
    receivedAt: z.string(),
    updatedAt: z.string(),
    tags: tagsSchema,
    labels: z.array(z.string()),
    person: personSchema
      .extend({ uuid: z.uuid().optional(), anonymousId: z.string().optional(), verified: z.boolean() })
      .nullable(),
    page: pageSchema.nullable(),
    source: z.string(),
    rating: ratingSchema.optional(),
    survey: surveySchema.optional(),
    email: z.string().optional(),
    mayContact: z.boolean().optional(),
    mayContactVersion: z.string().optional(),
    assignee: z.string().optional(),
    context: submissionSchema.shape.context,
    crumbs: z.array(crumbSchema).optional(),
    release: z.string().optional(),
    attachments: z.array(attachmentSchema).optional(),
    notes: z.array(noteSchema).optional(),
    sdk: z.string().optional(),
    externalId: z.string().optional(),
    revision: z.int().optional(),
    dropped: z.record(z.string(), z.int().min(0)).optional(),
    spam: z.boolean().optional(),
    screened: screenedSchema.optional(),
    mergedInto: z.string().optional(),
    reducedAt: z.string().optional(),
    teamNotes: z.array(teamNoteSchema).optional(),
  })
  .openapi('Feedback')

export const totalSchema = z.object({ count: z.int(), exact: z.boolean() }).openapi('Total')

const listSchema = z
  .object({
    items: z.array(feedbackSchema),
    next: z.string().nullable(),
    total: totalSchema,
    hidden: z.object({ spam: z.int(), merged: z.int() }),
    relaxed: z.boolean().optional(),
  })
  .openapi('FeedbackList')

const label = z.string().trim().min(1).max(60)
/** The filters `label=none` and `assignee=none` ask for items without one. */
const isNoNone = [(name: string) => name !== 'none', 'none stands for items that have none: take another name'] as const
const newLabel = label.refine(...isNoNone)

export const patchSchema = z
  .strictObject({
    status: z.string().min(1).max(60).optional(),
    labels: z.array(newLabel).max(serverLimits.labelsMax).optional(),
    addLabels: z.array(newLabel).max(serverLimits.labelsMax).optional(),
    removeLabels: z.array(label).max(serverLimits.labelsMax).optional(),
    assignee: z
      .string()
      .min(1)
      .max(200)
      .refine(...isNoNone)
      .nullable()
      .optional(),
    spam: z.boolean().optional(),
  })
  .openapi('FeedbackPatch')

const nameSchema = z.object({ name: z.string(), firstSeenAt: z.string() }).openapi('KnownName')
const valueSchema = z.object({ value: z.string(), count: z.int(), label: z.string().optional() }).openapi('KnownValue')

assertType<Equal<z.infer<typeof teamNoteSchema>, TeamNote>>()
assertType<Equal<z.infer<typeof feedbackSchema>, Feedback>>()
assertType<Equal<z.infer<typeof totalSchema>, Total>>()
assertType<Equal<z.infer<typeof listSchema>, FeedbackList>>()
assertType<Equal<z.infer<typeof patchSchema>, FeedbackPatch>>()
assertType<Equal<z.infer<typeof nameSchema>, KnownName>>()
assertType<Equal<z.infer<typeof valueSchema>, KnownValue>>()

const tags = ['Feedback']
export const listRoute = createRoute({
  method: 'get',
  path: '/v1/feedback',
  operationId: 'listFeedback',
  summary: 'List and search',
  tags,
  ...needs('read'),
  parameters: [
    ...filterParameters,
    queryParameter('limit', `${limits.pageDefault} unless told, ${limits.pageMax} at most.`, 'integer'),
    queryParameter('cursor', 'The `next` of the page before.'),
    queryParameter(
      'start',
      'Where a list by time begins: a date in `tz`, whole, or an instant. Counts are of the whole list; a `cursor` goes on from its own place.',
    ),
  ],
  responses: { 200: jsonAnswer(listSchema, 'A page of items'), default: problemResponse },
})

export const countRoute = createRoute({
  method: 'get',
  path: '/v1/feedback/count',
  operationId: 'countFeedback',
  summary: 'Count exactly',
  tags,
  ...needs('read'),
  parameters: [...filterParameters],
  responses: { 200: jsonAnswer(totalSchema, 'The exact count'), default: problemResponse },
})

export const findRoute = createRoute({
  method: 'get',
  path: '/v1/feedback/{id}',
  operationId: 'getFeedback',
  summary: 'One item, whole',
  tags,
  ...needs('read'),
  request: { params: idInPath },
  responses: { 200: jsonAnswer(feedbackSchema, 'The item'), default: problemResponse },
})

export const updateRoute = createRoute({
  method: 'patch',
  path: '/v1/feedback/{id}',
  operationId: 'updateFeedback',
  summary: 'Triage an item',
  description: '`If-Match` with the item’s `change` refuses with 409 when somebody was faster.',
  tags,
  ...needs('write', 'feedback.triage'),
  request: {
    params: idInPath,
    body: { required: true, content: { 'application/json': { schema: patchSchema } } },
  },
  responses: { 200: jsonAnswer(feedbackSchema, 'The item as it is now'), default: problemResponse },
})

export const deleteRoute = createRoute({
  method: 'delete',
  path: '/v1/feedback/{id}',
  operationId: 'deleteFeedback',
  summary: 'Delete an item whole',
  tags,
  ...needs('write', 'feedback.delete'),
  request: { params: idInPath },
  responses: { 204: { description: 'Deleted' }, default: problemResponse },
})

const listOf = <T extends z.ZodType>(one: T) =>
  z.object({
    items: z.array(one),
    more: z.boolean().optional().openapi({
      description:
        'There are more than are known one by one, because so many were made up. Filters find their items all the same.',
    }),
  })

export const namesRoute = createRoute({
  method: 'get',
  path: '/v1/names',
  operationId: 'listNames',
  summary: 'Names ever seen',
  tags,
  ...needs('read'),
  responses: {
    200: jsonAnswer(listOf(nameSchema), 'Tags, traits, contexts, questions'),
    default: problemResponse,
  },
})

export const valuesRoute = createRoute({
  method: 'get',
  path: '/v1/names/values',
  operationId: 'listValues',
  summary: 'Values of a name with their counts',
  tags,
  ...needs('read'),
  parameters: [
    { ...queryParameter('name', 'A filter’s name: `kind`, `tag.plan`, …'), required: true },
    queryParameter('prefix', 'Only values that begin so.'),
    queryParameter(
      'contains',
      'Only values that hold this text, or whose name does: of a survey, a person, an account.',
    ),
    queryParameter('environment', '`production` unless told.'),
  ],
  responses: {
    200: jsonAnswer(listOf(valueSchema), 'The most frequent first'),
    default: problemResponse,
  },
})
