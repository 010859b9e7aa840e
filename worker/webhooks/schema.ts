import { createRoute, z } from '@hono/zod-openapi'
import {
  attemptErrors,
  type CreatedWebhook,
  type Delivery,
  type DeliveryList,
  type NewWebhook,
  type Resent,
  type Webhook,
  webhookEvents,
  type WebhookPatch,
  webhookTypes,
} from '../../sdk/wire/index.ts'
import { limits } from '../../sdk/wire/limits.ts'
import { idInPath, jsonAnswer, needs, problemResponse } from '../answers/schema.ts'
import { assertType, type Equal } from '../equal.ts'
import { queryParameter } from '../filters/parameters.ts'
import { totalSchema } from '../inbox/schema.ts'

const name = z.string().trim().min(1, 'is empty').max(100, 'is over 100 characters')
const url = z.string().trim().min(1, 'is empty').max(limits.urlMaxChars, `is over ${limits.urlMaxChars} characters`)
const filter = z.string().max(limits.urlMaxChars, `is over ${limits.urlMaxChars} characters`).nullable()
const event = z.enum(webhookEvents, `is none of ${webhookEvents.join(', ')}`)
const events = z.array(event).min(1, 'names no event').max(webhookEvents.length)
const state = z.enum(['on', 'off'], 'must be on or off')
const instant = z.string()

const webhookSchema = z
  .object({
    id: z.uuid(),
    type: z.enum(webhookTypes),
    name: z.string(),
    url: z.string(),
    events: z.array(z.enum(webhookEvents)),
    filter: z.string().nullable(),
    secretHint: z.string().nullable(),
    rotatingUntil: instant.nullable(),
    state,
    off: z.object({ reason: z.enum(['paused', 'gone', 'failing']), at: instant }).nullable(),
    notice: z.string().nullable(),
    failingSince: instant.nullable(),
    lastSuccessAt: instant.nullable(),
    lastFailureAt: instant.nullable(),
    waiting: totalSchema,
    failed: totalSchema,
    createdAt: instant,
    updatedAt: instant,
  })
  .openapi('Webhook')

const createdSchema = webhookSchema.extend({ secret: z.string().nullable() }).openapi('CreatedWebhook')

const newSchema = z
  .discriminatedUnion('type', [
    z.strictObject({ type: z.literal('signed'), name, url, events: events.optional(), filter: filter.optional() }),
    z.strictObject({ type: z.literal('slack'), name, url, filter: filter.optional() }),
  ])
  .openapi('NewWebhook')

const patchSchema = z
  .strictObject({
    name: name.optional(),
    url: url.optional(),
    events: events.optional(),
    filter: filter.optional(),
    state: state.optional(),
  })
  .openapi('WebhookPatch')

const attemptSchema = z.object({
  at: instant,
  ms: z.int(),
  status: z.int().nullable(),
  error: z.enum(attemptErrors).nullable(),
  detail: z.string().nullable(),
})

export const deliverySchema = z
  .object({
    id: z.string(),
    event: z.enum([...webhookEvents, 'ping']),
    feedback: z.string().nullable(),
    state: z.enum(['pending', 'delivered', 'failed', 'dropped']),
    at: instant,
    nextAttemptAt: instant.nullable(),
    attempts: z.array(attemptSchema),
  })
  .openapi('Delivery')

const deliveryListSchema = z
  .object({ items: z.array(deliverySchema), next: z.string().nullable() })
  .openapi('DeliveryList')
const resentSchema = z.object({ count: z.int() }).openapi('Resent')

assertType<Equal<z.infer<typeof webhookSchema>, Webhook>>()
assertType<Equal<z.infer<typeof createdSchema>, CreatedWebhook>>()
assertType<Equal<z.infer<typeof newSchema>, NewWebhook>>()
assertType<Equal<z.infer<typeof patchSchema>, WebhookPatch>>()
assertType<Equal<z.infer<typeof deliverySchema>, Delivery>>()
assertType<Equal<z.infer<typeof deliveryListSchema>, DeliveryList>>()
assertType<Equal<z.infer<typeof resentSchema>, Resent>>()

const tags = ['Webhooks']
const bodyOf = <T extends z.ZodType>(schema: T) => ({
  body: { required: true, content: { 'application/json': { schema } } },
})
const deliveryInPath = idInPath.extend({ delivery: z.string().openapi({ param: { name: 'delivery', in: 'path' } }) })

export const listWebhooksRoute = createRoute({
  method: 'get',
  path: '/v1/webhooks',
  operationId: 'listWebhooks',
  summary: 'Webhooks, by name',
  tags,
  ...needs('admin'),
  responses: { 200: jsonAnswer(z.object({ items: z.array(webhookSchema) }), 'The webhooks'), default: problemResponse },
})

