import type { Database } from './database.ts'

/**
 * The SQL condition that somebody was erased since something was said: one of its marks (JSON) stands there with a later
 * time. Where nobody was erased this is a look or two into an empty table.
 */
export const isMarked = (project: string, marks: string, createdAt: string): string =>
  `EXISTS (SELECT 1 FROM json_each(${marks}) AS named CROSS JOIN erasure
    ON erasure.project = ${project} AND erasure.mark = named.value AND erasure.at >= ${createdAt})`

/** Remembers who was erased and when; a later erasure counts. */
export async function insertMarks(db: Database, project: string, marks: readonly string[], now: number): Promise<void> {
  await db
    .prepare(
      `INSERT INTO erasure (project, mark, at) SELECT ?1, fresh.value, ?3 FROM json_each(?2) AS fresh WHERE true
      ON CONFLICT (project, mark) DO UPDATE SET at = excluded.at WHERE excluded.at > at`,
    )
    .bind(project, JSON.stringify(marks), now)
    .run()
}

/** Whether a mark stands there, from whatever time. */
export async function hasMark(db: Database, project: string, mark: string): Promise<boolean> {
  const row = await db.prepare('SELECT 1 FROM erasure WHERE project = ?1 AND mark = ?2').bind(project, mark).first()
  return row !== null
}

/** Which of these marks stand there, from whatever time. */
export async function listMarked(db: Database, project: string, marks: readonly string[]): Promise<Set<string>> {
  const { results } = await db
    .prepare('SELECT mark FROM erasure WHERE project = ?1 AND mark IN (SELECT value FROM json_each(?2))')
    .bind(project, JSON.stringify(marks))
    .all<{ mark: string }>()
  return new Set(results.map(({ mark }) => mark))
}
