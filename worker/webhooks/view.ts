import type { Total, Webhook } from '../../sdk/wire/index.ts'
import { limits } from '../../sdk/wire/limits.ts'
import { serverLimits } from '../limits.ts'
import type { CountedWebhook, WebhookRecord } from '../storage/webhooks.ts'

const instant = (at: number | null): string | null => (at === null ? null : new Date(at).toISOString())
const totalOf = (count: number): Total => ({ count, exact: count < limits.countMax })
const hintLength = 'whsec_'.length + 4

/** A webhook as everybody outside reads it: without its secrets. */
export function viewWebhook(record: CountedWebhook, now: number): Webhook {
  const { id, type, name, events, filter, state, secret, offReason, offAt, failingSince } = record
  return {
    id,
    type,
    name,
    url: shownUrl(record),
    events,
    filter,
    secretHint: secret === null ? null : `${secret.slice(0, hintLength)}…`,
    rotatingUntil: record.oldUntil > now ? instant(record.oldUntil) : null,
    state,
    off: state === 'off' ? { reason: offReason ?? 'paused', at: instant(offAt) ?? '' } : null,
    notice: noticeOf(record),
    failingSince: instant(failingSince),
    lastSuccessAt: instant(record.successAt),
    lastFailureAt: instant(record.failureAt),
    waiting: totalOf(record.waiting),
    failed: totalOf(record.failed),
    createdAt: new Date(record.createdAt).toISOString(),
    updatedAt: new Date(record.updatedAt).toISOString(),
  }
}

/** Whoever knows the URL of an incoming webhook can write there: only where it leads is shown, and its end. */
export function shownUrl({ type, url }: Pick<WebhookRecord, 'type' | 'url'>): string {
  if (type !== 'slack') return url
  return `${new URL(url).origin}/…${url.slice(-4)}`
}

/** What the audit log has of a webhook: not what a query string or an incoming webhook's path may hold of secrets. */
export function auditedWebhook(record: Pick<WebhookRecord, 'type' | 'name' | 'url' | 'events' | 'filter' | 'state'>) {
  const { type, name, events, filter, state } = record
  const url = shownUrl(record).replace(/\?.*$/s, '?…')
  return { type, name, url, events, filter, state }
}

const dayOf = (at: number | null): string => (instant(at) ?? '').slice(0, 10)

/** What whoever runs the project should know without asking. */
function noticeOf({ name, state, offReason, offAt, failures, failingSince }: WebhookRecord): string | null {
  const rest = 'Messages that wait are sent once you turn it on again; what happens until then is not sent.'
  if (state === 'off' && offReason === 'gone') {
    return `The receiver of ${name} answered 410 Gone on ${dayOf(offAt)}, so it was turned off. ${rest}`
  }
  if (state === 'off' && offReason === 'failing') {
    return `${name} was turned off on ${dayOf(offAt)}, because its receiver had taken nothing for five days. ${rest}`
  }
  if (state === 'on' && failures >= serverLimits.webhookProbeAfter) {
    return `The receiver of ${name} has taken nothing since ${dayOf(failingSince)}. Messages wait, and are tried again.`
  }
  return null
}
