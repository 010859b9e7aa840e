import type { Webhook, WebhookEvent } from '../../sdk/wire/index.ts'
import { limits } from '../../sdk/wire/limits.ts'
import { type Database, isConflict, runAlong } from './database.ts'

/** A webhook as it is stored. Times are epoch ms. */
export interface WebhookRecord {
  project: string
  id: string
  type: Webhook['type']
  name: string
  url: string
  events: WebhookEvent[]
  filter: string | null
  /** What signs; null for `slack`. Signing needs the secret itself, so that a hash would not do. */
  secret: string | null
  /** What signed before it, and does until `oldUntil`. */
  oldSecret: string | null
  oldUntil: number
  /** The collector's own, for links, as whoever made the webhook called it. */
  origin: string
  state: Webhook['state']
  offReason: 'paused' | 'gone' | 'failing' | null
  offAt: number | null
  /** Attempts in a row that failed, and since when. */
  failures: number
  failingSince: number | null
  successAt: number | null
  failureAt: number | null
  createdAt: number
  updatedAt: number
}

/** A webhook with how many deliveries wait and how many were given up, each counted up to `limits.countMax`. */
export type CountedWebhook = WebhookRecord & { waiting: number; failed: number }

type Row<T extends WebhookRecord> = Omit<T, 'events'> & { events: string }

/** The columns of a `WebhookRecord`, for a SELECT or RETURNING. */
export const webhookColumns = `project, id, type, name, url, events, filter, secret, old_secret AS oldSecret,
  old_until AS oldUntil, origin, state, off_reason AS offReason, off_at AS offAt, failures,
  failing_since AS failingSince, success_at AS successAt, failure_at AS failureAt, created_at AS createdAt,
  updated_at AS updatedAt`

const counted = (condition: string): string =>
  `(SELECT count(*) FROM (SELECT 1 FROM delivery WHERE delivery.webhook = webhook.id AND ${condition} LIMIT ${limits.countMax}))`
const counts = `${counted('delivery.due_at IS NOT NULL')} AS waiting, ${counted("delivery.state = 'failed' AND delivery.event <> 'ping'")} AS failed`

/** A row as a record. */
export const toWebhook = <T extends WebhookRecord>(row: Row<T>): T =>
  ({ ...row, events: JSON.parse(row.events) as WebhookEvent[] }) as T

/** The last change number that anybody was given. */
const lastChange = `(SELECT max(coalesce((SELECT max(change) FROM item), 0), coalesce((SELECT max(change) FROM tombstone), 0)))`

/** Lists a project's webhooks by name. */
export async function listWebhooks(db: Database, project: string): Promise<CountedWebhook[]> {
  const { results } = await db
    .prepare(`SELECT ${webhookColumns}, ${counts} FROM webhook WHERE project = ?1 ORDER BY lower(name), id`)
    .bind(project)
    .all<Row<CountedWebhook>>()
  return results.map(toWebhook)
}

/** Finds one webhook. */
export async function findWebhook(db: Database, project: string, id: string): Promise<CountedWebhook | null> {
  const row = await db
    .prepare(`SELECT ${webhookColumns}, ${counts} FROM webhook WHERE project = ?1 AND id = ?2`)
    .bind(project, id)
    .first<Row<CountedWebhook>>()
  return row === null ? null : toWebhook(row)
}

/**
 * Inserts a webhook that is told of what changes from now on. `full` where the project has `most` of them, `conflict`
 * where it has a `slack` one already. Here and below `also` follows the change in its transaction.
 */
export async function insertWebhook(
  db: Database,
  webhook: Pick<WebhookRecord, 'project' | 'id' | 'type' | 'name' | 'url' | 'events' | 'filter' | 'secret' | 'origin'>,
  now: number,
  most: number,
  also: readonly D1PreparedStatement[] = [],
): Promise<'stored' | 'full' | 'conflict'> {
  try {
    const insert = db
      .prepare(
        `INSERT INTO webhook (project, id, type, name, url, events, filter, secret, origin, state, since, since_at,
          created_at, updated_at)
        SELECT ?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, 'on', ${lastChange}, ?10, ?10, ?10
        WHERE (SELECT count(*) FROM webhook WHERE project = ?1) < ?11`,
      )
      .bind(
        webhook.project,
        webhook.id,
        webhook.type,
        webhook.name,
        webhook.url,
        JSON.stringify(webhook.events),
        webhook.filter,
        webhook.secret,
        webhook.origin,
        now,
        most,
      )
    const { meta } = await runAlong(db, insert, also)
    return meta.changes > 0 ? 'stored' : 'full'
  } catch (error) {
    if (isConflict(error)) return 'conflict'
    throw error
  }
}

