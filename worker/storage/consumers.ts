import { answersOf, answerStatements } from './answers.ts'
import { addCells, addNames } from './cells.ts'
import { chunksOf } from './chunks.ts'
import type { Database } from './database.ts'
import type { Facet } from './facets.ts'
import { documentsOf } from './index-text.ts'
import { outcomeStatements } from './outcomes.ts'
import type { ItemRow } from './row.ts'
import { triageOf } from './triage.ts'

/** Who follows the change numbers. */
export type ConsumerName = 'search' | 'counts' | 'people'

/** A consumer's turn: it alone may work until the lease ends. */
export interface Lease {
  name: ConsumerName
  /** Random; proves that the lease is still ours. */
  holder: string
  /** The change number up to which the work is done. */
  done: number
  /** The last change number that anybody was given. */
  last: number
}

const lastChange = `max(coalesce((SELECT max(change) FROM item), 0), coalesce((SELECT max(change) FROM tombstone), 0))`

/**
 * Where webhooks are on, the counts tell of what is new in the transaction that counts it (`news.ts`). Then they follow
 * at once, however little there is, and never ahead of the index, which says what holds the words of a filter.
 */
const isHeard = `EXISTS (SELECT 1 FROM webhook WHERE state = 'on')`
const lastOf: Record<ConsumerName, string> = {
  search: lastChange,
  people: lastChange,
  counts: `min(${lastChange}, iif(${isHeard}, (SELECT change FROM consumer WHERE name = 'search'), ${lastChange}))`,
}
const backlogOf: Record<ConsumerName, string> = { search: '?5', people: '?5', counts: `iif(${isHeard}, 1, ?5)` }

/**
 * Takes the lease of a consumer that is behind by at least `backlog`; null when it is not, or somebody holds it. One that
 * ends later than two leases from now was taken with a clock that is ahead, and holds nobody up.
 */
export async function takeLease(
  db: Database,
  name: ConsumerName,
  options: { holder: string; now: number; untilMs: number; backlog: number },
): Promise<Lease | null> {
  const row = await db
    .prepare(
      `UPDATE consumer SET lease = ?2, lease_until = ?3 + ?4
      WHERE name = ?1 AND (lease_until <= ?3 OR lease_until > ?3 + 2 * ?4) AND ${lastOf[name]} - change >= ${backlogOf[name]}
      RETURNING change AS done, ${lastOf[name]} AS last`,
    )
    .bind(name, options.holder, options.now, options.untilMs, options.backlog)
    .first<{ done: number; last: number }>()
  return row === null ? null : { name, holder: options.holder, ...row }
}

/** Gives a lease back before its time, after a failure. */
export async function dropLease(db: Database, lease: Lease): Promise<void> {
  await db
    .prepare('UPDATE consumer SET lease = NULL, lease_until = 0 WHERE name = ?1 AND lease = ?2')
    .bind(lease.name, lease.holder)
    .run()
}

/** The last change number that anybody was given. */
export async function findLastChange(db: Database): Promise<number> {
  return (await db.prepare(`SELECT ${lastChange} AS last`).first<number>('last')) ?? 0
}

/** The change number up to which a consumer has read, and the last one that it may read up to now. */
export async function findPosition(db: Database, name: ConsumerName): Promise<{ done: number; last: number }> {
  const row = await db
    .prepare(`SELECT change AS done, ${lastOf[name]} AS last FROM consumer WHERE name = ?1`)
    .bind(name)
    .first<{ done: number; last: number }>()
  return row ?? { done: 0, last: 0 }
}

/** The change number up to which a consumer has read. */
export async function findProgress(db: Database, name: ConsumerName): Promise<number> {
  return (await db.prepare('SELECT change FROM consumer WHERE name = ?1').bind(name).first<number>('change')) ?? 0
}

/**
 * How many change numbers were counted that filters do not find: next to none, unless an upgrade lets the index read all
 * items once more.
 */
export async function countUnread(db: Database): Promise<number> {
  const count = await db
    .prepare(
      `SELECT coalesce((SELECT change FROM consumer WHERE name = 'counts')
        - (SELECT change FROM consumer WHERE name = 'search'), 0) AS count`,
    )
    .first<number>('count')
  return Math.max(0, count ?? 0)
}

/** Marks the work done up to `change`; the lease ends when `release` says so. */
export function mark(db: Database, lease: Lease, change: number, release: boolean): D1PreparedStatement {
  return db
    .prepare(
      `UPDATE consumer SET change = max(change, ?3), lease_until = iif(?4, 0, lease_until), lease = iif(?4, NULL, lease)
      WHERE name = ?1 AND lease = ?2`,
    )
    .bind(lease.name, lease.holder, change, release ? 1 : 0)
}

/**
 * Marks the next item as done without it, because it cannot be digested. How often that happened is kept as `change` of
 * the row `NAME:skipped`. Answers with the item's change number and that count.
 */
export async function skipNext(db: Database, lease: Lease): Promise<{ change: number; skipped: number }> {
  const next = await db
    .prepare('SELECT min(change) AS change FROM item WHERE change > ?1 AND change <= ?2')
    .bind(lease.done, lease.last)
    .first<number>('change')
  const change = next ?? lease.last
  const [counted] = await db.batch<{ skipped: number }>([
    db
      .prepare(
        `INSERT INTO consumer (name, change, lease_until)
        SELECT name || ':skipped', 1, 0 FROM consumer WHERE name = ?1 AND lease = ?2
        ON CONFLICT (name) DO UPDATE SET change = change + 1 RETURNING change AS skipped`,
      )
      .bind(lease.name, lease.holder),
    mark(db, lease, change, change >= lease.last),
  ])
  return { change, skipped: counted?.results[0]?.skipped ?? 0 }
}

