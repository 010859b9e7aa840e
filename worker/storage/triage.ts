import type { Database } from './database.ts'
import type { Triage } from './facets.ts'
import { nextChange } from './items.ts'
import { documentsOf } from './index-text.ts'
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
  const { facet, scope, said } = documentsOf(row, triage)
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
    db.prepare('INSERT OR REPLACE INTO facet (rowid, tokens) SELECT ?1, ?2 WHERE changes() > 0').bind(row.doc, facet),
    db
      .prepare('INSERT OR REPLACE INTO words (rowid, scope, said) SELECT ?1, ?2, ?3 WHERE changes() > 0')
      .bind(row.doc, scope, said),
    db
      .prepare(
        `INSERT OR IGNORE INTO name (project, name, first_seen_at)
        SELECT ?1, 'label.' || label.value, ?3 FROM json_each(?2) AS label`,
      )
      .bind(row.project, JSON.stringify(triage.labels), now),
  ])
  return (updated?.meta.changes ?? 0) > 0
}
