import type { KeyType, Scope } from '../../sdk/wire/index.ts'
import { type Database, runAlong } from './database.ts'

/** A key as lists know it. Stored is a publishable one by itself, a secret one by its hash only. */
export interface KeyRecord {
  /** The publishable key, or the SHA-256 of the secret or identity secret as hex. */
  id: string
  project: string
  type: KeyType
  name: string
  /** The first characters, to tell keys apart. */
  hint: string
  environment: string
  scopes: Scope[]
  /** Epoch ms. */
  createdAt: number
  lastUsedAt: number | null
  /** From when on it is refused; may lie ahead: so a key stops by itself. */
  revokedAt: number | null
}

/** A key as its table has it. */
export interface KeyRow {
  id: string
  project: string
  type: KeyRecord['type']
  name: string
  hint: string
  environment: string
  scopes: string
  created_at: number
  last_used_at: number | null
  revoked_at: number | null
}

export const toKey = (row: KeyRow): KeyRecord => ({
  id: row.id,
  project: row.project,
  type: row.type,
  name: row.name,
  hint: row.hint,
  environment: row.environment,
  scopes: JSON.parse(row.scopes) as Scope[],
  createdAt: row.created_at,
  lastUsedAt: row.last_used_at,
  revokedAt: row.revoked_at,
})

/** A publishable or a secret key that nobody has used yet; identity secrets stand in `identity-secrets.ts`. */
export type NewKeyRecord = Omit<KeyRecord, 'type' | 'lastUsedAt'> & { type: 'publishable' | 'secret' }

/** Inserts a publishable or a secret key. Here and below `also` follows the change in its transaction. */
export async function insertKey(
  db: Database,
  key: NewKeyRecord,
  also: readonly D1PreparedStatement[] = [],
): Promise<void> {
  await runAlong(db, insertKeyStatement(db, key), also)
}

/** The statement that inserts a key, for a transaction. */
export const insertKeyStatement = (db: Database, key: NewKeyRecord): D1PreparedStatement =>
  db
    .prepare(
      `INSERT INTO api_key (id, project, type, name, hint, environment, scopes, created_at, revoked_at)
      VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9)`,
    )
    .bind(
      key.id,
      key.project,
      key.type,
      key.name,
      key.hint,
      key.environment,
      JSON.stringify(key.scopes),
      key.createdAt,
      key.revokedAt,
    )

/** Finds a key that is not revoked by now. */
export async function findKey(db: Database, id: string, now: number): Promise<KeyRecord | null> {
  const row = await db
    .prepare('SELECT * FROM api_key WHERE id = ?1 AND (revoked_at IS NULL OR revoked_at > ?2)')
    .bind(id, now)
    .first<KeyRow>()
  return row === null ? null : toKey(row)
}

/** Finds whose a publishable key is or was. */
export async function findKeyOwner(
  db: Database,
  id: string,
): Promise<Pick<KeyRecord, 'project' | 'environment'> | null> {
  return db
    .prepare("SELECT project, environment FROM api_key WHERE id = ?1 AND type = 'publishable'")
    .bind(id)
    .first<Pick<KeyRow, 'project' | 'environment'>>()
}

/** Lists a project's keys, revoked ones too, oldest first. */
export async function listKeys(db: Database, project: string): Promise<KeyRecord[]> {
  const { results } = await db
    .prepare('SELECT * FROM api_key WHERE project = ?1 ORDER BY created_at, id')
    .bind(project)
    .all<KeyRow>()
  return results.map(toKey)
}

/** Notes when a key was last used. */
export async function updateKeyUse(db: Database, id: string, now: number): Promise<void> {
  await db.prepare('UPDATE api_key SET last_used_at = ?2 WHERE id = ?1').bind(id, now).run()
}

const isLive = '(revoked_at IS NULL OR revoked_at > ?3)'

/** Revokes a key; false when there is none, or it was revoked before. */
export async function revokeKey(
  db: Database,
  project: string,
  id: string,
  now: number,
  also: readonly D1PreparedStatement[] = [],
): Promise<boolean> {
  const revoke = db
    .prepare(`UPDATE api_key SET revoked_at = ?3 WHERE project = ?1 AND id = ?2 AND ${isLive}`)
    .bind(project, id, now)
  const { meta } = await runAlong(db, revoke, also)
  return meta.changes > 0
}

/** Names a key, and says when it stops; null when there is none, or it has stopped. */
export async function updateKey(
  db: Database,
  { project, id, now }: { project: string; id: string; now: number },
  change: KeyChange,
  also: readonly D1PreparedStatement[] = [],
): Promise<KeyRecord | null> {
  const update = db
    .prepare(
      `UPDATE api_key SET name = coalesce(?4, name), revoked_at = iif(?5, ?6, revoked_at)
      WHERE project = ?1 AND id = ?2 AND ${isLive} RETURNING *`,
    )
    .bind(project, id, now, change.name ?? null, change.revokedAt === undefined ? 0 : 1, change.revokedAt ?? null)
  const [row] = (await runAlong<KeyRow>(db, update, also)).results
  return row === undefined ? null : toKey(row)
}

/** What may change of a key. */
export interface KeyChange {
  name?: string | undefined
  /** Epoch ms, to come; null: it does not stop by itself. */
  revokedAt?: number | null
}

/** Which key is to stop, by now still good, and when; epoch ms. */
export interface KeyEnding {
  project: string
  id: string
  now: number
  until: number
}

/**
 * Puts a new key beside an old one, which stops at `until` or when it was to stop anyway, in one transaction. Gives the old
 * one as it is now, null when it had stopped already and nothing was written.
 */
export async function replaceKey(
  db: Database,
  { project, id, now, until }: KeyEnding,
  made: Pick<KeyRecord, 'id' | 'hint'>,
  also: readonly D1PreparedStatement[] = [],
): Promise<KeyRecord | null> {
  const [replaced] = await db.batch<KeyRow>([
    db
      .prepare(
        `UPDATE api_key SET revoked_at = min(coalesce(revoked_at, ?4), ?4)
        WHERE project = ?1 AND id = ?2 AND ${isLive} RETURNING *`,
      )
      .bind(project, id, now, until),
    db
      .prepare(
        `INSERT INTO api_key (id, project, type, name, hint, environment, scopes, created_at)
        SELECT ?1, project, type, name, ?2, environment, scopes, ?3 FROM api_key WHERE id = ?4 AND changes() > 0`,
      )
      .bind(made.id, made.hint, now, id),
    ...also,
  ])
  const row = replaced?.results[0]
  return row === undefined ? null : toKey(row)
}
