import type { KeyType, Scope } from '../../sdk/wire/index.ts'
import type { Database } from './database.ts'

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
  revokedAt: number | null
}

interface KeyRow {
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

const toKey = (row: KeyRow): KeyRecord => ({
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

/** Inserts a publishable or a secret key; identity secrets stand in `identity-secrets.ts`. */
export async function insertKey(
  db: Database,
  key: Omit<KeyRecord, 'type' | 'lastUsedAt' | 'revokedAt'> & { type: 'publishable' | 'secret' },
): Promise<void> {
  await db
    .prepare(
      `INSERT INTO api_key (id, project, type, name, hint, environment, scopes, created_at)
      VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)`,
    )
    .bind(key.id, key.project, key.type, key.name, key.hint, key.environment, JSON.stringify(key.scopes), key.createdAt)
    .run()
}

/** Finds a key that is not revoked. */
export async function findKey(db: Database, id: string): Promise<KeyRecord | null> {
  const row = await db.prepare('SELECT * FROM api_key WHERE id = ?1 AND revoked_at IS NULL').bind(id).first<KeyRow>()
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

/** Revokes a key; false when there is none, or it was revoked before. */
export async function revokeKey(db: Database, project: string, id: string, now: number): Promise<boolean> {
  const { meta } = await db
    .prepare('UPDATE api_key SET revoked_at = ?3 WHERE project = ?1 AND id = ?2 AND revoked_at IS NULL')
    .bind(project, id, now)
    .run()
  return meta.changes > 0
}
