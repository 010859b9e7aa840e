import { deleteAnswersOf } from './answers.ts'
import type { Database } from './database.ts'
import { nextChange } from './items.ts'

/** The items that are meant, and where each of their facets was counted. */
const meant = 'item.project = ?1 AND item.id IN (SELECT value FROM json_each(?2))'
const counted = `SELECT item.project, item.environment, pair.value ->> 0 AS dimension, pair.value ->> 1 AS value,
    date(item.created_at / 1000, 'unixepoch') AS day, count(*) AS count
  FROM item INDEXED BY item_id, json_each(item.facets) AS pair
  WHERE ${meant} AND item.born <= (SELECT change FROM consumer WHERE name = 'counts')
  GROUP BY 1, 2, 3, 4, 5`

/**
 * Deletes items whole, in one transaction: their rows, both indexes, their answers, their share of the counts; their objects are due
 * for sweeping. What is left of each is a tombstone with a change number of its own. `after` goes into the same
 * transaction. Answers with how many there were.
 */
export async function deleteItems(
  db: Database,
  project: string,
  ids: readonly string[],
  now: number,
  after: readonly D1PreparedStatement[] = [],
): Promise<number> {
  if (ids.length + after.length === 0) return 0
  const bound = JSON.stringify(ids)
  const statements = [
    `UPDATE rollup SET count = rollup.count - gone.count FROM (${counted}) AS gone
      WHERE rollup.project = gone.project AND rollup.environment = gone.environment
        AND rollup.dimension = gone.dimension AND rollup.value = gone.value AND rollup.day = gone.day`,
    // A value that nobody says any more may be somebody's own: it goes too.
    `DELETE FROM rollup WHERE count <= 0 AND (project, environment, dimension, value, day) IN
      (SELECT project, environment, dimension, value, day FROM (${counted}))`,
    `DELETE FROM facet WHERE rowid IN (SELECT doc FROM item WHERE ${meant})`,
    deleteAnswersOf(meant),
    `DELETE FROM words WHERE rowid IN (SELECT doc FROM item WHERE ${meant})`,
    `INSERT INTO tombstone (change, project, id, erased_at)
      SELECT next.change + row_number() OVER (ORDER BY item.doc) - 1, item.project, item.id, ?3
      FROM item, (SELECT ${nextChange} AS change) AS next WHERE ${meant}`,
    // One that is being written at this moment keeps its own time, which comes after the writing.
    `UPDATE file SET due_at = ?3 WHERE due_at IS NULL AND project = ?1 AND item IN
      (SELECT item.id FROM item WHERE ${meant})`,
    `DELETE FROM item WHERE ${meant}`,
  ]
  const results = await db.batch([
    ...statements.map((sql) =>
      sql.includes('?3') ? db.prepare(sql).bind(project, bound, now) : db.prepare(sql).bind(project, bound),
    ),
    ...after,
  ])
  return results[statements.length - 1]?.meta.changes ?? 0
}
