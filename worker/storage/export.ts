import type { Database } from './database.ts'
import { countReceived, countStatement, exactTimes, withItem } from './listing.ts'
import { type PackedRow, packedColumns } from './packed-row.ts'
import { docBound, docRange, type Selection } from './selection.ts'
import { type Bound, sourceOf } from './source.ts'

/** A stretch of a selection, oldest first: beyond `after`, up to and with `until`, both a `doc`. */
export interface Stretch {
  after: number | null
  until: number | null
}

/** How far one page of an export goes. */
export interface PageSize {
  rows: number
  /** Of text, as the table holds it. A page has one item at least. */
  bytes: number
}

/** A page of an export. */
export interface ExportPage {
  rows: PackedRow[]
  isLast: boolean
}

export interface Conditions {
  sql: string
  bound: Bound
}

/** The statement's end that selects a stretch. */
export function conditionsOf(selection: Selection, { after, until }: Stretch): Conditions {
  const source = sourceOf(selection)
  const range = docRange(selection)
  const times = exactTimes(selection)
  const low = after === null ? range.low : Math.max(range.low, after + 1)
  const high = until === null ? range.high : Math.min(range.high, until)
  return {
    sql: `FROM ${withItem(source)} WHERE ${source.where} AND ${source.doc} >= ${docBound} AND ${source.doc} <= ${docBound}${times.sql}`,
    bound: [...source.bound, low, high, ...times.bound],
  }
}

/**
 * Reads the next page, oldest first. Sizes are looked at before anything is read, so that neither the database nor the
 * worker ever holds more than a page.
 */
export async function readExportPage(
  db: Database,
  selection: Selection,
  stretch: Stretch,
  size: PageSize,
): Promise<ExportPage> {
  const { sql, bound } = conditionsOf(selection, stretch)
  // Most pages are full of rows before they are full of bytes; only the others need to be added up row by row.
  const { results } = await db
    .prepare(
      `WITH found AS MATERIALIZED (
        SELECT item.doc, octet_length(item.body) + octet_length(item.message) AS bytes ${sql}
        ORDER BY ${sourceOf(selection).doc} LIMIT ?
      ), most (bytes) AS (SELECT ?)
      SELECT ${packedColumns}, (SELECT count(*) FROM found) AS found
      FROM found CROSS JOIN item ON item.doc = found.doc
      WHERE found.doc <= CASE WHEN (SELECT sum(bytes) FROM found) <= (SELECT bytes FROM most)
        THEN (SELECT max(doc) FROM found)
        ELSE (SELECT max(doc) FROM (
          SELECT doc, sum(bytes) OVER (ORDER BY doc ROWS UNBOUNDED PRECEDING) - bytes AS before FROM found
        ) WHERE before < (SELECT bytes FROM most)) END`,
    )
    .bind(...bound, size.rows, size.bytes)
    .all<PackedRow & { found: number }>()
  const found = results[0]?.found ?? 0
  // They come in order; sorting them there would copy every row once more.
  results.sort((a, b) => a.doc - b.doc)
  return { rows: results, isLast: found < size.rows && results.length === found }
}

/** Where a part of `rows` items ends, and whether anything follows. Read from the index alone. */
export async function findPartEnd(
  db: Database,
  selection: Selection,
  after: number | null,
  rows: number,
): Promise<number | null> {
  const source = sourceOf(selection)
  const range = docRange(selection)
  const low = after === null ? range.low : Math.max(range.low, after + 1)
  const { results } = await db
    .prepare(
      `SELECT ${source.doc} AS doc FROM ${source.from} WHERE ${source.where}
      AND ${source.doc} >= ${docBound} AND ${source.doc} <= ${docBound} ORDER BY ${source.doc} LIMIT 2 OFFSET ?`,
    )
    .bind(...source.bound, low, range.high, rows - 1)
    .all<{ doc: number }>()
  return results.length === 2 ? (results[0]?.doc ?? null) : null
}

/** Counts the items of a stretch. All of a selection is counted without reading the items. */
export async function countStretch(db: Database, selection: Selection, stretch: Stretch): Promise<number> {
  if (stretch.after === null && stretch.until === null) {
    return (await countStatement(db, selection, null).first<number>('count')) ?? 0
  }
  return (await countReceived(db, selection, null, stretch).first<number>('count')) ?? 0
}

/** Counts the answers of a stretch, which are the rows of a table in the shape `long`. */
export async function countAnswers(db: Database, selection: Selection, stretch: Stretch): Promise<number> {
  const { sql, bound } = conditionsOf(selection, stretch)
  const count = await db
    .prepare(`SELECT coalesce(sum(json_array_length(item.body, '$.survey.answers')), 0) AS count ${sql}`)
    .bind(...bound)
    .first<number>('count')
  return count ?? 0
}

/** Counts what was erased in a project beyond a change number. */
export async function countErased(db: Database, project: string, after: number): Promise<number> {
  const count = await db
    .prepare('SELECT count(*) AS count FROM tombstone WHERE change > ?1 AND project = ?2')
    .bind(after, project)
    .first<number>('count')
  return count ?? 0
}

/** The ids of the surveys that were ever answered; null where there are more than `most`, or not all are known by themselves. */
export async function listAnswered(db: Database, project: string, most: number): Promise<string[] | null> {
  // Skips from one value to the next through the key instead of reading every day.
  const { results } = await db
    .prepare(
      `WITH RECURSIVE place (environment) AS (
        SELECT min(environment) FROM rollup WHERE project = ?1
        UNION ALL SELECT (SELECT min(environment) FROM rollup WHERE project = ?1 AND environment > place.environment)
        FROM place WHERE place.environment IS NOT NULL
      ), seen (environment, value) AS (
        SELECT environment, (SELECT min(value) FROM rollup
          WHERE project = ?1 AND rollup.environment = place.environment AND dimension = 'survey')
        FROM place WHERE environment IS NOT NULL
        UNION ALL SELECT environment, (SELECT min(value) FROM rollup
          WHERE project = ?1 AND rollup.environment = seen.environment AND dimension = 'survey' AND value > seen.value)
        FROM seen WHERE seen.value IS NOT NULL
      )
      SELECT DISTINCT value FROM seen WHERE value IS NOT NULL ORDER BY value LIMIT ?2`,
    )
    .bind(project, most + 1)
    .all<{ value: string }>()
  // What stands under '' comes first.
  return results.length > most || results.some(({ value }) => value === '') ? null : results.map(({ value }) => value)
}
