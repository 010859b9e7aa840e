import type { Database } from './database.ts'
import { amend, stripItems, stripsOf, stripStatement, wholeDays } from './edges.ts'
import { bucketOf, dayMs, docBounds, type Range } from './ranges.ts'
import { isPlain, type Selection } from './selection.ts'

/** The part of the time asked for whose items are read to move the days of UTC to those of a zone; more is not worth it. */
const stripShareMax = 1 / 8

/** The day (UTC) of an instant, as the rollups name it. */
export const dayOf = (instant: number): string => new Date(instant).toISOString().slice(0, 10)

/**
 * Whether the rollups know it nearly all: nothing is filtered, and the days of the ranges are those of UTC but for some
 * hours at their edges.
 */
export function isInRollups(selection: Selection, ranges: readonly Range[]): boolean {
  if (!isPlain(selection) || selection.spam !== 'without' || selection.since !== null) return false
  const strips = stripsOf(ranges)
  const [first, last] = [ranges[0]?.from ?? 0, ranges.at(-1)?.to ?? 0]
  const read = strips.reduce((sum, { from, to }) => sum + to - from, 0)
  const isApart = strips.every(({ from }, i) => from >= (strips[i - 1]?.to ?? 0))
  return first >= dayMs && isApart && read <= (last - first) * stripShareMax
}

/** What the rollups count although it is spam, by value: triage moves it, and they know nothing of triage. */
const spamOf = (bucket: string): string => `SELECT pair.value ->> 1 AS value, ${bucket} AS range, count(*) AS count
  FROM item INDEXED BY item_list, json_each(item.facets) AS pair
  WHERE item.project = ?1 AND item.environment = ?2 AND item.spam = 1 AND item.doc >= ?5 AND item.doc < ?6
    AND pair.value ->> 0 = ?3 GROUP BY 1, 2`

/**
 * The values of a dimension that the most items have in some adjoining ranges, the largest first. Skips from value to
 * value, since each of some may have stood on every day there was.
 */
export async function listLargest(
  db: Database,
  selection: Selection,
  dimension: string,
  ranges: readonly Range[],
  limit: number,
): Promise<string[]> {
  const asked = { from: ranges[0]?.from ?? 0, to: ranges.at(-1)?.to ?? 0 }
  const [whole = asked] = wholeDays([asked])
  const { low, high } = docBounds([whole])
  // A strip before the first edge is missing from the days where it lies before the midnight, and one too many behind it.
  const strips = stripsOf([asked]).map((strip) => ({
    ...strip,
    sign: strip.at === asked.to ? strip.sign : -strip.sign,
  }))
  const { results } = await db
    .prepare(
      `WITH RECURSIVE seen (value) AS (
        SELECT min(value) FROM rollup WHERE project = ?1 AND environment = ?2 AND dimension = ?3 AND value > ''
        UNION ALL SELECT (SELECT min(value) FROM rollup
          WHERE project = ?1 AND environment = ?2 AND dimension = ?3 AND value > seen.value)
        FROM seen WHERE seen.value IS NOT NULL),
      counted AS MATERIALIZED (SELECT seen.value AS value, (SELECT sum(count) FROM rollup WHERE project = ?1
          AND environment = ?2 AND dimension = ?3 AND value = seen.value AND day >= ?7 AND day < ?8) AS count
        FROM seen WHERE seen.value IS NOT NULL),
      other AS MATERIALIZED (SELECT value, sum(count) AS count FROM (
        SELECT value, -count AS count FROM (${spamOf(bucketOf('item.created_at', [whole]))}) WHERE range = 0
        UNION ALL SELECT pair.value ->> 1, strip.value ->> 'sign' FROM ${stripItems} WHERE pair.value ->> 0 = ?3)
        GROUP BY value)
      SELECT counted.value AS value, coalesce(counted.count, 0) + coalesce(other.count, 0) AS kept
      FROM counted LEFT JOIN other ON other.value = counted.value
      WHERE kept > 0 ORDER BY kept DESC, counted.value LIMIT ?9`,
    )
    .bind(
      selection.project,
      selection.environments[0] ?? '',
      dimension,
      JSON.stringify(strips),
      low,
      high,
      dayOf(whole.from),
      dayOf(whole.to),
      limit,
    )
    .all<{ value: string }>()
  return results.map(({ value }) => value)
}

