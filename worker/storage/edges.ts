import type { Database } from './database.ts'
import { dayMs, type Range } from './ranges.ts'
import { docsPerMs, type Selection, spillMs } from './selection.ts'

/**
 * The time between an edge of a range and the midnight (UTC) next to it: what the rollups, which know whole days, have
 * too much or too little of.
 */
export interface Strip extends Range {
  /** The edge. */
  at: number
  /** What is in the strip comes before the edge, not before the midnight (1), or the other way round (−1). */
  sign: 1 | -1
}

const nearest = (instant: number): number => Math.round(instant / dayMs) * dayMs

/** The ranges, each edge moved to the midnight (UTC) next to it. */
export const wholeDays = (ranges: readonly Range[]): Range[] =>
  ranges.map(({ from, to }) => ({ from: nearest(from), to: nearest(to) }))

/** A strip for each edge that is no midnight, the earliest first. */
export function stripsOf(ranges: readonly Range[]): Strip[] {
  const edges = [...new Set(ranges.flatMap(({ from, to }) => [from, to]))].filter((at) => at !== nearest(at))
  return edges
    .sort((one, other) => one - other)
    .map((at) =>
      nearest(at) < at ? { at, from: nearest(at), to: at, sign: 1 } : { at, from: at, to: nearest(at), sign: -1 },
    )
}

/** What a strip's items change of each range's count: `counts` has one number for each strip. */
export function amend(
  ranges: readonly Range[],
  strips: readonly Strip[],
  counts: ReadonlyMap<number, number>,
): number[] {
  const moved = new Map(strips.map(({ at, sign }, i) => [at, sign * (counts.get(i) ?? 0)]))
  return ranges.map(({ from, to }) => (moved.get(to) ?? 0) - (moved.get(from) ?? 0))
}

/**
 * Counts the items of each strip, without what is spam. From the list index alone, but for the minutes after both ends,
 * where a crowded millisecond may have spilled.
 */
export function stripStatement(db: Database, selection: Selection, strips: readonly Strip[]): D1PreparedStatement {
  const items = (low: string, high: string, more = '') =>
    `(SELECT count(*) FROM item INDEXED BY item_list WHERE project = ?1 AND environment = ?2 AND spam = 0
      AND doc >= ${low} * ${docsPerMs} AND doc < ${high} * ${docsPerMs}${more})`
  const spilled = (end: string) => items(end, `(${end} + ${spillMs})`, ` AND created_at < ${end}`)
  const [from, to] = ["(strip.value ->> 'from')", "(strip.value ->> 'to')"]
  return db
    .prepare(
      `SELECT strip.key AS strip, ${items(from, to)} - ${spilled(from)} + ${spilled(to)} AS count
      FROM json_each(?3) AS strip`,
    )
    .bind(selection.project, selection.environments[0] ?? '', JSON.stringify(strips))
}

/** The items of the strips of `?4`, with their facets, for a FROM clause; of project `?1` and environment `?2`, no spam. */
export const stripItems = `json_each(?4) AS strip CROSS JOIN item INDEXED BY item_list
  ON item.project = ?1 AND item.environment = ?2 AND item.spam = 0
    AND item.doc >= (strip.value ->> 'from') * ${docsPerMs} AND item.doc < ((strip.value ->> 'to') + ${spillMs}) * ${docsPerMs}
    AND item.created_at >= strip.value ->> 'from' AND item.created_at < strip.value ->> 'to'
  CROSS JOIN json_each(item.facets) AS pair`
