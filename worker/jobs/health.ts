import type { Outcome } from '../deliver/attempt.ts'
import { serverLimits } from '../limits.ts'
import type { AuditRecord } from '../storage/audit.ts'
import type { Health } from '../storage/sending.ts'
import type { WebhookRecord } from '../storage/webhooks.ts'

/** How a webhook fares after some attempts, given in the order in which they were begun. */
export function fareAfter(webhook: WebhookRecord, outcomes: readonly Outcome[], now: number): Health {
  const { project, id } = webhook
  let { state, offReason, offAt, failures, failingSince, successAt, failureAt } = webhook
  let quietUntil = 0
  let isBack = false
  for (const { attempt, asked, isGone } of outcomes) {
    if (attempt.error === null) {
      isBack ||= failures >= serverLimits.webhookProbeAfter
      ;[failures, failingSince, successAt] = [0, null, now]
      continue
    }
    failures++
    failingSince ??= now
    failureAt = now
    if (asked !== null) quietUntil = Math.max(quietUntil, now + Math.min(asked, serverLimits.webhookAskedMaxMs))
    const isTooLong = failingSince <= now - serverLimits.webhookFailingMs
    if (isGone || isTooLong) [state, offReason, offAt] = ['off', isGone ? 'gone' : 'failing', now]
  }
  if (failures >= serverLimits.webhookProbeAfter) quietUntil = Math.max(quietUntil, now + serverLimits.webhookProbeMs)
  const isPaced = webhook.type === 'slack' && failures === 0 && outcomes.length > 0
  if (isPaced) quietUntil = now + serverLimits.slackEveryMs
  return { project, id, state, offReason, offAt, failures, failingSince, successAt, failureAt, quietUntil, isBack }
}

/** What the audit log has of a webhook that the collector turned off itself; nothing where it did not. */
export function auditOf(webhook: WebhookRecord, health: Health): AuditRecord | undefined {
  if (health.state === webhook.state || health.offAt === null) return undefined
  return {
    id: crypto.randomUUID(),
    projects: [webhook.project],
    at: health.offAt,
    actor: { type: 'system', id: null, name: null },
    action: 'webhook.update',
    target: { type: 'webhook', id: webhook.id },
    summary: health.offReason === 'gone' ? 'its receiver answered 410' : 'its receiver took nothing for five days',
    before: { state: webhook.state },
    after: { state: health.state },
    requestId: null,
  }
}