type IndexRow = ItemRow & { facets: string }

/**
 * Writes both full-text tables, and the answers on scales, for the next items; twice is harmless. Answers with the
 * change number reached; where it is the lease's `last`, the lease has ended.
 */
export async function indexNext(db: Database, lease: Lease, batch: number): Promise<number> {
  const { results } = await db
    .prepare(`SELECT * FROM item WHERE change > ?1 AND change <= ?2 ORDER BY change LIMIT ?3`)
    .bind(lease.done, lease.last, batch)
    .all<IndexRow>()
  const reached = results.length < batch ? lease.last : (results.at(-1)?.change ?? lease.last)
  const documents = results.map((row) => ({
    doc: row.doc,
    change: row.change,
    ...documentsOf(row, triageOf(row)),
    ...answersOf(row, JSON.parse(row.facets) as Facet[]),
  }))
  // An item may have changed, or gone, since it was read: then its later change brings it here again.
  const current = `FROM json_each(?1) AS line JOIN item ON item.doc = line.value ->> 'doc' AND item.change = line.value ->> 'change'`
  const bound = chunksOf(documents).map((chunk) => JSON.stringify(chunk))
  await db.batch([
    ...bound.flatMap((lines) => [
      ...[
        `INSERT OR REPLACE INTO facet (rowid, tokens) SELECT item.doc, line.value ->> 'facet' ${current}`,
        `INSERT OR REPLACE INTO words (rowid, scope, said) SELECT item.doc, line.value ->> 'scope', line.value ->> 'said' ${current}`,
      ].map((sql) => db.prepare(sql).bind(lines)),
      ...answerStatements(db, lines, current),
    ]),
    mark(db, lease, reached, reached >= lease.last),
  ])
  return reached
}

/** How far the counts come with the next batch. */
export const countsReach = (lease: Lease, batch: number): number => Math.min(lease.last, lease.done + batch)

/**
 * Writes the next item into both full-text tables without its words and answers, where these cannot be digested: it is
 * found by filters, and by whoever erases its person.
 */
export async function indexBare(db: Database, lease: Lease): Promise<void> {
  const row = await db
    .prepare('SELECT * FROM item WHERE change > ?1 AND change <= ?2 ORDER BY change LIMIT 1')
    .bind(lease.done, lease.last)
    .first<IndexRow>()
  if (row === null) return
  const { facet, scope } = documentsOf({ ...row, message: '' }, triageOf(row))
  const current = 'FROM item WHERE item.doc = ?1 AND item.change = ?2'
  await db.batch([
    db
      .prepare(`INSERT OR REPLACE INTO facet (rowid, tokens) SELECT item.doc, ?3 ${current}`)
      .bind(row.doc, row.change, facet),
    db
      .prepare(`INSERT OR REPLACE INTO words (rowid, scope, said) SELECT item.doc, ?3, '' ${current}`)
      .bind(row.doc, row.change, scope),
  ])
}

/**
 * Adds the next items to the rollups and the catalogue of names. All of it is one transaction with the mark, because
 * adding twice would not be harmless; a lease that was lost meanwhile adds nothing. `also` goes into it. Persons are not counted: a row for
 * each of them and day would be as many rows as items.
 */
export async function countNext(
  db: Database,
  lease: Lease,
  batch: number,
  also: readonly D1PreparedStatement[] = [],
): Promise<number> {
  const reached = countsReach(lease, batch)
  const bound = [lease.done, reached, lease.name, lease.holder]
  const cells = `SELECT item.project, item.environment, pair.value ->> 0, pair.value ->> 1,
      date(item.created_at / 1000, 'unixepoch'), 1 FROM item INDEXED BY item_change, json_each(item.facets) AS pair
    WHERE item.change > ?1 AND item.change <= ?2 AND item.born > ?1 AND pair.value ->> 0 <> 'person'
      AND EXISTS (SELECT 1 FROM consumer WHERE name = ?3 AND lease = ?4 AND change = ?1)`
  const within = 'item.change > ?1 AND item.change <= ?2'
  const nameOf = (path: string, kind: string, whose = 'AND item.born > ?1') =>
    addNames(`SELECT item.project, '${kind}' || named.key, item.received_at
      FROM item INDEXED BY item_change, json_each(item.body, '${path}') AS named WHERE ${within} ${whose}`)
  const plainly = (select: string) => `INSERT OR IGNORE INTO name (project, name, first_seen_at) ${select}`
  await db.batch([
    ...[
      nameOf('$.tags', 'tag.'),
      // A token that comes later may be the first to name a trait.
      nameOf('$.person.traits', 'trait.', ''),
      nameOf('$.context', 'context.'),
      addNames(`SELECT item.project, 'question.' || (answer.value ->> 'question'), item.received_at
        FROM item INDEXED BY item_change, json_each(item.body, '$.survey.answers') AS answer WHERE ${within}`),
      plainly(`SELECT item.project, 'label.' || label.value, min(item.received_at)
        FROM item INDEXED BY item_change, json_each(item.labels) AS label WHERE ${within} GROUP BY 1, 2`),
      plainly(`SELECT item.project, 'assignee.' || item.assignee, min(item.received_at)
        FROM item INDEXED BY item_change WHERE ${within} AND item.assignee IS NOT NULL GROUP BY 1, 2`),
    ].map((sql) => db.prepare(sql).bind(lease.done, reached)),
    // After the names: which of them have cells of their own depends on the catalogue.
    db.prepare(addCells(cells)).bind(...bound),
    ...outcomeStatements(db, bound),
    ...also,
    mark(db, lease, reached, reached >= lease.last),
  ])
  return reached
}
