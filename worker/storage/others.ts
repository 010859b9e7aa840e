import { kindOfName } from './cells.ts'
import type { Database } from './database.ts'

/** Of which dimension, and on which days (UTC, the first and the last). */
export interface OthersOf {
  project: string
  environments: readonly string[]
  dimension: string
  days?: { first: string; last: string }
}

/** Answers with `count`: items whose values, or whose name, may have no cells of their own (`cells.ts`). A few rows are read. */
export function othersStatement(
  db: Database,
  { project, environments, dimension, days }: OthersOf,
): D1PreparedStatement {
  const dimensions = [dimension, kindOfName(dimension)].filter((one) => one !== null)
  return db
    .prepare(
      `SELECT coalesce(sum(count), 0) AS count FROM json_each(?2) AS environment CROSS JOIN json_each(?3) AS dimension
      CROSS JOIN rollup ON rollup.project = ?1 AND rollup.environment = environment.value
        AND rollup.dimension = dimension.value AND rollup.value = '' AND rollup.day >= ?4 AND rollup.day <= ?5`,
    )
    .bind(
      project,
      JSON.stringify([...new Set(environments)]),
      JSON.stringify(dimensions),
      days?.first ?? '',
      // Behind every date.
      days?.last ?? '~',
    )
}

/** The same, counted. While it is 0, the rollups know every value exactly. */
export async function countOthers(db: Database, of: OthersOf): Promise<number> {
  return (await othersStatement(db, of).first<number>('count')) ?? 0
}

/** Whether tags or traits were said whose names are not in the catalogue. */
export async function hasOtherNames(db: Database, project: string, environments: readonly string[]): Promise<boolean> {
  const counts = await Promise.all(
    ['tag.', 'trait.'].map((dimension) => countOthers(db, { project, environments, dimension })),
  )
  return counts.some((count) => count > 0)
}
