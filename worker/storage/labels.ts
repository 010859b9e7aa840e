import type { Database } from './database.ts'

/** Lists the labels that were ever used and those that the project offers, in alphabetical order. */
export async function listLabels(db: Database, project: string): Promise<string[]> {
  const { results } = await db
    .prepare(
      `SELECT substr(name, 7) AS label FROM name WHERE project = ?1 AND name >= 'label.' AND name < 'label/'
      UNION SELECT offered.value FROM project, json_each(settings, '$.labels') AS offered WHERE project.id = ?1
      ORDER BY label`,
    )
    .bind(project)
    .all<{ label: string }>()
  return results.map(({ label }) => label)
}

/** Forgets labels that no item carries. One that is given to an item meanwhile is known again by that. */
export async function deleteLabels(db: Database, project: string, labels: readonly string[]): Promise<void> {
  await db
    .prepare("DELETE FROM name WHERE project = ?1 AND name IN (SELECT 'label.' || value FROM json_each(?2))")
    .bind(project, JSON.stringify(labels))
    .run()
}
