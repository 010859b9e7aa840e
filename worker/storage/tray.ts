import type { Database } from './database.ts'
import { facetMatch, type Selection, unfiltered } from './selection.ts'

/**
 * Counts what of each value of a name lies in the spam tray of some environments, in one query: the rollups count it
 * along, because triage moves it. In the order of `values`.
 */
export async function countInTray(
  db: Database,
  { project, environments }: Pick<Selection, 'project' | 'environments'>,
  name: string,
  values: readonly string[],
): Promise<number[]> {
  if (values.length === 0) return []
  const of = { ...unfiltered, project, environments, spam: 'only' } as const
  const matches = values.map((value) => facetMatch({ ...of, any: [[[name, value]]] }))
  const { results } = await db
    .prepare(
      `SELECT (SELECT count(*) FROM facet WHERE facet MATCH asked.value AND EXISTS (
          SELECT 1 FROM item AS seen INDEXED BY item_list WHERE seen.project = ?1
            AND seen.environment IN (SELECT value FROM json_each(?2)) AND seen.spam = 1 AND seen.doc = facet.rowid)) AS count
      FROM json_each(?3) AS asked ORDER BY asked.key`,
    )
    .bind(project, JSON.stringify(environments), JSON.stringify(matches))
    .all<{ count: number }>()
  return results.map(({ count }) => count)
}
