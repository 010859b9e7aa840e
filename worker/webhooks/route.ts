import type { WebhookEvent } from '../../sdk/wire/index.ts'
import { jsonBody } from '../access/body.ts'
import { requireScope } from '../access/guard.ts'
import { refuse } from '../access/refuse.ts'
import { makeRoom } from '../access/room.ts'
import { makeWebhookSecret } from '../deliver/sign.ts'
import { type AppContext, parseSettings } from '../env.ts'
import { failed, type Outcome } from '../failure.ts'
import { serverLimits } from '../limits.ts'
import {
  type CountedWebhook,
  deleteWebhook,
  findWebhook,
  insertWebhook,
  listWebhooks,
  rotateSecret,
  updateWebhook,
} from '../storage/webhooks.ts'
import { readFilter, readUrl } from './check.ts'
import {
  createWebhookRoute,
  deleteWebhookRoute,
  findWebhookRoute,
  listWebhooksRoute,
  rotateSecretRoute,
  testWebhookRoute,
  updateWebhookRoute,
} from './schema.ts'
import { auditedWebhook, viewWebhook } from './view.ts'

/** Where word goes when somebody said something. Needs `admin`: whoever sets a webhook up reads all that it is told of. */
export const webhooks = makeRoom()

webhooks.on(['GET', 'POST', 'PATCH', 'DELETE'], '/v1/webhooks/*', requireScope('admin'))
webhooks.on('POST', '/v1/webhooks', jsonBody)
webhooks.on('PATCH', '/v1/webhooks/:id', jsonBody)

const gone = failed('not-found', 'There is no such webhook, or it is not yours.').failure
const tooMany = failed(
  'conflict',
  `This project has ${serverLimits.webhooksMax} webhooks. Delete one that nobody needs any more.`,
).failure
const second = failed(
  'conflict',
  'This project has a Slack webhook already. Change that one, or delete it first.',
).failure

const find = (c: AppContext): Promise<CountedWebhook | null> =>
  findWebhook(c.env.DB, c.var.actor.project, (c.req.param('id') ?? '').toLowerCase())

const urlOf = (c: AppContext, url: string): Outcome<string> =>
  readUrl(url, { loopback: parseSettings(c.env).webhooksLoopback })

const targetOf = ({ id }: { id: string }) => ({ type: 'webhook', id })

const freshSecret = (): string => makeWebhookSecret(crypto.getRandomValues(new Uint8Array(32)))

webhooks.openapi(listWebhooksRoute, async (c) => {
  const found = await listWebhooks(c.env.DB, c.var.actor.project)
  const now = Date.now()
  return c.json({ items: found.map((one) => viewWebhook(one, now)) }, 200, { 'cache-control': 'no-store' })
})

webhooks.openapi(createWebhookRoute, async (c) => {
  const wish = c.req.valid('json')
  const { project } = c.var.actor
  const url = urlOf(c, wish.url)
  if (!url.ok) return refuse(c, url.failure)
  const filter = readFilter(wish.filter ?? null, project)
  if (!filter.ok) return refuse(c, filter.failure)
  const webhook = {
    project,
    id: crypto.randomUUID(),
    type: wish.type,
    name: wish.name,
    url: url.value,
    events: [...new Set<WebhookEvent>((wish.type === 'signed' && wish.events) || ['feedback.created'])],
    filter: filter.value,
    secret: wish.type === 'slack' ? null : freshSecret(),
    origin: new URL(c.req.url).origin,
  }
  const now = Date.now()
  const after = auditedWebhook({ ...webhook, state: 'on' })
  const audit = c.var.writeDown({ action: 'webhook.create', target: targetOf(webhook), after })
  const result = await insertWebhook(c.env.DB, webhook, now, serverLimits.webhooksMax, audit)
  if (result !== 'stored') return refuse(c, result === 'full' ? tooMany : second)
  const stored = await findWebhook(c.env.DB, project, webhook.id)
  if (stored === null) return refuse(c, gone)
  return c.json({ ...viewWebhook(stored, now), secret: webhook.secret }, 201, { 'cache-control': 'no-store' })
})

webhooks.openapi(findWebhookRoute, async (c) => {
  const found = await find(c)
  return found === null ? refuse(c, gone) : c.json(viewWebhook(found, Date.now()), 200, { 'cache-control': 'no-store' })
})

webhooks.openapi(updateWebhookRoute, async (c) => {
  const before = await find(c)
  if (before === null) return refuse(c, gone)
  const patch = c.req.valid('json')
  if (patch.events !== undefined && before.type === 'slack') {
    const issues = [{ path: 'events', reason: 'a Slack webhook is told of feedback.created' }]
    return refuse(
      c,
      failed('invalid', 'A Slack webhook is told of new feedback alone: leave events out.', { issues }).failure,
    )
  }
  const url = patch.url === undefined ? { ok: true as const, value: before.url } : urlOf(c, patch.url)
  if (!url.ok) return refuse(c, url.failure)
  const filter =
    patch.filter === undefined ? { ok: true as const, value: before.filter } : readFilter(patch.filter, before.project)
  if (!filter.ok) return refuse(c, filter.failure)
  const update = {
    name: patch.name ?? before.name,
    url: url.value,
    events: [...new Set(patch.events ?? before.events)],
    filter: filter.value,
    origin: new URL(c.req.url).origin,
    state: patch.state ?? before.state,
  }
  const now = Date.now()
  const audit = c.var.writeDown({
    action: 'webhook.update',
    target: targetOf(before),
    before: auditedWebhook(before),
    after: auditedWebhook({ ...before, ...update }),
    // Another path or query may look the same here.
    ...(update.url !== before.url && { summary: 'another URL' }),
  })
  if (!(await updateWebhook(c.env.DB, before, update, now, audit))) return refuse(c, gone)
  const after = await find(c)
  // What waited may be due now.
  c.set('changed', true)
  return after === null ? refuse(c, gone) : c.json(viewWebhook(after, now), 200, { 'cache-control': 'no-store' })
})

webhooks.openapi(deleteWebhookRoute, async (c) => {
  const before = await find(c)
  if (before === null) return refuse(c, gone)
  const was = auditedWebhook(before)
  const audit = c.var.writeDown({ action: 'webhook.delete', target: targetOf(before), before: was })
  if (!(await deleteWebhook(c.env.DB, before.project, before.id, audit))) return refuse(c, gone)
  return c.body(null, 204)
})

webhooks.openapi(rotateSecretRoute, async (c) => {
  const before = await find(c)
  if (before === null) return refuse(c, gone)
  if (before.type === 'slack') {
    return refuse(
      c,
      failed('invalid', 'A Slack webhook has no secret: its URL is one. Make a new URL there instead.').failure,
    )
  }
  const now = Date.now()
  const secret = freshSecret()
  const audit = c.var.writeDown({ action: 'webhook.rotate', target: targetOf(before) })
  const until = now + serverLimits.rotationMs
  if (!(await rotateSecret(c.env.DB, before, secret, now, until, audit))) return refuse(c, gone)
  const after = await find(c)
  if (after === null) return refuse(c, gone)
  return c.json({ ...viewWebhook(after, now), secret }, 200, { 'cache-control': 'no-store' })
})

webhooks.openapi(testWebhookRoute, async (c) => {
  const found = await find(c)
  if (found === null) return refuse(c, gone)
  const delivery = await c.var.sendTest(found)
  c.set('audit', { action: 'webhook.test', target: targetOf(found), summary: delivery.state })
  return c.json(delivery, 200, { 'cache-control': 'no-store' })
})
