import type { Attempt, Delivery, PersonDelivery } from '../../sdk/wire/index.ts'
import { type Database, runAlong } from './database.ts'
import { instantOf } from './instant.ts'
import { messageId } from './news.ts'

/** A delivery as it is stored; its key is (webhook, change, n), n above 0 for a test. Times are epoch ms. */
export interface DeliveryRow {
  webhook: string
  change: number
  n: number
  id: string
  project: string
  event: Delivery['event']
  item: string | null
  at: number
  state: Delivery['state']
  due_at: number | null
  /** Attempts since it was last asked for. */
  tries: number
  /** JSON of `Attempt[]`. */
  attempts: string
}

const columns = 'webhook, change, n, id, project, event, item, at, state, due_at, tries, attempts'

/** Attempts that are kept of one delivery: the whole schedule five times over. */
const attemptsMax = 50

/** A row as the wire has it. */
export function toDelivery(row: DeliveryRow): Delivery {
  return {
    id: row.id,
    event: row.event,
    feedback: row.item,
    state: row.state,
    at: instantOf(row.at),
    nextAttemptAt: row.due_at === null ? null : instantOf(row.due_at),
    attempts: JSON.parse(row.attempts) as Attempt[],
  }
}

/** Where a page of deliveries begins: below this key. */
export interface DeliveryPlace {
  change: number
  n: number
}

/** Lists a webhook's deliveries, the newest first. */
export async function listDeliveries(
  db: Database,
  webhook: string,
  wanted: { state: Delivery['state'] | null; after: DeliveryPlace | null; limit: number },
): Promise<DeliveryRow[]> {
  const { change, n } = wanted.after ?? { change: Number.MAX_SAFE_INTEGER, n: 0 }
  const { results } = await db
    .prepare(
      `SELECT ${columns} FROM delivery WHERE webhook = ?1 AND (change, n) < (?2, ?3)
        AND (?4 IS NULL OR state = ?4) ORDER BY change DESC, n DESC LIMIT ?5`,
    )
    .bind(webhook, change, n, wanted.state, wanted.limit)
    .all<DeliveryRow>()
  return results
}

/** Lists what was told of some items, and to which webhook, the oldest first: what an export of a person holds. */
export async function listDeliveriesOf(
  db: Database,
  project: string,
  items: readonly string[],
): Promise<PersonDelivery[]> {
  const { results } = await db
    .prepare(
      `SELECT delivery.*, webhook.name AS name FROM json_each(?2) AS wanted
      CROSS JOIN delivery INDEXED BY delivery_item ON delivery.project = ?1 AND delivery.item = wanted.value
      JOIN webhook ON webhook.project = delivery.project AND webhook.id = delivery.webhook
      ORDER BY delivery.change, delivery.n, webhook.name`,
    )
    .bind(project, JSON.stringify(items))
    .all<DeliveryRow & { name: string }>()
  return results.map((row) => {
    const { event, feedback, state, at, attempts } = toDelivery(row)
    return { event, feedback, state, at, attempts, webhook: row.name }
  })
}

/** What a `webhook-id` says of its key; null where it is none. */
function keyOf(id: string): DeliveryPlace | null {
  const match = /^msg_([0-9a-z]{1,11})_([0-9a-z]{1,6})_[0-9a-z]{1,11}$/.exec(id)
  return match === null ? null : { change: parseInt(match[1] ?? '', 36), n: parseInt(match[2] ?? '', 36) }
}

/** Finds one delivery by its `webhook-id`. */
export async function findDelivery(db: Database, webhook: string, id: string): Promise<DeliveryRow | null> {
  const key = keyOf(id)
  if (key === null) return null
  return db
    .prepare(`SELECT ${columns} FROM delivery WHERE webhook = ?1 AND change = ?2 AND n = ?3 AND id = ?4`)
    .bind(webhook, key.change, key.n, id)
    .first<DeliveryRow>()
}

/** Inserts a test, which nobody but its sender sends. Answers with its row. */
export async function insertPing(
  db: Database,
  { project, webhook }: { project: string; webhook: string },
  now: number,
): Promise<DeliveryRow> {
  const last = await db
    .prepare(
      `SELECT max(change, coalesce((SELECT max(change) FROM delivery WHERE webhook = ?1), 0)) AS change FROM
        (SELECT max(coalesce((SELECT max(change) FROM item), 0), coalesce((SELECT max(change) FROM tombstone), 0)) AS change)`,
    )
    .bind(webhook)
    .first<number>('change')
  const change = last ?? 0
  // A number that another test took at this moment is not taken twice.
  for (;;) {
    const n = await db
      .prepare('SELECT coalesce(max(n), 0) + 1 AS n FROM delivery WHERE webhook = ?1 AND change = ?2')
      .bind(webhook, change)
      .first<number>('n')
    const row = { webhook, change, n: n ?? 1, item: null, at: now }
    const inserted = await db
      .prepare(
        `INSERT INTO delivery (webhook, change, n, id, project, event, item, at, state, created_at)
        SELECT ?1, ?2, ?3, ?4, ?5, 'ping', NULL, ?6, 'pending', ?6 WHERE true
        ON CONFLICT DO NOTHING RETURNING ${columns}`,
      )
      .bind(webhook, change, row.n, messageId(row), project, now)
      .first<DeliveryRow>()
    if (inserted !== null) return inserted
  }
}

