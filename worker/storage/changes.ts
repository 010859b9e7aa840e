import type { Tombstone } from '../../sdk/wire/index.ts'
import type { Database } from './database.ts'
import { type ItemRow, itemColumns, type StoredItem, toItem } from './row.ts'

/** Lists what changed after a change number, in order: each item once and as it is now, and what was erased. */
export async function listChanges(
  db: Database,
  project: string,
  after: number,
  limit: number,
): Promise<{ changes: (StoredItem | Tombstone)[]; last: number; more: boolean }> {
  const [items, tombstones] = await db.batch<ItemRow | { id: string; change: number; erased_at: number }>([
    db
      .prepare(`SELECT ${itemColumns} FROM item WHERE change > ?2 AND project = ?1 ORDER BY change LIMIT ?3`)
      .bind(project, after, limit + 1),
    db
      .prepare(
        'SELECT id, change, erased_at FROM tombstone WHERE change > ?2 AND project = ?1 ORDER BY change LIMIT ?3',
      )
      .bind(project, after, limit + 1),
  ])
  const changes: (StoredItem | Tombstone)[] = [
    ...((items?.results ?? []) as ItemRow[]).map(toItem),
    ...((tombstones?.results ?? []) as { id: string; change: number; erased_at: number }[]).map((row) => ({
      id: row.id,
      change: row.change,
      erased: true as const,
      erasedAt: new Date(row.erased_at).toISOString(),
    })),
  ].toSorted((a, b) => a.change - b.change)
  const page = changes.slice(0, limit)
  return { changes: page, last: page.at(-1)?.change ?? after, more: changes.length > limit }
}
