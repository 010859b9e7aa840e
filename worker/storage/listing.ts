import type { Total } from '../../sdk/wire/index.ts'
import { limits } from '../../sdk/wire/limits.ts'
import type { Database } from './database.ts'
import { type ItemRow, itemColumns } from './row.ts'
import { docRange, facetMatch, isPlain, saidMatch, type Selection, wordsMatch } from './selection.ts'

/** Where a page begins: beyond this `doc`. */
export interface PageStart {
  after: number | null
  limit: number
}

interface Source {
  sql: string
  bound: (string | number)[]
  /** The column that holds `doc` in the source. */
  doc: string
}

/** The narrowest table that knows which items are meant. */
function sourceOf(selection: Selection): Source {
  const said = saidMatch(selection)
  if (said !== null) {
    return { sql: 'words WHERE words MATCH ?', bound: [wordsMatch(selection, said)], doc: 'words.rowid' }
  }
  if (!isPlain(selection)) return facetSource(selection)
  return {
    sql: 'item INDEXED BY item_list WHERE item.project = ? AND item.environment = ?',
    bound: [selection.project, selection.environments[0] ?? ''],
    doc: 'item.doc',
  }
}

function facetSource(selection: Selection): Source {
  return { sql: 'facet WHERE facet MATCH ?', bound: [facetMatch(selection)], doc: 'facet.rowid' }
}

/**
 * Lists a page of items by time, newest first unless `sort` is `oldest`, by keyset: the rows read are those answered,
 * and few more.
 */
export async function listByTime(db: Database, selection: Selection, page: PageStart): Promise<ItemRow[]> {
  const source = sourceOf(selection)
  const ascending = selection.sort === 'oldest'
  const range = docRange(selection)
  if (page.after !== null) {
    if (ascending) range.low = Math.max(range.low, page.after + 1)
    else range.high = Math.min(range.high, page.after - 1)
  }
  const { sql, bound } = residual(selection)
  const order = ascending ? 'ASC' : 'DESC'
  const from = source.doc === 'item.doc' ? source.sql : joined(source)
  const statement = `SELECT ${itemColumns} FROM ${from}
    AND ${source.doc} >= ? AND ${source.doc} <= ?${sql} ORDER BY ${source.doc} ${order} LIMIT ?`
  const { results } = await db
    .prepare(statement)
    .bind(...source.bound, range.low, range.high, ...bound, page.limit)
    .all<ItemRow>()
  return results
}

/** CROSS JOIN keeps SQLite from turning the loop round: the full-text table leads, in the order of `doc`. */
function joined(source: Source): string {
  const [table, condition] = source.sql.split(' WHERE ')
  return `${table} CROSS JOIN item ON item.doc = ${source.doc} WHERE ${condition}`
}

/** What the full-text tables and the list index cannot say. */
function residual(selection: Selection): { sql: string; bound: number[] } {
  let sql = ''
  const bound: number[] = []
  const add = (condition: string, value: number | null) => {
    if (value === null) return
    sql += ` AND ${condition}`
    bound.push(value)
  }
  if (isPlain(selection)) {
    if (selection.spam === 'without') sql += ' AND item.spam = 0'
    if (selection.merged === 'without') sql += ' AND item.merged_into IS NULL'
  }
  add('item.created_at >= ?', selection.from)
  add('item.created_at < ?', selection.to)
  add('item.received_at < ?', selection.asOf)
  return { sql, bound }
}

/**
 * Counts the items of a selection, up to `most` of them. Where nothing but filters is asked for, the facets alone are
 * counted, which reads no item.
 */
export function countStatement(db: Database, selection: Selection, most: number | null): D1PreparedStatement {
  const said = saidMatch(selection)
  const source = said === null ? facetSource(selection) : sourceOf(selection)
  const range = docRange(selection)
  const { sql, bound } = residual(selection)
  const exactTimes = selection.from !== null || selection.to !== null || selection.asOf !== null
  const from = exactTimes ? joined(source) : source.sql
  const limit = most === null ? '' : ` LIMIT ${most}`
  return db
    .prepare(
      `SELECT count(*) AS count FROM (SELECT 1 FROM ${from} AND ${source.doc} >= ? AND ${source.doc} <= ?${exactTimes ? sql : ''}${limit})`,
    )
    .bind(...source.bound, range.low, range.high, ...(exactTimes ? bound : []))
}

/** Counts up to `limits.countMax`, together with what `spam` and `merged` hide. */
export async function countListed(
  db: Database,
  selection: Selection,
): Promise<{ total: Total; hidden: { spam: number; merged: number } }> {
  const [all, spam, merged] = await db.batch<{ count: number }>([
    countStatement(db, selection, limits.countMax),
    countStatement(db, { ...selection, spam: 'only' }, limits.countMax),
    countStatement(db, { ...selection, merged: 'with', any: [...selection.any, [['merged', 'yes']]] }, limits.countMax),
  ])
  const count = all?.results[0]?.count ?? 0
  return {
    total: { count, exact: count < limits.countMax },
    hidden: {
      spam: selection.spam === 'without' ? (spam?.results[0]?.count ?? 0) : 0,
      merged: selection.merged === 'without' ? (merged?.results[0]?.count ?? 0) : 0,
    },
  }
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
  if (values.length === 0) return []
  const all = { project, terms: [], relaxed: null, none: [], from: null, to: null, asOf: null, sort: null } as const
  const results = await db.batch<{ count: number }>(
    values.map((value) =>
      countStatement(
        db,
        name === 'environment'
          ? { ...all, environments: [value], any: [], spam: 'without', merged: 'with' }
          : { ...all, environments: [environment], any: [[[name, value]]], spam: 'without', merged: 'with' },
        limits.countMax,
      ),
    ),
  )
  return results.map(({ results: [row] }) => row?.count ?? 0)
}