export const createWebhookRoute = createRoute({
  method: 'post',
  path: '/v1/webhooks',
  operationId: 'createWebhook',
  summary: 'A new webhook; the secret of a signed one is shown this once',
  description:
    'It is told of what happens from now on. The address must be https and public. A project has one `slack` webhook.',
  tags,
  ...needs('admin', 'webhook.create'),
  request: bodyOf(newSchema),
  responses: { 201: jsonAnswer(createdSchema, 'The webhook'), default: problemResponse },
})

export const findWebhookRoute = createRoute({
  method: 'get',
  path: '/v1/webhooks/{id}',
  operationId: 'getWebhook',
  summary: 'One webhook',
  tags,
  ...needs('admin'),
  request: { params: idInPath },
  responses: { 200: jsonAnswer(webhookSchema, 'The webhook'), default: problemResponse },
})

export const updateWebhookRoute = createRoute({
  method: 'patch',
  path: '/v1/webhooks/{id}',
  operationId: 'updateWebhook',
  summary: 'Change a webhook, turn it off or on again',
  description:
    'What is off is told of nothing. Turned on, it is sent what waited for it, and told of what happens from then on.',
  tags,
  ...needs('admin', 'webhook.update'),
  request: { params: idInPath, ...bodyOf(patchSchema) },
  responses: { 200: jsonAnswer(webhookSchema, 'The webhook as it is now'), default: problemResponse },
})

export const deleteWebhookRoute = createRoute({
  method: 'delete',
  path: '/v1/webhooks/{id}',
  operationId: 'deleteWebhook',
  summary: 'Delete a webhook with its deliveries',
  tags,
  ...needs('admin', 'webhook.delete'),
  request: { params: idInPath },
  responses: { 204: { description: 'Deleted' }, default: problemResponse },
})

export const rotateSecretRoute = createRoute({
  method: 'post',
  path: '/v1/webhooks/{id}/secret',
  operationId: 'rotateWebhookSecret',
  summary: 'A new secret, shown this once',
  description: 'For 24 hours every message is signed with both, so that receivers can change over in between.',
  tags,
  ...needs('admin', 'webhook.rotate'),
  request: { params: idInPath },
  responses: { 200: jsonAnswer(createdSchema, 'The webhook with its new secret'), default: problemResponse },
})

export const testWebhookRoute = createRoute({
  method: 'post',
  path: '/v1/webhooks/{id}/test',
  operationId: 'testWebhook',
  summary: 'Send a test message now',
  description: 'One attempt, of event `ping`, also to a webhook that is off. The answer says what came of it.',
  tags,
  ...needs('admin', 'webhook.test'),
  request: { params: idInPath },
  responses: { 200: jsonAnswer(deliverySchema, 'The delivery with its attempt'), default: problemResponse },
})

export const listDeliveriesRoute = createRoute({
  method: 'get',
  path: '/v1/webhooks/{id}/deliveries',
  operationId: 'listDeliveries',
  summary: 'Deliveries with every attempt, the newest first',
  description: 'They are kept for 30 days; those about an item that is deleted go with it.',
  tags,
  ...needs('admin'),
  parameters: [
    queryParameter('state', '`pending`, `delivered`, `failed` or `dropped`.'),
    queryParameter('cursor', '`next` of the page before.'),
    queryParameter('limit', `${limits.pageDefault} unless told, ${limits.pageMax} at most.`, 'integer'),
  ],
  request: { params: idInPath },
  responses: { 200: jsonAnswer(deliveryListSchema, 'A page'), default: problemResponse },
})

export const findDeliveryRoute = createRoute({
  method: 'get',
  path: '/v1/webhooks/{id}/deliveries/{delivery}',
  operationId: 'getDelivery',
  summary: 'One delivery with every attempt',
  tags,
  ...needs('admin'),
  request: { params: deliveryInPath },
  responses: { 200: jsonAnswer(deliverySchema, 'The delivery'), default: problemResponse },
})

export const resendDeliveryRoute = createRoute({
  method: 'post',
  path: '/v1/webhooks/{id}/deliveries/{delivery}/resend',
  operationId: 'resendDelivery',
  summary: 'Send one delivery again, whatever became of it',
  description: 'At once, under the same `webhook-id`, with the whole schedule of retries before it.',
  tags,
  ...needs('admin', 'delivery.send'),
  request: { params: deliveryInPath },
  responses: { 202: jsonAnswer(deliverySchema, 'It waits to be sent'), default: problemResponse },
})

export const resendFailedRoute = createRoute({
  method: 'post',
  path: '/v1/webhooks/{id}/resend',
  operationId: 'resendFailed',
  summary: 'Send again all that failed',
  tags,
  ...needs('admin', 'delivery.send'),
  request: { params: idInPath },
  responses: { 202: jsonAnswer(resentSchema, 'How many are sent again'), default: problemResponse },
})
