import type { Delivery } from '../../sdk/wire/index.ts'
import { limits } from '../../sdk/wire/limits.ts'
import { requireScope } from '../access/guard.ts'
import { refuse } from '../access/refuse.ts'
import { makeRoom } from '../access/room.ts'
import { failed, type Outcome, done } from '../failure.ts'
import { readLimit } from '../filters/limit.ts'
import {
  type DeliveryPlace,
  findDelivery,
  listDeliveries,
  resendDelivery,
  resendFailed,
  toDelivery,
} from '../storage/deliveries.ts'
import { findWebhook } from '../storage/webhooks.ts'
import type { AppContext } from '../env.ts'
import { findDeliveryRoute, listDeliveriesRoute, resendDeliveryRoute, resendFailedRoute } from './schema.ts'

/** What became of messages, with every attempt; and sending again. Needs `admin`. */
export const deliveries = makeRoom()

deliveries.on(['GET', 'POST'], '/v1/webhooks/*', requireScope('admin'))

const gone = failed('not-found', 'There is no such webhook, or it is not yours.').failure
const unknown = failed(
  'not-found',
  'There is no such delivery. They are kept for 30 days, and go with the item that they are about.',
).failure
const isOff = failed('conflict', 'This webhook is off. Turn it on first; what waits for it is sent then.').failure

const states = ['pending', 'delivered', 'failed', 'dropped'] as const

const find = (c: AppContext) => findWebhook(c.env.DB, c.var.actor.project, (c.req.param('id') ?? '').toLowerCase())

deliveries.openapi(listDeliveriesRoute, async (c) => {
  const query = new URL(c.req.url).searchParams
  const webhook = await find(c)
  if (webhook === null) return refuse(c, gone)
  const wanted = readWanted(query)
  if (!wanted.ok) return refuse(c, wanted.failure)
  const { limit } = wanted.value
  const rows = await listDeliveries(c.env.DB, webhook.id, { ...wanted.value, limit: limit + 1 })
  const page = rows.slice(0, limit)
  const last = rows.length > limit ? page.at(-1) : undefined
  const next = last === undefined ? null : `${last.change.toString(36)}-${last.n.toString(36)}`
  return c.json({ items: page.map(toDelivery), next }, 200, { 'cache-control': 'no-store' })
})

interface Wanted {
  state: Delivery['state'] | null
  after: DeliveryPlace | null
  limit: number
}

function readWanted(query: URLSearchParams): Outcome<Wanted> {
  const unknown = [...query.keys()].find((name) => !['state', 'cursor', 'limit', 'project'].includes(name))
  if (unknown !== undefined) {
    const issues = [{ path: unknown, reason: 'unknown' }]
    return failed('unknown-filter', `There is no parameter '${unknown}'; there are state, cursor and limit.`, {
      issues,
    })
  }
  const limit = readLimit(query, limits.pageDefault, limits.pageMax)
  if (!limit.ok) return limit
  const text = query.get('state')
  const state = states.find((one) => one === text) ?? null
  if (text !== null && state === null) {
    const issues = [{ path: 'state', reason: `is none of ${states.join(', ')}` }]
    return failed('bad-filter', `'state' is one of ${states.join(', ')}.`, { issues })
  }
  const cursor = query.get('cursor')
  const match = cursor === null ? null : /^([0-9a-z]{1,11})-([0-9a-z]{1,6})$/.exec(cursor)
  if (cursor !== null && match === null) {
    return failed('bad-cursor', 'This cursor cannot be read. Begin again without one.')
  }
  const after = match === null ? null : { change: parseInt(match[1] ?? '', 36), n: parseInt(match[2] ?? '', 36) }
  return done({ state, after, limit: limit.value })
}

deliveries.openapi(findDeliveryRoute, async (c) => {
  const webhook = await find(c)
  if (webhook === null) return refuse(c, gone)
  const row = await findDelivery(c.env.DB, webhook.id, c.req.param('delivery'))
  return row === null ? refuse(c, unknown) : c.json(toDelivery(row), 200, { 'cache-control': 'no-store' })
})

deliveries.openapi(resendDeliveryRoute, async (c) => {
  const webhook = await find(c)
  if (webhook === null) return refuse(c, gone)
  if (webhook.state === 'off') return refuse(c, isOff)
  const id = c.req.param('delivery')
  const audit = c.var.writeDown({ action: 'delivery.send', target: { type: 'delivery', id } })
  const row = await resendDelivery(c.env.DB, webhook.id, id, Date.now(), audit)
  if (row === null) return refuse(c, unknown)
  c.set('changed', true)
  return c.json(toDelivery(row), 202, { 'cache-control': 'no-store' })
})

deliveries.openapi(resendFailedRoute, async (c) => {
  const webhook = await find(c)
  if (webhook === null) return refuse(c, gone)
  if (webhook.state === 'off') return refuse(c, isOff)
  const target = { type: 'webhook', id: webhook.id }
  const audit = c.var.writeDown({ action: 'delivery.send', target, summary: 'that failed' }, 'counted')
  const count = await resendFailed(c.env.DB, webhook.id, Date.now(), audit)
  c.set('changed', true)
  return c.json({ count }, 202, { 'cache-control': 'no-store' })
})