/** What somebody may change of a webhook. */
export type WebhookUpdate = Pick<WebhookRecord, 'name' | 'url' | 'events' | 'filter' | 'origin' | 'state'>

/**
 * Updates a webhook; false when it is gone. One that comes on again is told of what changes from then on, and what waited
 * is due at once; another URL begins without the failures of the one before.
 */
export async function updateWebhook(
  db: Database,
  { project, id }: Pick<WebhookRecord, 'project' | 'id'>,
  update: WebhookUpdate,
  now: number,
  also: readonly D1PreparedStatement[] = [],
): Promise<boolean> {
  const [, updated] = await db.batch([
    db
      .prepare(
        `UPDATE delivery SET due_at = ?3 WHERE webhook = ?2 AND due_at > ?3 AND EXISTS (SELECT 1 FROM webhook
          WHERE project = ?1 AND id = ?2 AND ((state = 'off' AND ?4 = 'on') OR url <> ?5))`,
      )
      .bind(project, id, now, update.state, update.url),
    db
      .prepare(
        `UPDATE webhook SET name = ?3, url = ?4, events = ?5, filter = ?6, origin = ?7, state = ?8, updated_at = ?9,
          since = iif(state = 'off' AND ?8 = 'on', ${lastChange}, since),
          since_at = iif(state = 'off' AND ?8 = 'on', ?9, since_at),
          failures = iif(url <> ?4 OR (state = 'off' AND ?8 = 'on'), 0, failures),
          failing_since = iif(url <> ?4 OR (state = 'off' AND ?8 = 'on'), NULL, failing_since),
          quiet_until = iif(url <> ?4 OR (state = 'off' AND ?8 = 'on'), 0, quiet_until),
          off_reason = iif(?8 = 'on', NULL, coalesce(off_reason, 'paused')),
          off_at = iif(?8 = 'on', NULL, coalesce(off_at, ?9))
        WHERE project = ?1 AND id = ?2`,
      )
      .bind(
        project,
        id,
        update.name,
        update.url,
        JSON.stringify(update.events),
        update.filter,
        update.origin,
        update.state,
        now,
      ),
    ...also,
  ])
  return (updated?.meta.changes ?? 0) > 0
}

/** Gives a webhook another secret; the one that it had signs too until `oldUntil`. False when it is gone. */
export async function rotateSecret(
  db: Database,
  { project, id }: Pick<WebhookRecord, 'project' | 'id'>,
  secret: string,
  now: number,
  oldUntil: number,
  also: readonly D1PreparedStatement[] = [],
): Promise<boolean> {
  const rotate = db
    .prepare(
      `UPDATE webhook SET old_secret = secret, old_until = ?5, secret = ?3, updated_at = ?4
      WHERE project = ?1 AND id = ?2 AND secret IS NOT NULL`,
    )
    .bind(project, id, secret, now, oldUntil)
  const { meta } = await runAlong(db, rotate, also)
  return meta.changes > 0
}

/** Deletes a webhook with its deliveries; false when there was none. With the last one goes what was withheld. */
export async function deleteWebhook(
  db: Database,
  project: string,
  id: string,
  also: readonly D1PreparedStatement[] = [],
): Promise<boolean> {
  const [, deleted] = await db.batch([
    db
      .prepare('DELETE FROM delivery WHERE webhook = (SELECT id FROM webhook WHERE project = ?1 AND id = ?2)')
      .bind(project, id),
    db.prepare('DELETE FROM webhook WHERE project = ?1 AND id = ?2').bind(project, id),
    ...also,
    db
      .prepare('DELETE FROM withheld WHERE project = ?1 AND NOT EXISTS (SELECT 1 FROM webhook WHERE project = ?1)')
      .bind(project),
  ])
  return (deleted?.meta.changes ?? 0) > 0
}

/** What the counts need to know of a webhook that is on. */
export type Listener = Pick<WebhookRecord, 'project' | 'id' | 'events' | 'filter'> & {
  /** It is told of later changes only. */
  since: number
  /** Epoch ms. */
  sinceAt: number
}

/** Lists the webhooks that are on, of every project. */
export async function listListeners(db: Database): Promise<Listener[]> {
  const { results } = await db
    .prepare(
      `SELECT project, id, events, filter, since, since_at AS sinceAt FROM webhook WHERE state = 'on'
      ORDER BY project, id`,
    )
    .all<Omit<Listener, 'events'> & { events: string }>()
  return results.map((row) => ({ ...row, events: JSON.parse(row.events) as WebhookEvent[] }))
}
