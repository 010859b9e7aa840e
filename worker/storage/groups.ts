import type { Grouping } from '../../sdk/wire/index.ts'
import type { Database } from './database.ts'
import type { Facet } from './facets.ts'
import { countEach, exactTimes, withItem } from './listing.ts'
import { docBound, docRange, type Selection } from './selection.ts'
import { sourceOf } from './source.ts'

/** A value and how many items of the selection have it; `''` where an item says nothing of it. */
export interface ValueCount {
  value: string
  count: number
}

/** Counts every item of a selection by its values, reading each: for selections that are small. */
export async function countByValue(db: Database, selection: Selection, by: Grouping): Promise<ValueCount[]> {
  const source = sourceOf(selection)
  const range = docRange(selection)
  const times = exactTimes(selection)
  const pairs =
    by === 'label'
      ? 'LEFT JOIN json_each(item.labels) AS pair'
      : 'LEFT JOIN json_each(item.facets) AS pair ON pair.value ->> 0 = ?'
  const { results } = await db
    .prepare(
      `SELECT coalesce(${by === 'label' ? 'pair.value' : 'pair.value ->> 1'}, '') AS value, count(DISTINCT item.doc) AS count
      FROM ${withItem(source)} ${pairs}
      WHERE ${source.where} AND ${source.doc} >= ${docBound} AND ${source.doc} <= ${docBound}${times.sql}
      GROUP BY 1 ORDER BY count DESC, value`,
    )
    .bind(...(by === 'label' ? [] : [by]), ...source.bound, range.low, range.high, ...times.bound)
    .all<ValueCount>()
  return results
}

/** Lists the most frequent values of a facet that rollups count, over all time. */
export async function listFrequent(
  db: Database,
  { project, environments }: Selection,
  by: Grouping,
  limit: number,
): Promise<string[]> {
  const { results } = await db
    .prepare(
      `SELECT value FROM rollup
      WHERE project = ?1 AND environment IN (SELECT value FROM json_each(?2)) AND dimension = ?3
        AND value <> '' GROUP BY value HAVING sum(count) > 0 ORDER BY sum(count) DESC, value LIMIT ?4`,
    )
    .bind(project, JSON.stringify(environments), by, limit)
    .all<{ value: string }>()
  return results.map(({ value }) => value)
}

/** Counts the items of a selection that have a facet, for each of several, each up to `limits.countMax`. */
export function countWith(db: Database, selection: Selection, facets: readonly Facet[]): Promise<number[]> {
  return countEach(
    db,
    facets.map((facet) => ({ ...selection, any: [...selection.any, [facet]] })),
  )
}

/** Counts the items of a selection that have none of these facets, up to `limits.countMax`. */
export async function countWithout(db: Database, selection: Selection, facets: readonly Facet[]): Promise<number> {
  const [count = 0] = await countEach(db, [{ ...selection, none: [...selection.none, ...facets] }])
  return count
}