/**
 * Asks for a delivery again: at once, with the whole schedule before it. Null where it is gone. Here and below `also`
 * follows the change in its transaction.
 */
export async function resendDelivery(
  db: Database,
  webhook: string,
  id: string,
  now: number,
  also: readonly D1PreparedStatement[] = [],
): Promise<DeliveryRow | null> {
  const key = keyOf(id)
  if (key === null) return null
  const resend = db
    .prepare(
      `UPDATE delivery SET state = 'pending', due_at = ?5, tries = 0
      WHERE webhook = ?1 AND change = ?2 AND n = ?3 AND id = ?4 RETURNING ${columns}`,
    )
    .bind(webhook, key.change, key.n, id, now)
  const [row] = (await runAlong<DeliveryRow>(db, resend, also)).results
  return row ?? null
}

/** Asks again for all that failed, but for tests; answers with how many. */
export async function resendFailed(
  db: Database,
  webhook: string,
  now: number,
  also: readonly D1PreparedStatement[] = [],
): Promise<number> {
  const resend = db
    .prepare(
      `UPDATE delivery SET state = 'pending', due_at = ?2, tries = 0
      WHERE webhook = ?1 AND state = 'failed' AND event <> 'ping'`,
    )
    .bind(webhook, now)
  const { meta } = await runAlong(db, resend, also)
  return meta.changes
}

/** Lists what of a webhook is due, in the order in which it happened. */
export async function listDue(db: Database, webhook: string, now: number, limit: number): Promise<DeliveryRow[]> {
  const { results } = await db
    .prepare(
      `SELECT ${columns} FROM delivery INDEXED BY delivery_due WHERE webhook = ?1 AND due_at <= ?2
      ORDER BY change, n LIMIT ?3`,
    )
    .bind(webhook, now, limit)
    .all<DeliveryRow>()
  return results
}

/** What became of a delivery. */
export interface Settled {
  row: Pick<DeliveryRow, 'webhook' | 'change' | 'n' | 'event' | 'item'>
  state: Delivery['state']
  dueAt: number | null
  tries: number
  /** None where it was dropped. */
  attempt: Attempt | null
}

/** Writes down what became of deliveries. One that is gone meanwhile stays gone. */
export function settleStatement(db: Database, settled: readonly Settled[]): D1PreparedStatement {
  const lines = settled.map(({ row, state, dueAt, tries, attempt }) => ({
    webhook: row.webhook,
    change: row.change,
    n: row.n,
    state,
    due: dueAt,
    tries,
    attempt,
  }))
  const kept = `iif(json_array_length(attempts) >= ${attemptsMax}, json_remove(attempts, '$[0]'), attempts)`
  return db
    .prepare(
      `UPDATE delivery SET state = line.value ->> 'state', due_at = line.value ->> 'due', tries = line.value ->> 'tries',
        attempts = iif(line.value ->> 'attempt' IS NULL, attempts,
          json_insert(${kept}, '$[#]', json(line.value -> 'attempt')))
      FROM json_each(?1) AS line WHERE delivery.webhook = line.value ->> 'webhook'
        AND delivery.change = line.value ->> 'change' AND delivery.n = line.value ->> 'n'`,
    )
    .bind(JSON.stringify(lines))
}

/** Deletes deliveries that are older than `before`, of each webhook at most `limit`; answers with how many. */
export async function deleteOldDeliveries(db: Database, before: number, limit: number): Promise<number> {
  const { results } = await db
    .prepare(
      `SELECT id FROM webhook WHERE (SELECT created_at FROM delivery WHERE delivery.webhook = webhook.id
        ORDER BY change, n LIMIT 1) < ?1`,
    )
    .bind(before)
    .all<{ id: string }>()
  if (results.length === 0) return 0
  const deleted = await db.batch(
    results.slice(0, 50).map(({ id }) =>
      db
        .prepare(
          `DELETE FROM delivery WHERE (webhook, change, n) IN (SELECT webhook, change, n FROM
            (SELECT webhook, change, n, created_at FROM delivery WHERE webhook = ?1 ORDER BY change, n LIMIT ?3)
            WHERE created_at < ?2)`,
        )
        .bind(id, before, limit),
    ),
  )
  return deleted.reduce((sum, { meta }) => sum + meta.changes, 0)
}
