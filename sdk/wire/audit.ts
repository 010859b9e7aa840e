import type { Total } from './feedback.ts'

/**
 * What can have been done: the thing, and what became of it. Grows with what members and keys can do; a reader takes
 * names that it does not know as they are.
 */
export const auditActions = [
  'feedback.create',
  'feedback.triage',
  'feedback.delete',
  'feedback.merge',
  'feedback.redact',
  'feedback.import',
  'note.create',
  'note.delete',
  'person.update',
  'person.erase',
  'account.update',
  'survey.create',
  'survey.update',
  'survey.delete',
  'view.create',
  'view.update',
  'view.delete',
  'project.create',
  'project.update',
  'project.rotate',
  'project.restore',
  'key.create',
  'key.update',
  'key.rotate',
  'key.revoke',
  'member.create',
  'member.update',
  'member.remove',
  'invitation.create',
  'invitation.accept',
  'invitation.revoke',
  'sign-in-link.create',
  'session.create',
  'session.end',
  'passkey.create',
  'passkey.update',
  'passkey.delete',
  'webhook.create',
  'webhook.update',
  'webhook.rotate',
  'webhook.delete',
  'webhook.test',
  'delivery.send',
  'retention.delete',
  'retention.reduce',
  'retention.forget',
] as const
export type AuditAction = (typeof auditActions)[number]

/** Who did something. */
export const auditActorTypes = ['member', 'key', 'operator', 'system'] as const

/** Who did it, as they were called then. */
export interface AuditActor {
  /** `operator` runs the deployment, `system` is the collector itself (its schedule). */
  type: (typeof auditActorTypes)[number]
  /** Of a member the UUID, of a key its hint, else null. */
  id: string | null
  /** Of a member or a key. */
  name: string | null
}

/** One change: who, what, when, before, after. `GET /v1/audit`. */
export interface AuditEntry {
  /** UUID. */
  id: string
  /** ISO 8601. */
  at: string
  actor: AuditActor
  /** One of `auditActions`, or one that a later version knows. */
  action: string
  /** What was changed; null where it was no single thing. */
  target: { type: string; id: string } | null
  /** Words where before and after do not say it, such as `500 items`. */
  summary: string | null
  /**
   * The fields that changed, as they were and as they became. Null where there was nothing, or where it was erased with
   * a person. No secret and no message stands here.
   */
  before: Record<string, unknown> | null
  after: Record<string, unknown> | null
  /** Of the request that did it; null where the collector did it itself. */
  requestId: string | null
}

/** The newest first: `GET /v1/audit`. */
export interface AuditList {
  items: AuditEntry[]
  /** Give it back as `cursor`; null on the last page. */
  next: string | null
  total: Total
}
