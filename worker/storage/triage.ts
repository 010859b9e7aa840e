import { moveAnswers } from './answers.ts'
import { chunksOf } from './chunks.ts'
import type { Database } from './database.ts'
import type { Triage } from './facets.ts'
import { nextChange } from './items.ts'
import { documentsOf } from './index-text.ts'
import type { WholeRow } from './revise.ts'
import type { ItemRow } from './row.ts'

/** What triage holds of a row. */
export function triageOf(row: Pick<ItemRow, 'status' | 'labels' | 'assignee' | 'spam' | 'merged_into'>): Triage {
  return {
    status: row.status,
    labels: JSON.parse(row.labels) as string[],
    assignee: row.assignee,
    spam: row.spam !== 0,
    mergedInto: row.merged_into,
  }
}

/** What an item's triage is to become. */
export interface TriageUpdate {
  row: WholeRow
  triage: Triage
}

/** The items that still stand at the change that was read; each statement of the transaction finds the same ones. */
const unmoved = `FROM json_each(?1) AS line CROSS JOIN item
  ON item.doc = line.value ->> 'doc' AND item.change = line.value ->> 'change'`

/** The items after their documents and answers: once they have moved, nothing else would find them. */
const statements = [
  `INSERT OR REPLACE INTO facet (rowid, tokens) SELECT item.doc, line.value ->> 'facet' ${unmoved}`,
  `INSERT OR REPLACE INTO words (rowid, scope, said)
    SELECT item.doc, line.value ->> 'scope', line.value ->> 'said' ${unmoved}`,
  moveAnswers(unmoved),
  `INSERT OR IGNORE INTO name (project, name, first_seen_at)
    SELECT DISTINCT item.project, 'label.' || label.value, ?2 ${unmoved}, json_each(line.value ->> 'labels') AS label`,
  // An item that is not counted yet must still count as new to the rollups, so its birth moves along.
  `UPDATE item SET status = fresh.status, labels = fresh.labels, assignee = fresh.assignee, spam = fresh.spam,
      merged_into = fresh.merged_into, updated_at = ?2, change = fresh.change,
      born = iif(born > (SELECT change FROM consumer WHERE name = 'counts'), fresh.change, born)
    FROM (SELECT item.doc AS doc, line.value ->> 'status' AS status, line.value ->> 'labels' AS labels,
        line.value ->> 'assignee' AS assignee, line.value ->> 'spam' AS spam,
        line.value ->> 'merged_into' AS merged_into, next.change + row_number() OVER (ORDER BY line.key) - 1 AS change
      ${unmoved}, (SELECT ${nextChange} AS change) AS next) AS fresh
    WHERE item.doc = fresh.doc RETURNING item.id, item.change`,
  // All that the index writes stands already: an index that had caught up before need not write them once more.
  `UPDATE consumer SET change = change + changes() WHERE name = 'search' AND changes() > 0
    AND change + changes() = (SELECT max(change) FROM item)`,
]

/**
 * Updates the triage of many items, each given once, and their places in both full-text tables, in one transaction:
 * a few statements, however many there are. Answers with the new change number of each; an item that is no longer at
 * the change that was read is not among them, and nothing was written of it. `audit` comes first in the transaction,
 * while all of them stand where they are found.
 */
export async function updateTriages(
  db: Database,
  updates: readonly TriageUpdate[],
  now: number,
  audit: readonly D1PreparedStatement[] = [],
): Promise<Map<string, number>> {
  if (updates.length === 0) return new Map()
  const lines = updates.map(({ row, triage }) => ({
    doc: row.doc,
    change: row.change,
    status: triage.status,
    labels: JSON.stringify(triage.labels),
    assignee: triage.assignee,
    spam: triage.spam ? 1 : 0,
    merged_into: triage.mergedInto,
    ...documentsOf(row, triage),
  }))
  const bound = chunksOf(lines).map((chunk) => JSON.stringify(chunk))
  const results = await db.batch<{ id: string; change: number }>([
    ...audit,
    ...bound.flatMap((chunk) =>
      statements.map((sql) => {
        if (!sql.includes('?1')) return db.prepare(sql)
        return sql.includes('?2') ? db.prepare(sql).bind(chunk, now) : db.prepare(sql).bind(chunk)
      }),
    ),
  ])
  return new Map(results.flatMap((result) => result.results).map(({ id, change }) => [id, change]))
}

/** The same for one item. False when it is no longer at the change that was read: nothing was written then. */
export async function updateTriage(
  db: Database,
  row: WholeRow,
  triage: Triage,
  now: number,
  audit: readonly D1PreparedStatement[] = [],
): Promise<boolean> {
  return (await updateTriages(db, [{ row, triage }], now, audit)).size > 0
}
