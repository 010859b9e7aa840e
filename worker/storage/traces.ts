import type { Database } from './database.ts'

/** Something that the team made, and that may name somebody: a saved view, or a webhook with its filter. */
export interface Mentioning {
  table: 'saved_view' | 'webhook'
  id: string
  name: string
  query: string | null
}

/** Lists what of a project may name somebody. */
export async function listMentioning(db: Database, project: string): Promise<Mentioning[]> {
  const { results } = await db
    .prepare(
      `SELECT 'saved_view' AS "table", id, name, query FROM saved_view WHERE project = ?1
      UNION ALL SELECT 'webhook', id, name, filter FROM webhook WHERE project = ?1`,
    )
    .bind(project)
    .all<Mentioning>()
  return results
}

/**
 * Writes names and queries anew, and takes from the audit log what was written of these things, and whatever else has
 * one of the words, in lower case, in its text: summary, before and after. That something was done stays.
 */
export async function eraseMentions(
  db: Database,
  project: string,
  { changed, words }: { changed: readonly Mentioning[]; words: readonly string[] },
): Promise<void> {
  const of = (table: Mentioning['table']) => JSON.stringify(changed.filter((naming) => naming.table === table))
  const fresh = (table: string, column: string) => `UPDATE ${table}
    SET name = line.value ->> 'name', ${column} = line.value ->> 'query'
    FROM json_each(?2) AS line WHERE ${table}.project = ?1 AND ${table}.id = line.value ->> 'id'`
  await db.batch([
    ...(changed.length === 0
      ? []
      : [
          db.prepare(fresh('saved_view', 'query')).bind(project, of('saved_view')),
          db.prepare(fresh('webhook', 'filter')).bind(project, of('webhook')),
        ]),
    db
      .prepare(
        `UPDATE audit SET summary = NULL, before = NULL, after = NULL
        WHERE project = ?1 AND coalesce(summary, before, after) IS NOT NULL
          AND (target IN (SELECT value FROM json_each(?2)) OR EXISTS (SELECT 1 FROM json_each(?3) AS word
            WHERE instr(lower(coalesce(summary, '') || coalesce(before, '') || coalesce(after, '')), word.value) > 0))`,
      )
      .bind(project, JSON.stringify(changed.map(({ id }) => id)), JSON.stringify(words)),
  ])
}
