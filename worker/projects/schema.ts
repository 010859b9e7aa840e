import { createRoute, z } from '@hono/zod-openapi'
import {
  type Access,
  type CreatedProject,
  type NewProject,
  type Project,
  type ProjectPatch,
  type ProjectUsage,
  ratingScales,
  type RatingScale,
  type RetentionPreview,
  retentionKeeps,
  scopes,
  type Status,
  type Usage,
  type WidgetConfig,
  type WidgetSettings,
} from '../../sdk/wire/index.ts'
import { limits } from '../../sdk/wire/limits.ts'
import { assertType, type Equal } from '../equal.ts'
import { definitionSchema } from '../surveys/schema.ts'
import { isTimeZone } from '../filters/day.ts'
import { queryParameter } from '../filters/parameters.ts'
import { totalSchema } from '../inbox/schema.ts'
import { idInPath, jsonAnswer, needs, problemResponse } from '../answers/schema.ts'

const httpUrl = z.url({ protocol: /^https?$/ })
const scale = z.enum(Object.keys(ratingScales) as RatingScale[])

export const kindConfigSchema = z.object({
  key: z
    .string()
    .regex(/^[a-z0-9][a-z0-9-]*$/)
    .max(40),
  label: z.string().max(60).optional(),
  prompt: z.string().max(200).optional(),
  url: httpUrl.optional(),
  handler: z.boolean().optional(),
})

export const widgetConfigSchema = z
  .object({
    project: z.object({ name: z.string() }),
    kinds: z
      .array(kindConfigSchema)
      .max(12)
      .superRefine((kinds, context) => {
        for (const [index, { key }] of kinds.entries()) {
          if (kinds.findIndex((kind) => kind.key === key) < index)
            context.addIssue({ code: 'custom', path: [index, 'key'], message: 'stands there twice' })
        }
      }),
    rating: z.object({ scale, label: z.string().max(100).optional() }).nullable(),
    email: z.enum(['hidden', 'optional', 'required']),
    mayContact: z.object({ text: z.string().min(1).max(300), version: z.string().min(1).max(40) }).nullable(),
    privacyUrl: httpUrl.nullable(),
    next: z.string().max(200).nullable(),
    theme: z.object({
      scheme: z.enum(['auto', 'light', 'dark']),
      accent: z.string().max(60).nullable(),
      radius: z.number().min(0).max(32).nullable(),
    }),
    attachments: z.boolean(),
    surveys: z.array(definitionSchema),
  })
  .openapi('WidgetConfig')

const statusSchema = z
  .object({
    key: z
      .string()
      .regex(/^[a-z0-9][a-z0-9-]*$/)
      .max(60),
    label: z.string().min(1).max(60),
    stage: z.enum(['open', 'closed']),
  })
  .openapi('Status')

const quotaSchema = z.strictObject({ perDay: z.int().min(1).max(limits.quotaMaxPerDay) })

const retentionSchema = z.strictObject({
  days: z.int().min(1).max(limits.retentionMaxDays),
  keep: z.enum(retentionKeeps),
})

const projectSchema = z
  .object({
    id: z.string(),
    name: z.string(),
    statuses: z.array(statusSchema),
    labels: z.array(z.string()),
    kinds: z.array(z.object({ key: z.string(), label: z.string() })),
    environments: z.array(z.string()),
    timeZone: z.string(),
    weekStart: z.enum(['monday', 'sunday']),
    origins: z.array(z.string()),
    quota: quotaSchema,
    retention: retentionSchema.nullable(),
    revision: z.int(),
  })
  .openapi('Project')

const widgetSettingsSchema = widgetConfigSchema
  .omit({ surveys: true })
  .extend({ revision: z.int() })
  .openapi('WidgetSettings')

const usageSchema = totalSchema.extend({ value: z.string(), listed: totalSchema, spam: totalSchema }).openapi('Usage')
const projectUsageSchema = z
  .object({ statuses: z.array(usageSchema), labels: z.array(usageSchema), kinds: z.array(usageSchema) })
  .openapi('ProjectUsage')

assertType<Equal<z.infer<typeof widgetConfigSchema>, WidgetConfig>>()
assertType<Equal<z.infer<typeof statusSchema>, Status>>()
assertType<Equal<z.infer<typeof projectSchema>, Project>>()
assertType<Equal<z.infer<typeof widgetSettingsSchema>, WidgetSettings>>()
assertType<Equal<z.infer<typeof usageSchema>, Usage>>()
assertType<Equal<z.infer<typeof projectUsageSchema>, ProjectUsage>>()

export const projectPatchSchema = z.strictObject({
  name: z.string().trim().min(1).max(100).optional(),
  statuses: z
    .array(statusSchema)
    .max(30)
    .superRefine((statuses, context) => {
      for (const [index, { key }] of statuses.entries()) {
        if (statuses.findIndex((status) => status.key === key) < index)
          context.addIssue({ code: 'custom', path: [index, 'key'], message: 'stands there twice' })
      }
    })
    .optional(),
  labels: z.array(z.string().trim().min(1).max(60)).max(500).optional(),
  widget: widgetConfigSchema.omit({ project: true, attachments: true, surveys: true }).partial().strict().optional(),
  timeZone: z.string().max(60).refine(isTimeZone, 'is no IANA time zone, such as Europe/Berlin').optional(),
  weekStart: z.enum(['monday', 'sunday']).optional(),
  origins: z.array(z.string().max(limits.urlMaxChars)).max(limits.originsMax).optional(),
  quota: quotaSchema.optional(),
  retention: retentionSchema.nullable().optional(),
})

