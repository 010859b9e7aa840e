import type { FeedbackList, Total } from '../../sdk/wire/index.ts'
import { limits } from '../../sdk/wire/limits.ts'
import type { Database } from './database.ts'
import type { WholeRow } from './revise.ts'
import { type ItemRow, itemColumns, whole } from './row.ts'
import { docBound, docRange, docsPerMs, type Selection, spillMs, unfiltered } from './selection.ts'
import { type Bound, type Source, sourceOf } from './source.ts'

/** Where a page begins: beyond this `doc`. */
export interface PageStart {
  after: number | null
  limit: number
}

/**
 * Lists a page of items by time, newest first unless `sort` is `oldest`, by keyset: the rows read are those answered,
 * and few more.
 */
export function listByTime(db: Database, selection: Selection, page: PageStart): Promise<ItemRow[]> {
  return listColumns<ItemRow>(db, selection, page, itemColumns)
}

/** The same with the facets, for whatever changes them. */
export function listWholeByTime(db: Database, selection: Selection, page: PageStart): Promise<WholeRow[]> {
  return listColumns<WholeRow>(db, selection, page, whole)
}

async function listColumns<Row>(db: Database, selection: Selection, page: PageStart, columns: string): Promise<Row[]> {
  const source = sourceOf(selection)
  const ascending = selection.sort === 'oldest'
  const range = docRange(selection)
  if (page.after !== null) {
    if (ascending) range.low = Math.max(range.low, page.after + 1)
    else range.high = Math.min(range.high, page.after - 1)
  }
  const times = exactTimes(selection)
  const { results } = await db
    .prepare(
      `SELECT ${columns} FROM ${withItem(source)} WHERE ${source.where}
      AND ${source.doc} >= ${docBound} AND ${source.doc} <= ${docBound}${times.sql}
      ORDER BY ${source.doc} ${ascending ? 'ASC' : 'DESC'} LIMIT ?`,
    )
    .bind(...source.bound, range.low, range.high, ...times.bound, page.limit)
    .all<Row>()
  return results
}

/** CROSS JOIN keeps SQLite from turning the loop round: the source leads, in the order of `doc`. */
export function withItem(source: Source): string {
  return source.doc === 'item.doc' ? source.from : `${source.from} CROSS JOIN item ON item.doc = ${source.doc}`
}

/** What `doc` says only nearly: a crowded millisecond spills into later ones. */
export function exactTimes(selection: Selection): { sql: string; bound: Bound } {
  const conditions: [sql: string, value: number | null][] = [
    ['item.created_at >= ?', selection.from],
    ['item.created_at < ?', selection.to],
    ['item.received_at < ?', selection.asOf],
    ['item.received_at >= ?', selection.since],
    ['item.born <= ?', selection.bornBy ?? null],
  ]
  const set = conditions.filter((condition): condition is [string, number] => condition[1] !== null)
  return { sql: set.map(([sql]) => ` AND ${sql}`).join(''), bound: set.map(([, value]) => value) }
}

/**
 * Counts the items of a selection, up to `most` of them, without reading any but those within a minute of `from` and
 * `to`, where `doc` alone may be wrong, and those that came after `bornBy`. When it was received is said by the items
 * themselves.
 */
export function countStatement(db: Database, selection: Selection, most: number | null): D1PreparedStatement {
  if (selection.since !== null || selection.asOf !== null) return countReceived(db, selection, most)
  const source = sourceOf(selection)
  const parts: string[] = []
  const bound: Bound = []
  const add = (sign: string, from: string, condition: string, values: Bound, limit = '') => {
    parts.push(`${sign} (SELECT count(*) FROM (SELECT 1 FROM ${from} WHERE ${source.where} AND ${condition}${limit}))`)
    bound.push(...source.bound, ...values)
  }
  const [from, to] = [selection.from ?? 0, selection.to ?? Number.MAX_SAFE_INTEGER / docsPerMs]
  const within = `${source.doc} >= ${docBound} AND ${source.doc} < ${docBound}`
  const limit = most === null ? '' : ` LIMIT ${most}`
  add('', source.from, within, [from * docsPerMs, Math.floor(to * docsPerMs)], limit)
  const spilled = `${within} AND item.created_at < ?`
  for (const [sign, time] of [
    ['-', selection.from],
    ['+', selection.to],
  ] as const) {
    if (time !== null) add(sign, withItem(source), spilled, [time * docsPerMs, (time + spillMs) * docsPerMs, time])
  }
  const { bornBy } = selection
  if (bornBy !== undefined) {
    const later = `(SELECT doc, created_at FROM item INDEXED BY item_change WHERE change > ? AND born > ?) AS later`
    parts.push(`- (SELECT count(*) FROM ${later} CROSS JOIN ${source.from}
      WHERE ${source.where} AND ${source.doc} = later.doc AND later.created_at >= ? AND later.created_at < ?)`)
    bound.push(bornBy, bornBy, ...source.bound, from, to)
  }
  return db.prepare(`SELECT ${parts.join(' ')} AS count`).bind(...bound)
}

