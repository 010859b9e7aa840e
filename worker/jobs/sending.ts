import { createMiddleware } from 'hono/factory'
import type { Delivery } from '../../sdk/wire/index.ts'
import { type Outside, post } from '../deliver/attempt.ts'
import { resolveOverHttps } from '../deliver/resolve.ts'
import { type AppEnv, type Bindings, parseSettings } from '../env.ts'
import { serverLimits } from '../limits.ts'
import { describeError, log } from '../log.ts'
import type { Database } from '../storage/database.ts'
import { deleteOldDeliveries, insertPing, toDelivery } from '../storage/deliveries.ts'
import { findProject } from '../storage/projects.ts'
import { mendTimes, settle } from '../storage/sending.ts'
import type { WebhookRecord } from '../storage/webhooks.ts'
import { signedMessage, slackBody } from './messages.ts'
import { sendDue, settledBy } from './send.ts'

/** The outside as a deployment has it. */
function outsideOf(env: Bindings): Outside {
  const { webhooksLoopback, dnsOverHttps } = parseSettings(env)
  return {
    fetch: (url, init) => fetch(url, init),
    resolve: resolveOverHttps((url, init) => fetch(url, init), dnsOverHttps, serverLimits.resolveTimeoutMs),
    now: () => Date.now(),
    random: () => Math.random(),
    sleep: (ms) => new Promise((resolve) => setTimeout(resolve, ms)),
    allowed: { loopback: webhooksLoopback },
    timeoutMs: serverLimits.webhookTimeoutMs,
  }
}

/** After a poke: sends at once, and what failed once more after its five seconds. `begun` is when the request came. */
export async function sendSoon(env: Bindings, begun: number): Promise<void> {
  const { forMs, most } = serverLimits.pokeSending
  const left = forMs - (Date.now() - begun)
  // Later attempts would be cut off in the middle; the schedule makes them.
  if (left > 0) await logged(sendDue(env.DB, outsideOf(env), { forMs: left, most }))
}

/** By the schedule: sends what is due, and deletes deliveries that are old. */
export async function sendScheduled(env: Bindings): Promise<void> {
  await sendRound(env.DB, outsideOf(env))
}

/** The same, with an outside that is given. */
export async function sendRound(db: Database, outside: Outside): Promise<void> {
  const { webhookLeaseMs: leaseMs, webhookAskedMaxMs: quietMs, webhookDueMaxMs: dueMs } = serverLimits
  await logged(mendTimes(db, outside.now(), { leaseMs, quietMs, dueMs }))
  await logged(sendDue(db, outside, { ...serverLimits.scheduleSending, waitMs: 0 }))
  await logged(deleteOldDeliveries(db, outside.now() - serverLimits.deliveryKeptMs, serverLimits.deliverySweep))
}

/** What is due stays due; the schedule tries again. */
async function logged(work: Promise<unknown>): Promise<void> {
  try {
    await work
  } catch (error) {
    log('sending failed', { error: describeError(error) })
  }
}

/** For the room of webhooks: gives it `c.var.sendTest`. */
export const offerTest = createMiddleware<AppEnv>(async (c, next) => {
  c.set('sendTest', (webhook) => sendTest(c.env.DB, outsideOf(c.env), webhook))
  return next()
})

/** Sends a test, once, and answers with what came of it. It changes nothing of how the webhook fares. */
export async function sendTest(db: Database, outside: Outside, webhook: WebhookRecord): Promise<Delivery> {
  const row = await insertPing(db, { project: webhook.project, webhook: webhook.id }, outside.now())
  const message =
    webhook.type === 'slack'
      ? slackBody(webhook, await findProject(db, webhook.project), [], 0)
      : await signedMessage(webhook, row, null, outside.now())
  const outcome = await post(outside, webhook.url, message)
  const settled = settledBy(row, outcome, outside)
  await settle(db, [settled], outside.now())
  return { ...toDelivery(row), state: settled.state, attempts: [outcome.attempt] }
}
