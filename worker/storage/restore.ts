import type { BackupProject, BackupRow, BackupTable, BackupTombstone } from '../../sdk/wire/index.ts'
import { tableShapes } from './backup.ts'
import { chunksOf } from './chunks.ts'
import { type Database, isConflict } from './database.ts'
import { deleteItems } from './delete.ts'
import { learn } from './facts.ts'
import { insertColumns, insertItems, listStanding, mayStand, type NewItem, nextChange, prepareItem } from './items.ts'
import { docsPerMs, spillMs } from './selection.ts'

/** An item that is to stand where it stood before. */
export type RestoredItem = NewItem & { doc: number }

/** What became of rows. */
export interface Restored {
  stored: number
  repeated: number
  erased: number
}

/** What happens where a row stands there already: what is known is merged, anything else stays as it is. */
const meets: Partial<Record<BackupTable, string>> = {
  person: learn('person'),
  account: learn('account'),
  erasure: 'ON CONFLICT (project, mark) DO UPDATE SET at = excluded.at WHERE excluded.at > at',
}

/** Inserts rows of a table. A person who was erased since is left out, and one who is marked now goes. */
export async function restoreRows(
  db: Database,
  project: string,
  table: BackupTable,
  rows: readonly BackupRow[],
): Promise<Restored> {
  const columns = [...tableShapes[table].key, ...tableShapes[table].rest]
  const lines = `FROM json_each(?1) AS line`
  const isErased = `EXISTS (SELECT 1 FROM erasure WHERE project = ?2 AND mark = line.value ->> 'id'
    AND at >= line.value ->> 'created_at')`
  const mayStand = table === 'person' ? `NOT ${isErased}` : 'true'
  const restored: Restored = { stored: 0, repeated: 0, erased: 0 }
  for (const chunk of chunksOf(rows)) {
    const bound = [JSON.stringify(chunk), project]
    const [erased, inserted] = await db.batch<{ count: number }>([
      db.prepare(`SELECT count(*) AS count ${lines} WHERE NOT (${mayStand}) AND ?2 <> ''`).bind(...bound),
      db
        .prepare(
          `INSERT INTO ${table} (project, ${columns.join(', ')})
          SELECT ?2, ${columns.map((column) => `line.value ->> '${column}'`).join(', ')} ${lines}
          WHERE ${mayStand} ORDER BY line.key ${meets[table] ?? 'ON CONFLICT DO NOTHING'}`,
        )
        .bind(...bound),
      ...(table === 'erasure' ? [forget(db, bound)] : []),
    ])
    const gone = erased?.results[0]?.count ?? 0
    const stored = inserted?.meta.changes ?? 0
    restored.erased += gone
    restored.stored += stored
    restored.repeated += chunk.length - gone - stored
  }
  return restored
}

/** A database that was set back may know somebody still who is marked now. */
const forget = (db: Database, bound: unknown[]): D1PreparedStatement =>
  db
    .prepare(
      `DELETE FROM person WHERE project = ?2 AND EXISTS (SELECT 1 FROM json_each(?1) AS line
        WHERE line.value ->> 'mark' = person.id AND line.value ->> 'at' >= person.created_at)`,
    )
    .bind(...bound)

/**
 * Inserts items in their order, each where it stood in the order of time, as long as that place is free. Answers with
 * the ids that were new; what stands there already and what was erased is not among them. Their images wait no more.
 */
export async function restoreItems(
  db: Database,
  project: string,
  items: readonly RestoredItem[],
  now: number,
): Promise<Set<string>> {
  const standing = await listStanding(
    db,
    project,
    items.map(({ id }) => id),
  )
  const fresh = items.filter(({ id }) => !standing.has(id))
  const stored = new Set<string>()
  for (const chunk of chunksOf(fresh, 2)) {
    const keep = keepFiles(db, project, chunk, now)
    const isOwn = chunk.every((item) => isOfItsTime(item, now))
    const isFree =
      isOwn &&
      (await areFree(
        db,
        chunk.map(({ doc }) => doc),
      ))
    const placed = isFree ? await insertPlaced(db, chunk, keep) : null
    const anywhere = () => insertItems(db, chunk.map(withoutPlace), keep)
    for (const id of placed ?? (await anywhere())) stored.add(id)
  }
  return stored
}

/**
 * Whether an item may stand where it stood: at its own time, which has passed. All projects share the places; whoever could take
 * those of times to come would leave none to what is said then.
 */
const isOfItsTime = ({ doc, createdAt }: RestoredItem, now: number): boolean =>
  doc >= createdAt * docsPerMs && doc < (createdAt + spillMs) * docsPerMs && doc < now * docsPerMs

function withoutPlace(item: RestoredItem): NewItem {
  const { doc: _, ...rest } = item
  return rest
}

async function areFree(db: Database, docs: readonly number[]): Promise<boolean> {
  if (new Set(docs).size < docs.length) return false
  const taken = await db
    .prepare('SELECT 1 FROM item WHERE doc IN (SELECT value FROM json_each(?1)) LIMIT 1')
    .bind(JSON.stringify(docs))
    .first()
  return taken === null
}

