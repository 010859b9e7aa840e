import type { Database } from './database.ts'
import { documentsOf } from './index-text.ts'
import { nextChange } from './items.ts'
import type { WholeRow } from './revise.ts'
import { type ItemRow, itemColumns } from './row.ts'
import { triageOf } from './triage.ts'

/** The end of the chain of merges that begins at an item; an import may have made it a circle. Null without the item. */
export async function findRoot(
  db: Database,
  project: string,
  id: string,
): Promise<{ id: string; isCircle: boolean } | null> {
  const { results } = await db
    .prepare(
      `WITH RECURSIVE up (id, merged_into) AS (
        SELECT id, merged_into FROM item WHERE project = ?1 AND id = ?2
        UNION SELECT item.id, item.merged_into FROM up JOIN item ON item.project = ?1 AND item.id = up.merged_into)
      SELECT id, merged_into AS mergedInto FROM up`,
    )
    .bind(project, id)
    .all<{ id: string; mergedInto: string | null }>()
  const last = results.at(-1)
  return last === undefined ? null : { id: last.id, isCircle: results.some((row) => row.id === last.mergedInto) }
}

/** What the other end of a merge must be at the moment of writing: there, and merged into nothing that is there. */
const isRoot = `EXISTS (SELECT 1 FROM item AS root WHERE root.project = item.project AND root.id = ?3
  AND (root.merged_into IS NULL OR NOT EXISTS (
    SELECT 1 FROM item AS above WHERE above.project = root.project AND above.id = root.merged_into)))`

/**
 * Writes where an item is merged, and its place in both full-text tables, in one transaction. `into` is null, or the end
 * of a chain other than the item itself: so no circle comes about, whoever merges at the same time. `audit` goes along.
 * False when either of them changed meanwhile: nothing was written then.
 */
export async function mergeItem(
  db: Database,
  row: WholeRow,
  into: string | null,
  now: number,
  audit: readonly D1PreparedStatement[] = [],
): Promise<boolean> {
  const { facet, scope, said } = documentsOf(row, { ...triageOf(row), mergedInto: into })
  const [updated] = await db.batch([
    db
      .prepare(
        `UPDATE item SET merged_into = ?3, updated_at = ?4, change = next.change,
          born = iif(born > (SELECT change FROM consumer WHERE name = 'counts'), next.change, born)
        FROM (SELECT ${nextChange} AS change) AS next
        WHERE item.doc = ?1 AND item.change = ?2 AND (?3 IS NULL OR (item.id <> ?3 AND ${isRoot}))`,
      )
      .bind(row.doc, row.change, into, now),
    db.prepare('INSERT OR REPLACE INTO facet (rowid, tokens) SELECT ?1, ?2 WHERE changes() > 0').bind(row.doc, facet),
    db
      .prepare('INSERT OR REPLACE INTO words (rowid, scope, said) SELECT ?1, ?2, ?3 WHERE changes() > 0')
      .bind(row.doc, scope, said),
    ...audit,
  ])
  return (updated?.meta.changes ?? 0) > 0
}

/** The ids of what was merged into an item, at one remove or several. */
const merged = `WITH RECURSIVE merged (id) AS (
    SELECT id FROM item INDEXED BY item_merged WHERE project = ?1 AND merged_into = ?2
    UNION SELECT item.id FROM merged JOIN item INDEXED BY item_merged
      ON item.project = ?1 AND item.merged_into = merged.id)`
const isMerged = 'item.project = ?1 AND item.id IN (SELECT id FROM merged) AND item.id <> ?2'

/** Lists what was merged into an item, newest first, with how many there are in all. */
export async function listMerged(
  db: Database,
  project: string,
  id: string,
  page: { below: number; limit: number },
): Promise<{ rows: ItemRow[]; count: number }> {
  const [rows, counted] = await db.batch<ItemRow | { count: number }>([
    db
      .prepare(
        `${merged} SELECT ${itemColumns} FROM item WHERE ${isMerged} AND item.doc < ?3 ORDER BY item.doc DESC LIMIT ?4`,
      )
      .bind(project, id, page.below, page.limit),
    db.prepare(`${merged} SELECT count(*) AS count FROM item WHERE ${isMerged}`).bind(project, id),
  ])
  const [total] = (counted?.results ?? []) as { count: number }[]
  return { rows: (rows?.results ?? []) as ItemRow[], count: total?.count ?? 0 }
}
