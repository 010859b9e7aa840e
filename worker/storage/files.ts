import type { Database } from './database.ts'
import { joinSigning, type Signing, signingColumns, type SigningRow, toSigning } from './signing.ts'
import { findWhole, reviseItem } from './revise.ts'
import type { ItemBody, StoredAttachment } from './row.ts'

/** Times that an item is read again when somebody else changed it meanwhile. */
const attemptsMax = 5

/** Where an image belongs. */
export interface Slot {
  project: string
  item: string
  /** From 0, in the order of the announcement. */
  n: number
}

/**
 * Inserts the row of an object before the object itself is written: until it is attached it is due for sweeping at
 * `dueAt`, so that no crash leaves an object that nobody knows of.
 */
export async function insertFile(
  db: Database,
  file: Slot & { key: string; type: string; dueAt: number },
): Promise<void> {
  await db
    .prepare('INSERT INTO file (key, project, item, n, type, due_at) VALUES (?1, ?2, ?3, ?4, ?5, ?6)')
    .bind(file.key, file.project, file.item, file.n, file.type, file.dueAt)
    .run()
}

/**
 * Puts a stored image into its item: the row that waited becomes the slot's, and what stood there before is due for
 * sweeping. `gone` when the item is there no more, `late` when somebody else kept changing it or the object was swept.
 */
export async function attachFile(
  db: Database,
  { project, item, n }: Slot,
  attachment: StoredAttachment & { file: string },
  now: number,
): Promise<'attached' | 'gone' | 'late'> {
  for (let attempt = 0; attempt < attemptsMax; attempt++) {
    const row = await findWhole(db, project, item)
    if (row === null) return 'gone'
    const body = JSON.parse(row.body) as ItemBody
    const before = body.attachments?.[n]
    if (before === undefined || before.removed) return 'gone'
    const attachments = body.attachments?.with(n, attachment)
    const isAttached = `EXISTS (SELECT 1 FROM item WHERE project = ?2 AND id = ?3 AND body ->> ?4 = ?1)`
    const bound = [attachment.file, project, item, `$.attachments[${n}].file`]
    const attached = await reviseItem(
      db,
      row,
      { body: { ...body, attachments }, message: row.message, file: attachment.file },
      now,
      [
        db.prepare(`UPDATE file SET due_at = NULL WHERE key = ?1 AND ${isAttached}`).bind(...bound),
        db
          .prepare(
            `UPDATE file SET due_at = ?6 WHERE project = ?2 AND item = ?3 AND n = ?5 AND key <> ?1 AND due_at IS NULL
              AND ${isAttached}`,
          )
          .bind(...bound, n, now),
      ],
    )
    if (attached) return 'attached'
  }
  return 'late'
}

/** What is needed to serve an object; null when no item shows it (any more). */
export async function findFile(
  db: Database,
  key: string,
): Promise<{ item: string; n: number; type: string; signing: Signing } | null> {
  const row = await db
    .prepare(
      `SELECT file.item, file.n, file.type, ${signingColumns}
      FROM file JOIN project ON project.id = file.project ${joinSigning} WHERE file.key = ?1 AND file.due_at IS NULL`,
    )
    .bind(key)
    .first<{ item: string; n: number; type: string } & SigningRow>()
  return row === null ? null : { item: row.item, n: row.n, type: row.type, signing: toSigning(row) }
}

/**
 * Lets objects that are due later than any upload waits for its item be swept after one wait from now: their time was
 * written with a clock that was ahead. Twice the wait counts as possible, since clocks differ a little.
 */
export async function mendDueFiles(db: Database, now: number, waitMs: number): Promise<void> {
  await db
    .prepare('UPDATE file SET due_at = ?1 WHERE due_at > ?2')
    .bind(now + waitMs, now + 2 * waitMs)
    .run()
}

/** Lists keys of objects that no item shows, the longest due first. */
export async function listDueFiles(db: Database, now: number, limit: number): Promise<string[]> {
  const { results } = await db
    .prepare('SELECT key FROM file WHERE due_at IS NOT NULL AND due_at <= ?1 ORDER BY due_at LIMIT ?2')
    .bind(now, limit)
    .all<{ key: string }>()
  return results.map(({ key }) => key)
}

/** Deletes the rows of objects that are gone. */
export async function deleteFiles(db: Database, keys: readonly string[]): Promise<void> {
  await db
    .prepare('DELETE FROM file WHERE key IN (SELECT value FROM json_each(?1)) AND due_at IS NOT NULL')
    .bind(JSON.stringify(keys))
    .run()
}
