import type { Database } from './database.ts'
import type { Facet } from './facets.ts'
import { bucketOf, docBounds, type Range } from './ranges.ts'
import { docsPerMs, type Selection, spillMs } from './selection.ts'
import { type Source, sourceOf } from './source.ts'

/**
 * Counts the items of selections in each of some ranges, ascending and without overlap, as of now: `from` and `to` of
 * the selections are the ranges'. Two round trips, however many selections.
 */
export async function countInRanges(
  db: Database,
  selections: readonly Selection[],
  ranges: readonly Range[],
): Promise<number[][]> {
  if (selections.length === 0) return []
  const [first] = selections
  const isCrowded = first !== undefined && (await hasSpilled(db, first.project, ranges))
  const answers = await db.batch<{ range: number; count: number }>(
    selections.map((selection) => countStatement(db, selection, ranges, isCrowded)),
  )
  return answers.map(({ results }) => {
    const counts = ranges.map(() => 0)
    for (const { range, count } of results) if (range >= 0) counts[range] = count
    return counts
  })
}

/**
 * Whether a crowded millisecond before the edge of a range spilled into it, so that `doc` alone would count wrong: hardly
 * ever. Reads the items of one minute after each edge.
 */
async function hasSpilled(db: Database, project: string, ranges: readonly Range[]): Promise<boolean> {
  const edges = [...new Set(ranges.flatMap(({ from, to }) => [from, to]))]
  const row = await db
    .prepare(
      `SELECT 1 FROM json_each(?1) AS edge CROSS JOIN item
        ON item.doc >= edge.value * ${docsPerMs} AND item.doc < (edge.value + ${spillMs}) * ${docsPerMs}
      WHERE item.created_at < edge.value AND item.project = ?2 LIMIT 1`,
    )
    .bind(JSON.stringify(edges), project)
    .first()
  return row !== null
}

/** The source with its items, where more is asked than `doc` says. */
const withItem = (source: Source): string =>
  source.doc === 'item.doc' ? source.from : `${source.from} CROSS JOIN item ON item.doc = ${source.doc}`

function countStatement(
  db: Database,
  selection: Selection,
  ranges: readonly Range[],
  isCrowded: boolean,
): D1PreparedStatement {
  const source = sourceOf(selection)
  const reads = isCrowded || selection.since !== null
  const bucket = reads ? bucketOf('item.created_at', ranges) : bucketOf(source.doc, ranges, String, docsPerMs)
  const { low, high } = docBounds(ranges)
  const since = selection.since === null ? [] : [selection.since]
  return db
    .prepare(
      `SELECT ${bucket} AS range, count(*) AS count FROM ${reads ? withItem(source) : source.from}
      WHERE ${source.where} AND ${source.doc} >= ? AND ${source.doc} < ?
        ${since.length > 0 ? ' AND item.received_at >= ?' : ''} GROUP BY 1`,
    )
    .bind(...source.bound, low, high, ...since)
}

/** Values that are counted one by one; where these do not settle which are the largest, the items are read. */
const candidatesMax = 32

/**
 * The values of a dimension that the most items of a selection have within a range, the largest first, at most `limit`.
 * `known` are all values of a dimension that triage moves; null for one that the rollups hold.
 */
export async function listLargest(
  db: Database,
  selection: Selection,
  range: Range,
  wanted: { dimension: string; known: readonly string[] | null; limit: number },
): Promise<string[]> {
  const { dimension, known, limit } = wanted
  const candidates =
    known === null
      ? await listCandidates(db, selection, dimension, range)
      : known.map((value) => ({ value, most: Number.MAX_SAFE_INTEGER }))
  const counted = candidates.slice(0, candidatesMax)
  const counts = await countInRanges(
    db,
    counted.map(({ value }) => withFacet(selection, [dimension, value])),
    [range],
  )
  const largest = counted
    .map(({ value }, i) => ({ value, count: counts[i]?.[0] ?? 0 }))
    .filter(({ count }) => count > 0)
    .sort((a, b) => b.count - a.count || (a.value < b.value ? -1 : 1))
    .slice(0, limit)
  const next = candidates[candidatesMax]?.most ?? 0
  // What was not counted has at most `next`.
  const isSettled = next === 0 || (largest.length === limit && (largest.at(-1)?.count ?? 0) > next)
  return isSettled ? largest.map(({ value }) => value) : readLargest(db, selection, range, dimension, limit)
}

/** The selection with one facet more. */
export const withFacet = (selection: Selection, facet: Facet): Selection => ({
  ...selection,
  any: [...selection.any, [facet]],
})

const dayMs = 86_400_000
const dayOf = (instant: number): string => new Date(instant).toISOString().slice(0, 10)

/**
 * The values that the rollups saw most often on the days (UTC) that touch a range, with how often: no selection can have
 * more of one. Skips from value to value, since each of some may have stood on every day there was.
 */
async function listCandidates(
  db: Database,
  selection: Selection,
  dimension: string,
  range: Range,
): Promise<{ value: string; most: number }[]> {
  const { results } = await db
    .prepare(
      `WITH RECURSIVE seen (environment, value) AS (
        SELECT asked.value, (SELECT min(value) FROM rollup WHERE project = ?1
          AND environment = asked.value AND dimension = ?3) FROM json_each(?2) AS asked
        UNION ALL SELECT seen.environment, (SELECT min(value) FROM rollup WHERE project = ?1
          AND environment = seen.environment AND dimension = ?3 AND value > seen.value)
        FROM seen WHERE seen.value IS NOT NULL)
      SELECT seen.value AS value, sum((SELECT sum(count) FROM rollup WHERE project = ?1 AND environment = seen.environment
        AND dimension = ?3 AND value = seen.value AND day >= ?4 AND day <= ?5)) AS most
      FROM seen WHERE seen.value IS NOT NULL GROUP BY seen.value HAVING most > 0 ORDER BY most DESC, seen.value LIMIT ?6`,
    )
    .bind(
      selection.project,
      JSON.stringify([...new Set(selection.environments)]),
      dimension,
      dayOf(Math.max(range.from, 0)),
      dayOf(Math.min(range.to, 8.64e15 - dayMs)),
      candidatesMax + 1,
    )
    .all<{ value: string; most: number }>()
  return results
}

/** The largest values by reading every item of the selection: exact for any dimension, and slow for many items. */
async function readLargest(
  db: Database,
  selection: Selection,
  range: Range,
  dimension: string,
  limit: number,
): Promise<string[]> {
  const source = sourceOf(selection)
  const { low, high } = docBounds([range])
  const since = selection.since === null ? [] : [selection.since]
  const [values, value, condition] =
    dimension === 'label'
      ? [', json_each(item.labels) AS pair', 'pair.value', '']
      : dimension === 'status'
        ? ['', 'item.status', '']
        : [', json_each(item.facets) AS pair', 'pair.value ->> 1', ' AND pair.value ->> 0 = ?']
  const { results } = await db
    .prepare(
      `SELECT ${value} AS value, count(*) AS count FROM ${withItem(source)}${values}
      WHERE ${source.where} AND ${source.doc} >= ? AND ${source.doc} < ?
        AND item.created_at >= ? AND item.created_at < ?${since.length > 0 ? ' AND item.received_at >= ?' : ''}${condition}
      GROUP BY 1 ORDER BY 2 DESC, 1 LIMIT ?`,
    )
    .bind(...source.bound, low, high, range.from, range.to, ...since, ...(condition === '' ? [] : [dimension]), limit)
    .all<{ value: string }>()
  return results.map((row) => row.value)
}
