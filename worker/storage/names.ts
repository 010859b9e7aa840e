import type { KnownName, KnownValue } from '../../sdk/wire/index.ts'
import type { Database } from './database.ts'

/** Lists the names that were seen in a project, the first `most` of them, in alphabetical order. */
export async function listNames(db: Database, project: string, most: number): Promise<KnownName[]> {
  const { results } = await db
    .prepare(
      `SELECT name, first_seen_at FROM (SELECT name, first_seen_at FROM name
        WHERE project = ?1 AND name NOT LIKE 'label.%' AND name NOT LIKE 'assignee.%'
        ORDER BY first_seen_at, name LIMIT ?2) ORDER BY name`,
    )
    .bind(project, most)
    .all<{ name: string; first_seen_at: number }>()
  return results.map(({ name, first_seen_at }) => ({ name, firstSeenAt: new Date(first_seen_at).toISOString() }))
}

/** Lists the most frequent values of a name with their counts, from the rollups. */
export async function listValues(
  db: Database,
  options: { project: string; environment: string; name: string; prefix?: string; contains?: string; limit: number },
): Promise<KnownValue[]> {
  const { results } = await db
    .prepare(
      `SELECT value, sum(count) AS count FROM rollup
      WHERE project = ?1 AND environment = ?2 AND dimension = ?3 AND value <> ''
        AND (?4 = '' OR substr(lower(value), 1, length(?4)) = lower(?4)) AND instr(lower(value), lower(?5)) > 0
      GROUP BY value HAVING sum(count) > 0 ORDER BY count DESC, value LIMIT ?6`,
    )
    .bind(
      options.project,
      options.environment,
      options.name,
      options.prefix ?? '',
      options.contains ?? '',
      options.limit,
    )
    .all<KnownValue>()
  return results
}

/** Lists the environments that hold anything. */
export async function listEnvironments(db: Database, project: string): Promise<string[]> {
  // Skips from one environment to the next through the list index instead of reading every item.
  const { results } = await db
    .prepare(
      `WITH RECURSIVE seen (environment) AS (
        SELECT min(environment) FROM item WHERE project = ?1
        UNION ALL SELECT (SELECT min(environment) FROM item WHERE project = ?1 AND environment > seen.environment)
        FROM seen WHERE seen.environment IS NOT NULL)
      SELECT environment FROM seen WHERE environment IS NOT NULL`,
    )
    .bind(project)
    .all<{ environment: string }>()
  return results.map(({ environment }) => environment)
}

/**
 * The statement that forgets names of tags, traits, contexts and questions that hold one of these texts, in lower case: pages
 * make names up, of addresses too. Names that others' items count by stay. Behind what deletes the items.
 */
export function eraseNamesStatement(db: Database, project: string, texts: readonly string[]): D1PreparedStatement {
  return db
    .prepare(
      `DELETE FROM name WHERE project = ?1
        AND substr(name, 1, instr(name, '.')) IN ('tag.', 'trait.', 'context.', 'question.')
        AND EXISTS (SELECT 1 FROM json_each(?2) AS text WHERE instr(lower(name.name), text.value) > 0)
        AND NOT EXISTS (SELECT 1 FROM rollup WHERE rollup.project = ?1 AND rollup.dimension = name.name)`,
    )
    .bind(project, JSON.stringify(texts))
}
