import type { Database } from './database.ts'
import type { Facet } from './facets.ts'
import { bucketOf, docBounds, type Range } from './ranges.ts'
import { wholeDays } from './edges.ts'
import { countOthers, othersStatement } from './others.ts'
import { countTotals, countValues, dayOf, isInRollups, listLargest } from './rollups.ts'
import { docBound, docsPerMs, type Selection, spillMs } from './selection.ts'
import { type Source, sourceOf } from './source.ts'

/**
 * Counts the items of selections in each of some ranges, ascending and without overlap, as of now: `from` and `to` of
 * the selections are the ranges'. One round trip, however many selections. `isCrowded` as `crowdedStatement` answers.
 */
export async function countInRanges(
  db: Database,
  selections: readonly Selection[],
  ranges: readonly Range[],
  isCrowded: boolean,
): Promise<number[][]> {
  if (selections.length === 0) return []
  const answers = await db.batch<{ range: number; count: number }>(
    selections.map((selection) => countStatement(db, selection, ranges, isCrowded)),
  )
  return answers.map(({ results }) => {
    const counts = ranges.map(() => 0)
    for (const { range, count } of results) if (range >= 0) counts[range] = count
    return counts
  })
}

/** Counts all items of a selection in some ranges: from the rollups, where these know it. */
export async function countAll(db: Database, selection: Selection, ranges: readonly Range[]): Promise<number[]> {
  if (isInRollups(selection, ranges)) return countTotals(db, selection, ranges)
  const [all = []] = await countInRanges(db, [selection], ranges, await isCrowded(db, selection.project, ranges))
  return all
}

/** Whether the ranges have edges where `doc` alone would count wrong. */
export async function isCrowded(db: Database, project: string, ranges: readonly Range[]): Promise<boolean> {
  return (await crowdedStatement(db, project, ranges).first()) !== null
}

/**
 * Answers with a row where a crowded millisecond before the edge of a range spilled into it: hardly ever. Reads the
 * items of one minute after each edge.
 */
function crowdedStatement(db: Database, project: string, ranges: readonly Range[]): D1PreparedStatement {
  const edges = [...new Set(ranges.flatMap(({ from, to }) => [from, to]))]
  return db
    .prepare(
      `SELECT 1 FROM json_each(?1) AS edge CROSS JOIN item NOT INDEXED
        ON item.doc >= edge.value * ${docsPerMs} AND item.doc < (edge.value + ${spillMs}) * ${docsPerMs}
      WHERE item.created_at < edge.value AND item.project = ?2 LIMIT 1`,
    )
    .bind(JSON.stringify(edges), project)
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
  const { low, high } = docBounds(ranges, selection.since)
  const since = selection.since === null ? [] : [selection.since]
  return db
    .prepare(
      `SELECT ${bucket} AS range, count(*) AS count FROM ${reads ? withItem(source) : source.from}
      WHERE ${source.where} AND ${source.doc} >= ${docBound} AND ${source.doc} < ${docBound}
        ${since.length > 0 ? ' AND item.received_at >= ?' : ''} GROUP BY 1`,
    )
    .bind(...source.bound, low, high, ...since)
}

/** What is asked of a dimension. */
export interface Split {
  dimension: string
  /** All values of a dimension that triage moves; null for one that the rollups hold. */
  known: readonly string[] | null
  /** Values to answer with. */
  limit: number
}

/** The items in each range, and those of the values that most have; the first range is not looked at for that. */
export interface SplitCounts {
  all: number[]
  values: { value: string; counts: number[] }[]
}

/** Values beyond `limit` that are counted before the items themselves are read. */
const roundsOf = [4, 24]

/**
 * Counts the items of a selection in some ranges, whole and by the values of a dimension, the largest first. What the
 * rollups saw of a value is the most that a selection can have of it, so counting those that may be among the largest
 * settles it nearly always; where it does not, every item is read.
 */
export async function countByValue(
  db: Database,
  selection: Selection,
  ranges: readonly Range[],
  { dimension, known, limit }: Split,
): Promise<SplitCounts> {
  if (known === null && isInRollups(selection, ranges) && (await isWhole(db, selection, ranges, dimension))) {
    return readRollups(db, selection, ranges, dimension, limit)
  }
  const asked = { from: ranges[1]?.from ?? 0, to: ranges.at(-1)?.to ?? 0 }
  const most = limit + (roundsOf.at(-1) ?? 0)
  const only = valuesAskedFor(selection, dimension, known)
  const [crowded, seen, beside] = await db.batch<Candidate & { count: number }>([
    crowdedStatement(db, selection.project, ranges),
    only === null
      ? candidateStatement(db, selection, dimension, asked, most + 1)
      : db.prepare('SELECT value FROM json_each(?)').bind(JSON.stringify(only)),
    ...(only === null
      ? [othersStatement(db, { ...selection, dimension, days: { first: firstDay(asked), last: lastDay(asked) } })]
      : []),
  ])
  // So many items more may have a value than the rollups saw of it, whether they know it or not.
  const others = beside?.results[0]?.count ?? 0
  const isTight = (crowded?.results.length ?? 0) > 0
  // Nothing is known beforehand of how often a value that triage moves was given.
  const candidates = (seen?.results ?? []).map(({ value, most: upTo = Infinity }) => ({ value, most: upTo }))
  const count = (values: readonly string[], rest: readonly Selection[] = []) => {
    const selections = values.map((value) => withFacet(selection, [dimension, value]))
    return countInRanges(db, [...rest, ...selections], ranges, isTight)
  }
  let all = isInRollups(selection, ranges) ? await countTotals(db, selection, ranges) : undefined
  const counted: SplitCounts['values'] = []
  for (const more of roundsOf) {
    const enough = counted.filter((entry) => totalOf(entry) > 0).sort(bySize)[limit - 1]
    // Where many have nearly as many, counting those too would settle nothing.
    if (enough !== undefined && (candidates[limit + more]?.most ?? 0) + others >= totalOf(enough)) break
    const round = candidates.slice(counted.length, limit + more)
    const counts = await count(
      round.map(({ value }) => value),
      all === undefined ? [selection] : [],
    )
    all ??= counts.shift() ?? []
    counted.push(...round.map(({ value }, i) => ({ value, counts: counts[i] ?? [] })))
    const largest = counted.filter((entry) => totalOf(entry) > 0).sort(bySize)
    const next = (candidates[counted.length]?.most ?? 0) + others
    const least = largest[limit - 1]
    if (next === 0 || (least !== undefined && totalOf(least) > next)) return { all, values: largest.slice(0, limit) }
  }
  const values = await readLargest(db, selection, asked, dimension, limit)
  const counts = await count(values)
  return { all: all ?? [], values: values.map((value, i) => ({ value, counts: counts[i] ?? [] })) }
}