/** Counts item by item, whatever the selection asks for; `within` is a stretch of `doc`. */
export function countReceived(
  db: Database,
  selection: Selection,
  most: number | null,
  within: { after: number | null; until: number | null } = { after: null, until: null },
): D1PreparedStatement {
  const source = sourceOf(selection)
  const range = docRange(selection)
  if (within.after !== null) range.low = Math.max(range.low, within.after + 1)
  if (within.until !== null) range.high = Math.min(range.high, within.until)
  const times = exactTimes(selection)
  return db
    .prepare(
      `SELECT count(*) AS count FROM (SELECT 1 FROM ${withItem(source)} WHERE ${source.where}
      AND ${source.doc} >= ${docBound} AND ${source.doc} <= ${docBound}${times.sql}${most === null ? '' : ` LIMIT ${most}`})`,
    )
    .bind(...source.bound, range.low, range.high, ...times.bound)
}

/** Counts several selections in one round trip, each up to `limits.countMax`. */
export async function countEach(db: Database, selections: readonly Selection[]): Promise<number[]> {
  if (selections.length === 0) return []
  const answers = await db.batch<{ count: number }>(
    selections.map((selection) => countStatement(db, selection, limits.countMax)),
  )
  return answers.map(({ results: [row] }) => row?.count ?? 0)
}

/** How many items `spam` and `merged` keep out, each up to `limits.countMax`. */
type Hidden = FeedbackList['hidden']

/** What those two filters keep out, as selections; none for a filter that hides nothing. */
function hiddenSelections(selection: Selection): [keyof Hidden, Selection][] {
  const hidden: [keyof Hidden, Selection][] = []
  if (selection.spam === 'without') hidden.push(['spam', { ...selection, spam: 'only' }])
  if (selection.merged === 'without') {
    hidden.push(['merged', { ...selection, merged: 'with', any: [...selection.any, [['merged', 'yes']]] }])
  }
  return hidden
}

function namedCounts(hidden: readonly [keyof Hidden, Selection][], counts: readonly number[]): Hidden {
  const none: Hidden = { spam: 0, merged: 0 }
  return { ...none, ...Object.fromEntries(hidden.map(([name], i) => [name, counts[i] ?? 0])) }
}

/** Counts up to `limits.countMax`, together with what `spam` and `merged` hide. */
export async function countListed(db: Database, selection: Selection): Promise<{ total: Total; hidden: Hidden }> {
  const hidden = hiddenSelections(selection)
  const [count = 0, ...rest] = await countEach(db, [selection, ...hidden.map(([, kept]) => kept)])
  return { total: { count, exact: count < limits.countMax }, hidden: namedCounts(hidden, rest) }
}

/** Counts what `spam` and `merged` hide alone. */
export async function countHidden(db: Database, selection: Selection): Promise<Hidden> {
  const hidden = hiddenSelections(selection)
  return namedCounts(
    hidden,
    await countEach(
      db,
      hidden.map(([, kept]) => kept),
    ),
  )
}

/** Counts every item of a selection, however many there are. */
export async function countExactly(db: Database, selection: Selection): Promise<number> {
  return (await countStatement(db, selection, null).first<number>('count')) ?? 0
}

/** Counts the items of each value of a name, each up to `limits.countMax`. */
export async function countFacets(
  db: Database,
  project: string,
  environment: string,
  name: string,
  values: readonly string[],
): Promise<number[]> {
  const isEnvironment = name === 'environment'
  return countEach(
    db,
    values.map((value): Selection => {
      const environments = [isEnvironment ? value : environment]
      return { ...unfiltered, project, environments, any: isEnvironment ? [] : [[[name, value]]] }
    }),
  )
}
