import type { BackupItem, BackupRow, BackupTable, BackupTombstone } from '../../sdk/wire/index.ts'
import type { Database } from './database.ts'
import { type ItemBody, type ItemRow, itemColumns } from './row.ts'

/** A table as a backup takes it: by what its rows are found within a project, and what else they hold. */
export interface TableShape {
  key: readonly string[]
  rest: readonly string[]
}

/** The tables of a backup. What is derived is not among them, and neither are keys, members and sessions. */
export const tableShapes: Record<BackupTable, TableShape> = {
  survey: { key: ['id'], rest: ['name', 'state', 'version', 'targeting', 'created_at', 'updated_at'] },
  survey_version: { key: ['survey', 'version'], rest: ['asked', 'created_at'] },
  survey_display: { key: ['survey', 'environment', 'version', 'day'], rest: ['count'] },
  name: { key: ['name'], rest: ['first_seen_at'] },
  saved_view: { key: ['id'], rest: ['name', 'query', 'visibility', 'owner', 'created_at', 'updated_at'] },
  person: { key: ['id'], rest: ['external_id', 'verified', 'facts', 'created_at', 'updated_at'] },
  account: { key: ['id'], rest: ['facts', 'created_at', 'updated_at'] },
  erasure: { key: ['mark'], rest: ['at'] },
}

/** Bytes of text that a page of items holds, unless its first item alone is larger. */
const pageMaxBytes = 4_000_000

/** Lists rows of a table behind a key, in the order of the key. */
export async function listRows(
  db: Database,
  project: string,
  table: BackupTable,
  after: readonly (string | number)[] | null,
  limit: number,
): Promise<BackupRow[]> {
  const { key, rest } = tableShapes[table]
  const behind = after === null ? '' : `AND (${key.join(', ')}) > (${key.map((_, i) => `?${i + 3}`).join(', ')})`
  const { results } = await db
    .prepare(
      `SELECT ${[...key, ...rest].join(', ')} FROM ${table} WHERE project = ?1 ${behind}
      ORDER BY ${key.join(', ')} LIMIT ?2`,
    )
    .bind(project, limit, ...(after ?? []))
    .all<BackupRow>()
  return results
}

/** An item of a backup; its images with the keys of their objects. */
export type StoredBackupItem = Omit<BackupItem, 'body'> & { body: ItemBody }

/** Lists items and tombstones behind a change number, by change; and the last number that anybody was given. */
export async function listForBackup(
  db: Database,
  project: string,
  after: number,
  limit: number,
): Promise<{ lines: (StoredBackupItem | BackupTombstone)[]; more: boolean; head: number }> {
  const [items, tombstones, last] = await db.batch<Record<string, unknown>>([
    db
      .prepare(
        `SELECT * FROM (SELECT ${itemColumns}, sum(length(item.body) + length(item.message))
            OVER (ORDER BY item.change) - length(item.body) - length(item.message) AS before
          FROM item WHERE item.change IN (SELECT change FROM item WHERE change > ?2 AND project = ?1 ORDER BY change LIMIT ?3))
        WHERE before < ${pageMaxBytes} ORDER BY change`,
      )
      .bind(project, after, limit + 1),
    db
      .prepare(
        'SELECT id, change, erased_at FROM tombstone WHERE change > ?2 AND project = ?1 ORDER BY change LIMIT ?3',
      )
      .bind(project, after, limit + 1),
    db.prepare(
      'SELECT max(coalesce((SELECT max(change) FROM item), 0), coalesce((SELECT max(change) FROM tombstone), 0)) AS head',
    ),
  ])
  const found = (items?.results ?? []) as unknown as ItemRow[]
  const gone = (tombstones?.results ?? []) as unknown as { id: string; change: number; erased_at: number }[]
  const isCut = found.length <= limit && (await hasItemAfter(db, project, found.at(-1)?.change ?? after))
  // Behind the last item that was read others may follow, so tombstones behind it wait for the next page.
  const until = isCut ? (found.at(-1)?.change ?? after) : Number.MAX_SAFE_INTEGER
  const all = [
    ...found.map(toBackup),
    ...gone
      .filter(({ change }) => change <= until)
      .map(({ id, change, erased_at }) => ({ id, change, erasedAt: erased_at })),
  ].toSorted((a, b) => a.change - b.change)
  const head = Number(last?.results[0]?.['head'] ?? 0)
  return { lines: all.slice(0, limit), more: isCut || all.length > limit, head }
}

async function hasItemAfter(db: Database, project: string, change: number): Promise<boolean> {
  const row = await db
    .prepare('SELECT 1 FROM item WHERE change > ?2 AND project = ?1 LIMIT 1')
    .bind(project, change)
    .first()
  return row !== null
}

function toBackup(row: ItemRow): StoredBackupItem {
  const { quiet: _quiet, ...body } = JSON.parse(row.body) as ItemBody
  return {
    doc: row.doc,
    id: row.id,
    change: row.change,
    environment: row.environment,
    kind: row.kind,
    status: row.status,
    labels: JSON.parse(row.labels) as string[],
    assignee: row.assignee,
    spam: row.spam !== 0,
    mergedInto: row.merged_into,
    createdAt: row.created_at,
    receivedAt: row.received_at,
    updatedAt: row.updated_at,
    message: row.message,
    body,
  }
}
