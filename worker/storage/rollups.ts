import type { Database } from './database.ts'
import { bucketOf, docBounds, type Range } from './ranges.ts'
import { isPlain, type Selection } from './selection.ts'

const dayMs = 86_400_000
/** The day (UTC) of an instant, as the rollups name it. */
export const dayOf = (instant: number): string => new Date(instant).toISOString().slice(0, 10)

/** Whether the rollups know it all: nothing is filtered, and every range begins and ends with a day of theirs. */
export function isInRollups(selection: Selection, ranges: readonly Range[]): boolean {
  return (
    isPlain(selection) &&
    selection.spam === 'without' &&
    selection.since === null &&
    ranges.every(({ from, to }) => from >= 0 && from % dayMs === 0 && to % dayMs === 0)
  )
}

/** What the rollups count although it is spam, by value: triage moves it, and they know nothing of triage. */
const spamOf = (bucket: string): string => `SELECT pair.value ->> 1 AS value, ${bucket} AS range, count(*) AS count
  FROM item INDEXED BY item_list, json_each(item.facets) AS pair
  WHERE item.project = ?1 AND item.environment = ?2 AND item.spam = 1 AND item.doc >= ?4 AND item.doc < ?5
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
  const { low, high } = docBounds(ranges)
  const whole = { from: ranges[0]?.from ?? 0, to: ranges.at(-1)?.to ?? 0 }
  const { results } = await db
    .prepare(
      `WITH RECURSIVE seen (value) AS (
        SELECT min(value) FROM rollup WHERE project = ?1 AND environment = ?2 AND dimension = ?3
        UNION ALL SELECT (SELECT min(value) FROM rollup
          WHERE project = ?1 AND environment = ?2 AND dimension = ?3 AND value > seen.value)
        FROM seen WHERE seen.value IS NOT NULL),
      counted AS MATERIALIZED (SELECT seen.value AS value, (SELECT sum(count) FROM rollup WHERE project = ?1
          AND environment = ?2 AND dimension = ?3 AND value = seen.value AND day >= ?6 AND day < ?7) AS count
        FROM seen WHERE seen.value IS NOT NULL),
      spam AS MATERIALIZED (SELECT value, sum(count) AS count FROM (${spamOf(bucketOf('item.created_at', [whole]))})
        WHERE range = 0 GROUP BY value)
      SELECT counted.value AS value, counted.count - coalesce(spam.count, 0) AS kept
      FROM counted LEFT JOIN spam ON spam.value = counted.value
      WHERE kept > 0 ORDER BY kept DESC, counted.value LIMIT ?8`,
    )
    .bind(
      selection.project,
      selection.environments[0] ?? '',
      dimension,
      low,
      high,
      dayOf(whole.from),
      dayOf(whole.to),
      limit,
    )
    .all<{ value: string }>()
  return results.map(({ value }) => value)
}

/** Statements that count values of a dimension in each of some ranges: what the rollups saw, and what of it is spam. */
export function valueStatements(
  db: Database,
  selection: Selection,
  dimension: string,
  values: readonly string[],
  ranges: readonly Range[],
): D1PreparedStatement[] {
  const { low, high } = docBounds(ranges)
  const head = [selection.project, selection.environments[0] ?? '', dimension] as const
  const listed = JSON.stringify(values)
  const days = JSON.stringify(ranges.map(({ from, to }) => [dayOf(from), dayOf(to)]))
  return [
    db
      .prepare(
        `SELECT value.value AS value, day.key AS range, (SELECT sum(count) FROM rollup WHERE project = ?1
          AND environment = ?2 AND dimension = ?3 AND rollup.value = value.value
          AND rollup.day >= day.value ->> 0 AND rollup.day < day.value ->> 1) AS count
        FROM json_each(?4) AS value CROSS JOIN json_each(?5) AS day`,
      )
      .bind(...head, listed, days),
    db
      .prepare(
        `SELECT value, range, -count AS count FROM (${spamOf(bucketOf('item.created_at', ranges))})
        WHERE range >= 0 AND value IN (SELECT value FROM json_each(?6))`,
      )
      .bind(...head, low, high, listed),
  ]
}

/** Counts all items in ranges that are in the rollups: by kind, of which each item has one, less what is spam. */
export async function countTotals(db: Database, selection: Selection, ranges: readonly Range[]): Promise<number[]> {
  const { low, high } = docBounds(ranges)
  const head = [selection.project, selection.environments[0] ?? ''] as const
  const [days, spam] = await db.batch<{ day: string; range: number; count: number }>([
    db
      .prepare(
        `SELECT day, sum(count) AS count FROM rollup WHERE project = ?1 AND environment = ?2 AND dimension = 'kind'
          AND day >= ?3 AND day < ?4 GROUP BY day`,
      )
      .bind(...head, dayOf(ranges[0]?.from ?? 0), dayOf(ranges.at(-1)?.to ?? 0)),
    db
      .prepare(
        `SELECT ${bucketOf('created_at', ranges)} AS range, count(*) AS count FROM item INDEXED BY item_list
        WHERE project = ?1 AND environment = ?2 AND spam = 1 AND doc >= ?3 AND doc < ?4 GROUP BY 1`,
      )
      .bind(...head, low, high),
  ])
  const counts = ranges.map(() => 0)
  for (const { day, count } of days?.results ?? []) {
    const range = ranges.findIndex(({ from, to }) => day >= dayOf(from) && day < dayOf(to))
    if (range >= 0) counts[range] = (counts[range] ?? 0) + count
  }
  for (const { range, count } of spam?.results ?? []) if (range >= 0) counts[range] = (counts[range] ?? 0) - count
  return counts
}