/**
 * The values that may come up at all: those that are `known`, and of a dimension of which an item has one value at most,
 * those that a filter on it asks for. Null where nothing says.
 */
function valuesAskedFor(
  selection: Selection,
  dimension: string,
  known: readonly string[] | null,
): readonly string[] | null {
  if (dimension === 'label') return known
  const group = selection.any.find((facets) => facets.every(([name]) => name === dimension))
  return group === undefined ? known : [...new Set(group.map(([, value]) => value))]
}

/** Whether the rollups know each value of a dimension by itself on the days of some ranges. */
async function isWhole(
  db: Database,
  selection: Selection,
  ranges: readonly Range[],
  dimension: string,
): Promise<boolean> {
  const days = wholeDays(ranges)
  const range = { from: days[0]?.from ?? 0, to: days.at(-1)?.to ?? 0 }
  const others = { ...selection, dimension, days: { first: firstDay(range), last: lastDay(range) } }
  return (await countOthers(db, others)) === 0
}

const firstDay = ({ from }: Range): string => dayOf(Math.max(from, 0))
const lastDay = ({ to }: Range): string => dayOf(Math.min(to, 8.64e15))

async function readRollups(
  db: Database,
  selection: Selection,
  ranges: readonly Range[],
  dimension: string,
  limit: number,
): Promise<SplitCounts> {
  const [all, largest] = await Promise.all([
    countTotals(db, selection, ranges),
    listLargest(db, selection, dimension, ranges.slice(1), limit),
  ])
  const counts = await countValues(db, selection, dimension, largest, ranges)
  return { all, values: largest.map((value, i) => ({ value, counts: counts[i] ?? [] })) }
}

const totalOf = ({ counts }: { counts: readonly number[] }): number =>
  counts.slice(1).reduce((total, count) => total + count, 0)
const bySize = (a: SplitCounts['values'][number], b: SplitCounts['values'][number]): number =>
  totalOf(b) - totalOf(a) || (a.value < b.value ? -1 : 1)

/** The selection with one facet more. */
export const withFacet = (selection: Selection, facet: Facet): Selection => ({
  ...selection,
  any: [...selection.any, [facet]],
})

interface Candidate {
  value: string
  most?: number
}

/**
 * The values that the rollups saw most often on the days (UTC) that touch a range, with how often: no selection can have
 * more of one. Skips from value to value, since each of some may have stood on every day there was.
 */
function candidateStatement(
  db: Database,
  selection: Selection,
  dimension: string,
  range: Range,
  limit: number,
): D1PreparedStatement {
  return db
    .prepare(
      `WITH RECURSIVE seen (environment, value) AS (
        SELECT asked.value, (SELECT min(value) FROM rollup WHERE project = ?1
          AND environment = asked.value AND dimension = ?3 AND value > '') FROM json_each(?2) AS asked
        UNION ALL SELECT seen.environment, (SELECT min(value) FROM rollup WHERE project = ?1
          AND environment = seen.environment AND dimension = ?3 AND value > seen.value)
        FROM seen WHERE seen.value IS NOT NULL),
      days AS MATERIALIZED (SELECT seen.value AS value, (SELECT sum(count) FROM rollup WHERE project = ?1
        AND environment = seen.environment AND dimension = ?3 AND value = seen.value AND day >= ?4 AND day <= ?5) AS count
        FROM seen WHERE seen.value IS NOT NULL)
      SELECT value, sum(count) AS most FROM days GROUP BY value HAVING most > 0 ORDER BY most DESC, value LIMIT ?6`,
    )
    .bind(
      selection.project,
      JSON.stringify([...new Set(selection.environments)]),
      dimension,
      firstDay(range),
      lastDay(range),
      limit,
    )
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
  const { low, high } = docBounds([range], selection.since)
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
      WHERE ${source.where} AND ${source.doc} >= ${docBound} AND ${source.doc} < ${docBound}
        AND item.created_at >= ? AND item.created_at < ?${since.length > 0 ? ' AND item.received_at >= ?' : ''}${condition}
      GROUP BY 1 ORDER BY 2 DESC, 1 LIMIT ?`,
    )
    .bind(...source.bound, low, high, range.from, range.to, ...since, ...(condition === '' ? [] : [dimension]), limit)
    .all<{ value: string }>()
  return results.map((row) => row.value)
}
