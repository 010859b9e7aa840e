import { type Database, runAlong } from './database.ts'
import type { KeyChange, KeyEnding, KeyRecord } from './keys.ts'

/** An identity secret that is not revoked. */
export interface IdentitySecret {
  /** SHA-256 of the secret as hex, as of other keys. */
  id: string
  /** The secret itself: HS256 verifies with what it signs with, so that a hash would not do. */
  secret: string
  /** Epoch ms. */
  lastUsedAt: number | null
  /** When it stops by itself; epoch ms. */
  revokedAt: number | null
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
  key: Pick<KeyRecord, 'id' | 'project' | 'name' | 'hint' | 'createdAt' | 'revokedAt'>,
  secret: string,
  also: readonly D1PreparedStatement[] = [],
): Promise<void> {
  const insert = db
    .prepare(
      `INSERT INTO identity_secret (project, id, secret, name, hint, created_at, revoked_at)
      VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)`,
    )
    .bind(key.project, key.id, secret, key.name, key.hint, key.createdAt, key.revokedAt)
  await runAlong(db, insert, also)
}

/** Finds a project's secrets that are not revoked by now, the newest first: it signs most of what comes. */
export async function findIdentitySecrets(db: Database, project: string, now: number): Promise<IdentitySecret[]> {
  const { results } = await db
    .prepare(
      `SELECT id, secret, last_used_at AS lastUsedAt, revoked_at AS revokedAt FROM identity_secret
      WHERE project = ?1 AND (revoked_at IS NULL OR revoked_at > ?2) ORDER BY created_at DESC, id`,
    )
    .bind(project, now)
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
  return results.map(toKey)
}

const toKey = (row: SecretRow): KeyRecord => ({
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
})

/** Notes when an identity secret last proved somebody. */
export async function updateIdentitySecretUse(db: Database, project: string, id: string, now: number): Promise<void> {
  await db
    .prepare('UPDATE identity_secret SET last_used_at = ?3 WHERE project = ?1 AND id = ?2')
    .bind(project, id, now)
    .run()
}

const shown = 'id, project, name, hint, created_at, last_used_at, revoked_at'
const isLive = '(revoked_at IS NULL OR revoked_at > ?3)'

/** Revokes an identity secret and forgets the secret itself; false when there is none, or it was revoked before. */
export async function revokeIdentitySecret(
  db: Database,
  project: string,
  id: string,
  now: number,
  also: readonly D1PreparedStatement[] = [],
): Promise<boolean> {
  const revoke = db
    .prepare(`UPDATE identity_secret SET revoked_at = ?3, secret = NULL WHERE project = ?1 AND id = ?2 AND ${isLive}`)
    .bind(project, id, now)
  const { meta } = await runAlong(db, revoke, also)
  return meta.changes > 0
}

/** Names an identity secret, and says when it stops; null when there is none, or it has stopped. */
export async function updateIdentitySecret(
  db: Database,
  { project, id, now }: { project: string; id: string; now: number },
  change: KeyChange,
  also: readonly D1PreparedStatement[] = [],
): Promise<KeyRecord | null> {
  const update = db
    .prepare(
      `UPDATE identity_secret SET name = coalesce(?4, name), revoked_at = iif(?5, ?6, revoked_at)
      WHERE project = ?1 AND id = ?2 AND ${isLive} RETURNING ${shown}`,
    )
    .bind(project, id, now, change.name ?? null, change.revokedAt === undefined ? 0 : 1, change.revokedAt ?? null)
  const [row] = (await runAlong<SecretRow>(db, update, also)).results
  return row === undefined ? null : toKey(row)
}

/** Puts a new secret beside an old one, which stops at `until` or when it was to stop anyway; null where that had stopped. */
export async function replaceIdentitySecret(
  db: Database,
  { project, id, now, until }: KeyEnding,
  made: Pick<KeyRecord, 'id' | 'hint'>,
  secret: string,
  also: readonly D1PreparedStatement[] = [],
): Promise<KeyRecord | null> {
  const [replaced] = await db.batch<SecretRow>([
    db
      .prepare(
        `UPDATE identity_secret SET revoked_at = min(coalesce(revoked_at, ?4), ?4)
        WHERE project = ?1 AND id = ?2 AND ${isLive} RETURNING ${shown}`,
      )
      .bind(project, id, now, until),
    db
      .prepare(
        `INSERT INTO identity_secret (project, id, secret, name, hint, created_at)
        SELECT project, ?3, ?4, name, ?5, ?6 FROM identity_secret WHERE project = ?1 AND id = ?2 AND changes() > 0`,
      )
      .bind(project, id, made.id, secret, made.hint, now),
    ...also,
  ])
  const row = replaced?.results[0]
  return row === undefined ? null : toKey(row)
}

/** Forgets the secrets that have stopped by themselves. */
export async function wipeIdentitySecrets(db: Database, now: number): Promise<void> {
  await db
    .prepare('UPDATE identity_secret SET secret = NULL WHERE revoked_at <= ?1 AND secret IS NOT NULL')
    .bind(now)
    .run()
}