/** Null where somebody took a place meanwhile. */
async function insertPlaced(
  db: Database,
  chunk: readonly RestoredItem[],
  after: readonly D1PreparedStatement[],
): Promise<string[] | null> {
  const rows = chunk.map(({ doc, ...item }) => {
    const { marks, values } = prepareItem(item, 0)
    return { doc, marks, ...values }
  })
  const named = insertColumns.map((column) => `line.value ->> '${column}' AS ${column}`).join(', ')
  const change = 'next + row_number() OVER (ORDER BY key) - 1'
  const insert = db
    .prepare(
      `INSERT INTO item (doc, change, born, ${insertColumns.join(', ')})
      SELECT doc, ${change}, ${change}, ${insertColumns.join(', ')}
      FROM (SELECT line.key AS key, ${nextChange} AS next, line.value ->> 'doc' AS doc, line.value ->> 'marks' AS marks,
          ${named} FROM json_each(?1) AS line) AS fresh
      WHERE ${mayStand('fresh')} ON CONFLICT (project, id) DO NOTHING RETURNING id`,
    )
    .bind(JSON.stringify(rows))
  try {
    const [inserted] = await db.batch<{ id: string }>([insert, ...after])
    return (inserted?.results ?? []).map(({ id }) => id)
  } catch (error) {
    if (!isConflict(error)) throw error
    return null
  }
}

/** The images that items show wait no more; for the transaction that inserts these. */
function keepFiles(db: Database, project: string, items: readonly RestoredItem[], now: number): D1PreparedStatement[] {
  const keys = items.flatMap(({ attachments = [] }) => attachments.flatMap(({ file }) => file ?? []))
  if (keys.length === 0) return []
  return [
    db
      .prepare(
        `UPDATE file SET due_at = NULL WHERE project = ?1 AND key IN (SELECT value FROM json_each(?2)) AND due_at > ?3
        AND EXISTS (SELECT 1 FROM item WHERE item.project = ?1 AND item.id = file.item
          AND item.body ->> ('$.attachments[' || file.n || '].file') = file.key)`,
      )
      .bind(project, JSON.stringify(keys), now),
  ]
}

/** Which of these objects wait for their item, at least until `until`. */
export async function listWaiting(
  db: Database,
  project: string,
  keys: readonly string[],
  until: number,
): Promise<Map<string, { item: string; n: number }>> {
  if (keys.length === 0) return new Map()
  const { results } = await db
    .prepare(
      'SELECT key, item, n FROM file WHERE project = ?1 AND key IN (SELECT value FROM json_each(?2)) AND due_at > ?3',
    )
    .bind(project, JSON.stringify(keys), until)
    .all<{ key: string; item: string; n: number }>()
  return new Map(results.map(({ key, item, n }) => [key, { item, n }]))
}

/** Which of these ids have a tombstone. */
export async function listBuried(db: Database, project: string, ids: readonly string[]): Promise<Set<string>> {
  const { results } = await db
    .prepare('SELECT id FROM tombstone WHERE project = ?1 AND id IN (SELECT value FROM json_each(?2))')
    .bind(project, JSON.stringify(ids))
    .all<{ id: string }>()
  return new Set(results.map(({ id }) => id))
}

/** Inserts tombstones. What still stands under such an id is deleted: it was erased, and the database set back. */
export async function restoreTombstones(
  db: Database,
  project: string,
  rows: readonly BackupTombstone[],
  now: number,
): Promise<number> {
  let stored = await deleteItems(
    db,
    project,
    rows.map(({ id }) => id),
    now,
  )
  for (const chunk of chunksOf(rows)) {
    const { meta } = await db
      .prepare(
        `INSERT INTO tombstone (change, project, id, erased_at)
        SELECT next + row_number() OVER (ORDER BY key) - 1, ?2, id, erased_at
        FROM (SELECT line.key AS key, ${nextChange} AS next, line.value ->> 'id' AS id, line.value ->> 'erasedAt' AS erased_at
          FROM json_each(?1) AS line) WHERE true
        ON CONFLICT (project, id) DO NOTHING`,
      )
      .bind(JSON.stringify(chunk), project)
      .run()
    stored += meta.changes
  }
  return stored
}

/** Makes an empty project the one of a backup, with what that signed by; false where it holds anything. `audit` goes along. */
export async function adoptProject(
  db: Database,
  id: string,
  { name, settings, secret, createdAt, signing }: BackupProject,
  audit: readonly D1PreparedStatement[],
): Promise<boolean> {
  const holds = ['item', 'tombstone', 'person', 'account', 'erasure']
  const isEmpty = holds.map((table) => `NOT EXISTS (SELECT 1 FROM ${table} WHERE ${table}.project = ?1)`).join(' AND ')
  const [adopted] = await db.batch([
    db
      .prepare(
        `UPDATE project SET name = ?2, settings = ?3, secret = ?4, created_at = ?5 WHERE id = ?1 AND ${isEmpty} RETURNING id`,
      )
      .bind(id, name, JSON.stringify(settings), secret, createdAt),
    ...audit,
    db.prepare(`DELETE FROM signing_secret WHERE project = ?1 AND ${isEmpty}`).bind(id),
    db
      .prepare(
        `INSERT INTO signing_secret (project, secret, made_at) SELECT ?1, ?2, ?3 WHERE ?2 IS NOT NULL AND ${isEmpty}`,
      )
      .bind(id, signing ?? null, createdAt),
  ])
  return adopted?.results.length === 1
}