const accessSchema = z
  .object({ project: z.object({ id: z.string(), name: z.string() }), scopes: z.array(z.enum(scopes)) })
  .openapi('Access')

assertType<Equal<z.infer<typeof projectPatchSchema>, ProjectPatch>>()
assertType<Equal<z.infer<typeof accessSchema>, Access>>()

const newProjectSchema = z.strictObject({ name: z.string().trim().min(1).max(100) }).openapi('NewProject')
const createdProjectSchema = z
  .object({ id: z.string(), name: z.string(), publishableKey: z.string() })
  .openapi('CreatedProject')

assertType<Equal<z.infer<typeof newProjectSchema>, NewProject>>()
assertType<Equal<z.infer<typeof createdProjectSchema>, CreatedProject>>()

export const createProjectRoute = createRoute({
  method: 'post',
  path: '/v1/projects',
  operationId: 'createProject',
  summary: 'A further project, for a member who is an admin already',
  description: 'Who makes it becomes its admin. It begins with a publishable key for `production`.',
  tags: ['Projects'],
  ...needs('session', 'project.create'),
  request: { body: { required: true, content: { 'application/json': { schema: newProjectSchema } } } },
  responses: { 201: jsonAnswer(createdProjectSchema, 'The project'), default: problemResponse },
})

export const accessRoute = createRoute({
  method: 'get',
  path: '/v1/access',
  operationId: 'getAccess',
  summary: 'Which project a key is for, and what it may do there',
  tags: ['Access'],
  ...needs('any'),
  responses: { 200: jsonAnswer(accessSchema, 'The project and the scopes'), default: problemResponse },
})

export const widgetRoute = createRoute({
  method: 'get',
  path: '/v1/widget',
  operationId: 'getWidgetConfig',
  summary: 'What the widget shows',
  tags: ['Public'],
  parameters: [{ name: 'key', in: 'query', required: true, schema: { type: 'string', pattern: '^pub_' } }],
  responses: {
    200: jsonAnswer(widgetConfigSchema, 'Fresh for an hour, usable for a day; has an ETag'),
    304: { description: 'Unchanged' },
    default: problemResponse,
  },
})

export const projectRoute = createRoute({
  method: 'get',
  path: '/v1/projects/{id}',
  operationId: 'getProject',
  summary: 'A project’s statuses, labels, kinds and environments',
  tags: ['Projects'],
  ...needs('read'),
  request: { params: idInPath },
  responses: { 200: jsonAnswer(projectSchema, 'The project'), default: problemResponse },
})

export const widgetSettingsRoute = createRoute({
  method: 'get',
  path: '/v1/projects/{id}/widget',
  operationId: 'getWidgetSettings',
  summary: 'What the project’s widget is set to',
  tags: ['Projects'],
  ...needs('read'),
  request: { params: idInPath },
  responses: { 200: jsonAnswer(widgetSettingsSchema, 'The settings, defaults included'), default: problemResponse },
})

export const usageRoute = createRoute({
  method: 'get',
  path: '/v1/projects/{id}/usage',
  operationId: 'getProjectUsage',
  summary: 'How many items stand in each status, carry each label and are of each kind',
  description:
    'In every environment, merged items included. `listed` leaves spam out, as lists do; `count` has it too. Each counting stops at 10,001.',
  tags: ['Projects'],
  ...needs('read'),
  request: { params: idInPath },
  responses: { 200: jsonAnswer(projectUsageSchema, 'The counts'), default: problemResponse },
})

const previewSchema = z
  .object({ days: z.int(), keep: z.enum(retentionKeeps), before: z.string(), count: z.int() })
  .openapi('RetentionPreview')

assertType<Equal<z.infer<typeof previewSchema>, RetentionPreview>>()

export const retentionRoute = createRoute({
  method: 'get',
  path: '/v1/projects/{id}/retention',
  operationId: 'previewRetention',
  summary: 'How many items a retention would delete or reduce if it were set now',
  description: 'Nothing is changed. PATCH /v1/projects/{id} sets it.',
  tags: ['Projects'],
  ...needs('read'),
  request: { params: idInPath },
  parameters: [
    {
      ...queryParameter('days', 'Older than so many days.'),
      required: true,
      schema: { type: 'integer', minimum: 1, maximum: limits.retentionMaxDays },
    },
    {
      ...queryParameter('keep', 'What would stay of them.'),
      required: true,
      schema: { type: 'string', enum: [...retentionKeeps] },
    },
  ],
  responses: { 200: jsonAnswer(previewSchema, 'The count'), default: problemResponse },
})

export const updateProjectRoute = createRoute({
  method: 'patch',
  path: '/v1/projects/{id}',
  operationId: 'updateProject',
  summary: 'Change a project’s name, statuses, labels, widget, time zone, week, origins, quota or retention',
  description:
    'With If-Match and the revision that was read, somebody faster means 409. A status that items stand in cannot be left out: move them first, with POST /v1/feedback/bulk.',
  tags: ['Projects'],
  ...needs('admin', 'project.update'),
  request: {
    params: idInPath,
    body: { required: true, content: { 'application/json': { schema: projectPatchSchema } } },
  },
  responses: { 200: jsonAnswer(projectSchema, 'The project as it is now'), default: problemResponse },
})
