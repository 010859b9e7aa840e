import { deleteAnswersOf } from './answers.ts'
import { eraseAuditStatement } from './audit.ts'
import { takeCells } from './cells.ts'
import type { Database } from './database.ts'
import { nextChange } from './items.ts'

/** The items that are meant, and where each of their facets was counted. */
const meant = 'item.project = ?1 AND item.id IN (SELECT value FROM json_each(?2))'
const counted = `SELECT item.project, item.environment, pair.value ->> 0, pair.value ->> 1,
    date(item.created_at / 1000, 'unixepoch'), count(*)
  FROM item INDEXED BY item_id, json_each(item.facets) AS pair
  WHERE ${meant} AND item.born <= (SELECT change FROM consumer WHERE name = 'counts') AND pair.value ->> 0 <> 'person'
  GROUP BY 1, 2, 3, 4, 5`

/**
 * What was merged into an item that goes is merged into what that one was merged into, where this stays, else into
 * nothing: otherwise it would be hidden behind something that nobody can open. The indexes follow its change number.
 */
const released = `UPDATE item SET merged_into = free.parent, updated_at = ?3, change = free.change,
    born = iif(born > (SELECT change FROM consumer WHERE name = 'counts'), free.change, born)
  FROM (SELECT child.doc, next.change + row_number() OVER (ORDER BY child.doc) - 1 AS change,
      iif(gone.merged_into = child.id OR gone.merged_into IN (SELECT value FROM json_each(?2)), NULL, gone.merged_into)
        AS parent
    FROM item AS gone INDEXED BY item_id JOIN item AS child INDEXED BY item_merged
      ON child.project = ?1 AND child.merged_into = gone.id, (SELECT ${nextChange} AS change) AS next
    WHERE gone.project = ?1 AND gone.id IN (SELECT value FROM json_each(?2))
      AND child.id NOT IN (SELECT value FROM json_each(?2))) AS free
  WHERE item.doc = free.doc`

/**
 * Deletes items whole, in one transaction: their rows, both indexes, their answers, their share of the counts; their
 * objects are due for sweeping; what was merged into them is let go; what the audit log said of them goes. What is left
 * of each is a tombstone with a change number of its own. `after` goes into the same transaction, and what `audit` has
 * where there were any. Answers with how many there were.
 */
export async function deleteItems(
  db: Database,
  project: string,
  ids: readonly string[],
  now: number,
  after: readonly D1PreparedStatement[] = [],
  audit: readonly D1PreparedStatement[] = [],
): Promise<number> {
  if (ids.length + after.length === 0) return 0
  const bound = JSON.stringify(ids)
  const statements = [
    released,
    ...takeCells(counted),
    `DELETE FROM facet WHERE rowid IN (SELECT doc FROM item WHERE ${meant})`,
    deleteAnswersOf(meant),
    `DELETE FROM words WHERE rowid IN (SELECT doc FROM item WHERE ${meant})`,
    `INSERT INTO tombstone (change, project, id, erased_at)
      SELECT next.change + row_number() OVER (ORDER BY item.doc) - 1, item.project, item.id, ?3
      FROM item, (SELECT ${nextChange} AS change) AS next WHERE ${meant}`,
    // One that is being written at this moment keeps its own time, which comes after the writing.
    `UPDATE file SET due_at = ?3 WHERE due_at IS NULL AND project = ?1 AND item IN
      (SELECT item.id FROM item WHERE ${meant})`,
    // What was told of it says nothing more, and what waits to be told need not be.
    `DELETE FROM delivery WHERE project = ?1 AND item IN (SELECT item.id FROM item WHERE ${meant})`,
    `DELETE FROM item WHERE ${meant}`,
  ]
  const results = await db.batch([
    ...statements.map((sql) =>
      sql.includes('?3') ? db.prepare(sql).bind(project, bound, now) : db.prepare(sql).bind(project, bound),
    ),
    ...audit,
    eraseAuditStatement(db, project, ids),
    ...after,
  ])
  return results[statements.length - 1]?.meta.changes ?? 0
}
