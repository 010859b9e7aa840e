import type { Database } from './database.ts'
import { type Facet, facetDocument, triageFacets, type Triage } from './facets.ts'
import { nextChange } from './items.ts'
import { wordsDocument } from './index-text.ts'
import type { WholeRow } from './revise.ts'
import type { ItemRow } from './row.ts'

/** What triage holds of a row. */
export function triageOf(row: ItemRow): Triage {
  return {
    status: row.status,
    labels: JSON.parse(row.labels) as string[],
    assignee: row.assignee,
    spam: row.spam !== 0,
    mergedInto: row.merged_into,
  }
}

/**
 * Updates an item's triage, and its place in both full-text tables, in one transaction. False when the item is no
 * longer at the change that was read: nothing was written then.
 */
export async function updateTriage(db: Database, row: WholeRow, triage: Triage, now: number): Promise<boolean> {
  const facets = [...(JSON.parse(row.facets) as Facet[]), ...triageFacets(triage)]
  const scope = facetDocument(row.project, row.environment, facets)
  const [updated] = await db.batch([
    // An item that is not counted yet must still count as new to the rollups, so its birth moves along.
    db
      .prepare(
        `UPDATE item SET status = ?3, labels = ?4, assignee = ?5, spam = ?6, merged_into = ?7, updated_at = ?8,
          change = next.change,
          born = iif(born > (SELECT change FROM consumer WHERE name = 'counts'), next.change, born)
        FROM (SELECT ${nextChange} AS change) AS next WHERE item.doc = ?1 AND item.change = ?2`,
      )
      .bind(
        row.doc,
        row.change,
        triage.status,
        JSON.stringify(triage.labels),
        triage.assignee,
        triage.spam ? 1 : 0,
        triage.mergedInto,
        now,
      ),
    db.prepare('INSERT OR REPLACE INTO facet (rowid, tokens) SELECT ?1, ?2 WHERE changes() > 0').bind(row.doc, scope),
    db
      .prepare('INSERT OR REPLACE INTO words (rowid, scope, said) SELECT ?1, ?2, ?3 WHERE changes() > 0')
      .bind(row.doc, scope, wordsDocument(row)),
    db
      .prepare(
        `INSERT OR IGNORE INTO name (project, name, first_seen_at)
        SELECT ?1, 'label.' || label.value, ?3 FROM json_each(?2) AS label`,
      )
      .bind(row.project, JSON.stringify(triage.labels), now),
  ])
  return (updated?.meta.changes ?? 0) > 0
}

/**
 * Deletes an item whole: its row, both indexes, its share of the counts; its objects are due for sweeping. What is left
 * is a tombstone with the next change number. False when there was none.
 */
export async function deleteItem(db: Database, project: string, id: string, now: number): Promise<boolean> {
  const doc = '(SELECT doc FROM item WHERE project = ?1 AND id = ?2)'
  const results = await db.batch([
    db
      .prepare(
        `UPDATE rollup SET count = count - 1 FROM (
          SELECT item.project AS project, item.environment AS environment, pair.value ->> 0 AS dimension,
            pair.value ->> 1 AS value, date(item.created_at / 1000, 'unixepoch') AS day
          FROM item, (SELECT facets FROM item WHERE project = ?1 AND id = ?2) AS said, json_each(said.facets) AS pair
          WHERE item.project = ?1 AND item.id = ?2
            AND item.born <= (SELECT change FROM consumer WHERE name = 'counts')) AS gone
        WHERE rollup.project = gone.project AND rollup.environment = gone.environment
          AND rollup.dimension = gone.dimension AND rollup.value = gone.value AND rollup.day = gone.day`,
      )
      .bind(project, id),
    db.prepare(`DELETE FROM facet WHERE rowid = ${doc}`).bind(project, id),
    db.prepare(`DELETE FROM words WHERE rowid = ${doc}`).bind(project, id),
    db
      .prepare(
        `INSERT INTO tombstone (change, project, id, erased_at) SELECT ${nextChange}, ?1, ?2, ?3
        WHERE EXISTS (SELECT 1 FROM item WHERE project = ?1 AND id = ?2)`,
      )
      .bind(project, id, now),
    // One that is being written at this moment keeps its own time, which comes after the writing.
    db
      .prepare('UPDATE file SET due_at = ?3 WHERE project = ?1 AND item = ?2 AND due_at IS NULL')
      .bind(project, id, now),
    db.prepare('DELETE FROM item WHERE project = ?1 AND id = ?2').bind(project, id),
  ])
  return (results.at(-1)?.meta.changes ?? 0) > 0
}