/**
 * Counts values of a dimension in each of some ranges: what the rollups saw, less what of it is spam, and what lies
 * between their days and those of the ranges. In the order of `values`.
 */
export async function countValues(
  db: Database,
  selection: Selection,
  dimension: string,
  values: readonly string[],
  ranges: readonly Range[],
): Promise<number[][]> {
  const days = wholeDays(ranges)
  const strips = stripsOf(ranges)
  const { low, high } = docBounds(days)
  const head = [selection.project, selection.environments[0] ?? '', dimension] as const
  const listed = JSON.stringify(values)
  const [seen, spam, between] = await db.batch<{ value: string; place: number; count: number | null }>([
    db
      .prepare(
        `SELECT value.value AS value, day.key AS place, (SELECT sum(count) FROM rollup WHERE project = ?1
          AND environment = ?2 AND dimension = ?3 AND rollup.value = value.value
          AND rollup.day >= day.value ->> 0 AND rollup.day < day.value ->> 1) AS count
        FROM json_each(?4) AS value CROSS JOIN json_each(?5) AS day`,
      )
      .bind(...head, listed, JSON.stringify(days.map(({ from, to }) => [dayOf(from), dayOf(to)]))),
    db
      .prepare(
        `SELECT value, range AS place, count FROM (${spamOf(bucketOf('item.created_at', days))})
        WHERE range >= 0 AND value IN (SELECT value FROM json_each(?4))`,
      )
      .bind(...head, listed, low, high),
    ...(strips.length === 0
      ? []
      : [
          db
            .prepare(
              `SELECT pair.value ->> 1 AS value, strip.key AS place, count(*) AS count FROM ${stripItems}
              WHERE pair.value ->> 0 = ?3 AND pair.value ->> 1 IN (SELECT value FROM json_each(?5)) GROUP BY 1, 2`,
            )
            .bind(...head, JSON.stringify(strips), listed),
        ]),
  ])
  return values.map((value) => {
    const of = (answer: typeof seen) => (answer?.results ?? []).filter((line) => line.value === value)
    const counts = amend(ranges, strips, new Map(of(between).map(({ place, count }) => [place, count ?? 0])))
    for (const { place, count } of of(seen)) counts[place] = (counts[place] ?? 0) + (count ?? 0)
    for (const { place, count } of of(spam)) counts[place] = (counts[place] ?? 0) - (count ?? 0)
    return counts
  })
}

/** Counts all items in ranges that are in the rollups: by kind, of which each item has one, less what is spam. */
export async function countTotals(db: Database, selection: Selection, ranges: readonly Range[]): Promise<number[]> {
  const whole = wholeDays(ranges)
  const strips = stripsOf(ranges)
  const { low, high } = docBounds(whole)
  const head = [selection.project, selection.environments[0] ?? ''] as const
  const [days, spam, between] = await db.batch<{ day: string; range: number; strip: number; count: number }>([
    db
      .prepare(
        `SELECT day, sum(count) AS count FROM rollup WHERE project = ?1 AND environment = ?2 AND dimension = 'kind'
          AND day >= ?3 AND day < ?4 GROUP BY day`,
      )
      .bind(...head, dayOf(whole[0]?.from ?? 0), dayOf(whole.at(-1)?.to ?? 0)),
    db
      .prepare(
        `SELECT ${bucketOf('created_at', whole)} AS range, count(*) AS count FROM item INDEXED BY item_list
        WHERE project = ?1 AND environment = ?2 AND spam = 1 AND doc >= ?3 AND doc < ?4 GROUP BY 1`,
      )
      .bind(...head, low, high),
    ...(strips.length === 0 ? [] : [stripStatement(db, selection, strips)]),
  ])
  const counts = amend(ranges, strips, new Map((between?.results ?? []).map(({ strip, count }) => [strip, count])))
  for (const { day, count } of days?.results ?? []) {
    const range = whole.findIndex(({ from, to }) => day >= dayOf(from) && day < dayOf(to))
    if (range >= 0) counts[range] = (counts[range] ?? 0) + count
  }
  for (const { range, count } of spam?.results ?? []) if (range >= 0) counts[range] = (counts[range] ?? 0) - count
  return counts
}
