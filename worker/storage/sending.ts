import { type AuditRecord, auditStatement } from './audit.ts'
import type { Database } from './database.ts'
import { type Settled, settleStatement } from './deliveries.ts'
import { type ItemRow, itemColumns } from './row.ts'
import { toWebhook, webhookColumns, type WebhookRecord } from './webhooks.ts'

/**
 * Takes the webhooks that have something due, and that nobody else sends to: of each project in turn, the healthy ones
 * first.
 */
export async function takeWebhooks(
  db: Database,
  options: { holder: string; now: number; untilMs: number; limit: number; only: string | null },
): Promise<WebhookRecord[]> {
  const { results } = await db
    .prepare(
      `UPDATE webhook SET lease = ?1, lease_until = ?2 + ?3 WHERE (project, id) IN
        (SELECT project, id FROM webhook WHERE state = 'on' AND lease_until <= ?2 AND quiet_until <= ?2
          AND (?5 IS NULL OR id = ?5) AND EXISTS (SELECT 1 FROM delivery INDEXED BY delivery_due
            WHERE delivery.webhook = webhook.id AND delivery.due_at <= ?2)
        ORDER BY row_number() OVER (PARTITION BY project ORDER BY failures, success_at), failures, success_at
        LIMIT ?4) RETURNING ${webhookColumns}`,
    )
    .bind(options.holder, options.now, options.untilMs, options.limit, options.only)
    .all<Omit<WebhookRecord, 'events'> & { events: string }>()
  return results.map(toWebhook)
}

/**
 * Gives a webhook back; true where something is due that came after it was last looked: nobody else could take it
 * meanwhile, so whoever gives it back must look again.
 */
export async function releaseWebhook(
  db: Database,
  { project, id }: Pick<WebhookRecord, 'project' | 'id'>,
  holder: string,
  now: number,
): Promise<boolean> {
  const row = await db
    .prepare(
      `UPDATE webhook SET lease = NULL, lease_until = 0 WHERE project = ?1 AND id = ?2 AND lease = ?3
      RETURNING state = 'on' AND quiet_until <= ?4 AND EXISTS (SELECT 1 FROM delivery INDEXED BY delivery_due
        WHERE delivery.webhook = ?2 AND delivery.due_at <= ?4) AS isDue`,
    )
    .bind(project, id, holder, now)
    .first<{ isDue: number }>()
  return row?.isDue === 1
}

/** How far ahead something can lie at most, in ms. */
export interface Ahead {
  leaseMs: number
  quietMs: number
  dueMs: number
}

/**
 * Ends leases and pauses of webhooks, and makes deliveries due, that lie further ahead than anything is ever put off:
 * they were written with a clock that was ahead. Twice what is possible counts as possible, since clocks differ a little.
 */
export async function mendTimes(db: Database, now: number, { leaseMs, quietMs, dueMs }: Ahead): Promise<void> {
  await db.batch([
    db
      .prepare(
        `UPDATE webhook SET lease_until = iif(lease_until > ?1, 0, lease_until),
          quiet_until = iif(quiet_until > ?2, 0, quiet_until) WHERE lease_until > ?1 OR quiet_until > ?2`,
      )
      .bind(now + 2 * leaseMs, now + 2 * quietMs),
    db
      .prepare('UPDATE delivery SET due_at = ?1 WHERE webhook IN (SELECT id FROM webhook) AND due_at > ?2')
      .bind(now, now + 2 * dueMs),
  ])
}

/** When the next delivery to a webhook that is on is due, in epoch ms; null where none waits. */
export async function findNextDue(db: Database): Promise<number | null> {
  return db
    .prepare(
      `SELECT min(max(quiet_until, (SELECT min(due_at) FROM delivery INDEXED BY delivery_due
        WHERE delivery.webhook = webhook.id AND delivery.due_at IS NOT NULL))) AS due
      FROM webhook WHERE state = 'on'`,
    )
    .first<number>('due')
}

/** How a webhook fares after some attempts. */
export type Health = Pick<
  WebhookRecord,
  'project' | 'id' | 'state' | 'offReason' | 'offAt' | 'failures' | 'failingSince' | 'successAt' | 'failureAt'
> & {
  /** Before then nothing is sent to it. */
  quietUntil: number
  /** It came back after it had failed for a while: what waits for a later attempt is due at once. */
  isBack: boolean
}

/** Writes down what became of deliveries to a webhook, and how it fares, in one transaction. */
export async function settle(
  db: Database,
  settled: readonly Settled[],
  now: number,
  {
    health,
    withheld = [],
    audit,
  }: { health?: Health; withheld?: readonly { project: string; item: string }[]; audit?: AuditRecord } = {},
): Promise<void> {
  const statements = settled.length === 0 ? [] : [settleStatement(db, settled)]
  if (audit !== undefined) statements.push(auditStatement(db, audit))
  // An item that became spam before it was told of is told of once it is out of the tray.
  for (const { project, item } of withheld) {
    statements.push(db.prepare('INSERT OR IGNORE INTO withheld (project, item) VALUES (?1, ?2)').bind(project, item))
  }
  if (health !== undefined) {
    // Somebody may have turned it off, or given it another URL, meanwhile: what they did stands.
    statements.push(
      db
        .prepare(
          `UPDATE webhook SET failures = ?3, failing_since = ?4, success_at = ?5, failure_at = ?6, quiet_until = ?7,
            state = iif(?8 = 'off', 'off', state), off_reason = iif(?8 = 'off' AND state = 'on', ?9, off_reason),
            off_at = iif(?8 = 'off' AND state = 'on', ?10, off_at)
          WHERE project = ?1 AND id = ?2`,
        )
        .bind(
          health.project,
          health.id,
          health.failures,
          health.failingSince,
          health.successAt,
          health.failureAt,
          health.quietUntil,
          health.state,
          health.offReason,
          health.offAt,
        ),
    )
    if (health.isBack) {
      statements.push(
        db.prepare('UPDATE delivery SET due_at = ?2 WHERE webhook = ?1 AND due_at > ?2').bind(health.id, now),
      )
    }
  }
  if (statements.length > 0) await db.batch(statements)
}

/** Finds the items that messages tell of, whole, by their ids. */
export async function listMeant(db: Database, project: string, ids: readonly string[]): Promise<Map<string, ItemRow>> {
  if (ids.length === 0) return new Map()
  const { results } = await db
    .prepare(
      `SELECT ${itemColumns} FROM item INDEXED BY item_id
      WHERE project = ?1 AND id IN (SELECT value FROM json_each(?2))`,
    )
    .bind(project, JSON.stringify(ids))
    .all<ItemRow>()
  return new Map(results.map((row) => [row.id, row]))
}

/** Which of these items can be told of: they stand there, and are no spam. */
export async function listTellable(db: Database, project: string, ids: readonly string[]): Promise<Set<string>> {
  if (ids.length === 0) return new Set()
  const { results } = await db
    .prepare(
      `SELECT id FROM item INDEXED BY item_id
      WHERE project = ?1 AND id IN (SELECT value FROM json_each(?2)) AND spam = 0`,
    )
    .bind(project, JSON.stringify(ids))
    .all<{ id: string }>()
  return new Set(results.map(({ id }) => id))
}
