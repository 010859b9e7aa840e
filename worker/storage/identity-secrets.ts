import type { Database } from './database.ts'
import type { KeyRecord } from './keys.ts'

/** An identity secret that is not revoked. */
export interface IdentitySecret {
  /** SHA-256 of the secret as hex, as of other keys. */
  id: string
  /** The secret itself: HS256 verifies with what it signs with, so that a hash would not do. */
  secret: string
  /** Epoch ms. */
  lastUsedAt: number | null
}

interface SecretRow {
  id: string
  project: string
  name: string
  hint: string
  created_at: number
  last_used_at: number | null
  revoked_at: number | null
}

/** Inserts an identity secret. */
export async function insertIdentitySecret(
  db: Database,
  key: Pick<KeyRecord, 'id' | 'project' | 'name' | 'hint' | 'createdAt'>,
  secret: string,
): Promise<void> {
  await db
    .prepare(
      'INSERT INTO identity_secret (project, id, secret, name, hint, created_at) VALUES (?1, ?2, ?3, ?4, ?5, ?6)',
    )
    .bind(key.project, key.id, secret, key.name, key.hint, key.createdAt)
    .run()
}

/** Finds a project's secrets that are not revoked, the newest first: it signs most of what comes. */
export async function findIdentitySecrets(db: Database, project: string): Promise<IdentitySecret[]> {
  const { results } = await db
    .prepare(
      `SELECT id, secret, last_used_at AS lastUsedAt FROM identity_secret
      WHERE project = ?1 AND revoked_at IS NULL ORDER BY created_at DESC, id`,
    )
    .bind(project)
    .all<IdentitySecret>()
  return results
}

/** Lists a project's identity secrets as keys, revoked ones too, oldest first; never the secrets themselves. */
export async function listIdentitySecrets(db: Database, project: string): Promise<KeyRecord[]> {
  const { results } = await db
    .prepare(
      `SELECT id, project, name, hint, created_at, last_used_at, revoked_at FROM identity_secret
      WHERE project = ?1 ORDER BY created_at, id`,
    )
    .bind(project)
    .all<SecretRow>()
  return results.map((row) => ({
    id: row.id,
    project: row.project,
    type: 'identity',
    name: row.name,
    hint: row.hint,
    environment: 'production',
    scopes: [],
    createdAt: row.created_at,
    lastUsedAt: row.last_used_at,
    revokedAt: row.revoked_at,
  }))
}

/** Notes when an identity secret last proved somebody. */
export async function updateIdentitySecretUse(db: Database, project: string, id: string, now: number): Promise<void> {
  await db
    .prepare('UPDATE identity_secret SET last_used_at = ?3 WHERE project = ?1 AND id = ?2')
    .bind(project, id, now)
    .run()
}

/** Revokes an identity secret and forgets the secret itself; false when there is none, or it was revoked before. */
export async function revokeIdentitySecret(db: Database, project: string, id: string, now: number): Promise<boolean> {
  const { meta } = await db
    .prepare(
      `UPDATE identity_secret SET revoked_at = ?3, secret = NULL
      WHERE project = ?1 AND id = ?2 AND revoked_at IS NULL`,
    )
    .bind(project, id, now)
    .run()
  return meta.changes > 0
}
