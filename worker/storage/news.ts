import type { WebhookEvent } from '../../sdk/wire/index.ts'
import { chunksOf } from './chunks.ts'
import type { Lease } from './consumers.ts'
import type { Database } from './database.ts'
import { hash53 } from './facets.ts'
import type { ItemRow } from './row.ts'

/** An item that changed, without its words. */
export type NewsRow = Pick<
  ItemRow,
  | 'doc'
  | 'project'
  | 'id'
  | 'change'
  | 'environment'
  | 'status'
  | 'labels'
  | 'assignee'
  | 'spam'
  | 'merged_into'
  | 'created_at'
  | 'received_at'
  | 'updated_at'
> & {
  /** Whether the counts see it for the first time. */
  isFirst: number
  /** Whether it was imported or restored. */
  isQuiet: number
  /** Whether it came as spam, so that nobody was told of it yet. */
  isWithheld: number
  /** JSON of the facets that triage does not move. */
  facets: string
}

/** An item that was erased. */
export interface GoneRow {
  project: string
  id: string
  change: number
  /** Epoch ms. */
  erased_at: number
  isWithheld: number
}

const withheld = (row: string): string =>
  `EXISTS (SELECT 1 FROM withheld WHERE withheld.project = ${row}.project AND withheld.item = ${row}.id) AS isWithheld`

/** Lists what changed of some projects since the counts were here last, up to `reached`. */
export async function listNews(
  db: Database,
  lease: Lease,
  reached: number,
  projects: readonly string[],
): Promise<{ items: NewsRow[]; gone: GoneRow[] }> {
  const meant = `change > ?1 AND change <= ?2 AND project IN (SELECT value FROM json_each(?3)) ORDER BY change`
  const bound = [lease.done, reached, JSON.stringify(projects)]
  const [items, gone] = await db.batch<NewsRow | GoneRow>([
    db
      .prepare(
        `SELECT doc, project, id, change, environment, status, labels, assignee, spam, merged_into, created_at, received_at,
          updated_at, facets, born > ?1 AS isFirst, coalesce(body ->> '$.quiet', 0) AS isQuiet, ${withheld('item')}
        FROM item INDEXED BY item_change WHERE ${meant}`,
      )
      .bind(...bound),
    db
      .prepare(`SELECT project, id, change, erased_at, ${withheld('tombstone')} FROM tombstone WHERE ${meant}`)
      .bind(...bound),
  ])
  return { items: (items?.results ?? []) as NewsRow[], gone: (gone?.results ?? []) as GoneRow[] }
}

/** Which of these items hold words, as a list would find them: strictly, every word that is asked for. */
export async function listHolding(
  db: Database,
  asked: readonly { match: string; docs: readonly number[] }[],
): Promise<Set<number>[]> {
  if (asked.length === 0) return []
  // Few statements, however many webhooks look for words: a request has so many, and all projects' webhooks share them.
  const chunks = chunksOf(asked)
  const answers = await db.batch<{ question: number; doc: number }>(
    chunks.map((chunk) =>
      db
        .prepare(
          `SELECT asked.key AS question, words.rowid AS doc FROM json_each(?1) AS asked CROSS JOIN words
          WHERE words MATCH (asked.value ->> 'match')
            AND words.rowid IN (SELECT CAST(value AS INTEGER) FROM json_each(asked.value, '$.docs'))`,
        )
        .bind(JSON.stringify(chunk)),
    ),
  )
  return chunks.flatMap((chunk, at) => {
    const holding = chunk.map(() => new Set<number>())
    for (const { question, doc } of answers[at]?.results ?? []) holding[question]?.add(doc)
    return holding
  })
}

/** A message that is to be made. */
export interface Told {
  webhook: string
  project: string
  change: number
  event: WebhookEvent
  item: string
  /** Of an item that stands there; null for one that is gone. */
  doc: number | null
  /** When it happened, epoch ms. */
  at: number
}

/**
 * The `webhook-id` of a message: made of what it tells, so that whoever makes it again makes the same. Beside the change
 * number, which a database that was set back gives out twice, it stands for the item and the time.
 *
 * @example messageId({ webhook: '…', change: 4711, n: 0, item: '…', at: 1795300000000 }) // 'msg_3mv_0_2f9zk1q8w3e'
 */
export function messageId(of: { webhook: string; change: number; n: number; item: string | null; at: number }): string {
  const mark = hash53(`${of.webhook}\u0000${of.item ?? ''}\u0000${of.at}\u0000${of.change}\u0000${of.n}`)
  return `msg_${of.change.toString(36)}_${of.n.toString(36)}_${mark.toString(36)}`
}

/**
 * What writes down the news, for the transaction in which the counts mark the same changes as done. An item that changed
 * since it was read is left out: it stands at a later change then, and comes again, as new as it was.
 */
export function tellStatements(
  db: Database,
  lease: Lease,
  news: {
    told: readonly Told[]
    withheld: readonly { doc: number; change: number; project: string; item: string }[]
    released: readonly { doc: number | null; change: number; project: string; item: string }[]
  },
  now: number,
): D1PreparedStatement[] {
  const stands = `FROM json_each(?1) AS line
    WHERE EXISTS (SELECT 1 FROM consumer WHERE name = ?2 AND lease = ?3 AND change = ?4)
      AND (line.value ->> 'doc' IS NULL OR EXISTS (SELECT 1 FROM item
        WHERE item.doc = line.value ->> 'doc' AND item.change = line.value ->> 'change'))`
  const lines = news.told.map((one) => ({ ...one, id: messageId({ ...one, n: 0 }) }))
  const parts: [sql: string, lines: readonly object[]][] = [
    [
      `INSERT OR IGNORE INTO delivery (webhook, change, n, id, project, event, item, at, state, due_at, created_at)
      SELECT line.value ->> 'webhook', line.value ->> 'change', 0, line.value ->> 'id', line.value ->> 'project',
        line.value ->> 'event', line.value ->> 'item', line.value ->> 'at', 'pending', ?5, ?5 ${stands}
        AND EXISTS (SELECT 1 FROM webhook WHERE webhook.project = line.value ->> 'project'
          AND webhook.id = line.value ->> 'webhook' AND webhook.state = 'on')
        AND NOT (line.value ->> 'event' = 'feedback.created' AND EXISTS (SELECT 1 FROM delivery AS before
          WHERE before.project = line.value ->> 'project' AND before.item = line.value ->> 'item'
            AND before.webhook = line.value ->> 'webhook' AND before.state <> 'dropped'))`,
      lines,
    ],
    [
      `INSERT OR IGNORE INTO withheld (project, item)
      SELECT line.value ->> 'project', line.value ->> 'item' ${stands} AND ?5 > 0`,
      news.withheld,
    ],
    [
      `DELETE FROM withheld WHERE (project, item) IN
      (SELECT line.value ->> 'project', line.value ->> 'item' ${stands} AND ?5 > 0)`,
      news.released,
    ],
  ]
  return parts.flatMap(([sql, given]) =>
    chunksOf(given).map((chunk) =>
      db.prepare(sql).bind(JSON.stringify(chunk), lease.name, lease.holder, lease.done, now),
    ),
  )
}
