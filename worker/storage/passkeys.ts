import { type Database, runAlong } from './database.ts'
import { isWithin, reachOf } from './opening.ts'
import { afterInsert, type NewSession } from './sessions.ts'

/** A passkey as it is stored. */
export interface PasskeyRecord {
  id: string
  /** The credential's id as base64url. */
  credential: string
  member: string
  /** Ids of the projects it signs in to; null: all, those to come too. */
  projects: string[] | null
  name: string
  /** COSE, as base64url. */
  publicKey: string
  /** Signatures so far, where the authenticator counts them; else 0. */
  counter: number
  transports: string[]
  synced: boolean
  /** Epoch ms. */
  createdAt: number
  lastUsedAt: number | null
}

interface PasskeyRow extends Omit<PasskeyRecord, 'projects' | 'transports' | 'synced'> {
  projects: string | null
  transports: string
  synced: number
}

const columns =
  'id, credential, member, projects, name, public_key AS publicKey, counter, transports, synced, created_at AS createdAt, last_used_at AS lastUsedAt'

const toPasskey = (row: PasskeyRow): PasskeyRecord => ({
  ...row,
  projects: row.projects === null ? null : (JSON.parse(row.projects) as string[]),
  transports: JSON.parse(row.transports) as string[],
  synced: row.synced === 1,
})

/** Inserts a challenge; those that have expired go. Of a sign-in nobody knows yet whose it is. */
export async function insertChallenge(
  db: Database,
  { challenge, member, now, expiresAt }: { challenge: string; member: string | null; now: number; expiresAt: number },
): Promise<void> {
  await db.batch([
    db.prepare('DELETE FROM passkey_challenge WHERE expires_at <= ?1').bind(now),
    db
      .prepare('INSERT INTO passkey_challenge (challenge, member, expires_at) VALUES (?1, ?2, ?3)')
      .bind(challenge, member, expiresAt),
  ])
}

/** Uses a challenge up: true once, for whom it was made. */
export async function takeChallenge(
  db: Database,
  { challenge, member, now }: { challenge: string; member: string | null; now: number },
): Promise<boolean> {
  const { meta } = await db
    .prepare('DELETE FROM passkey_challenge WHERE challenge = ?1 AND member IS ?2 AND expires_at > ?3')
    .bind(challenge, member, now)
    .run()
  return meta.changes > 0
}

/** Lists a member's passkeys, oldest first; of each, whether it opens no more than these projects (null: all). */
export async function listPasskeys(
  db: Database,
  member: string,
  projects: readonly string[] | null,
): Promise<(PasskeyRecord & { isWithin: boolean })[]> {
  const { results } = await db
    .prepare(
      `SELECT ${columns}, ${isWithin('passkey', '?2')} AS isWithin FROM passkey WHERE member = ?1 ORDER BY created_at, id`,
    )
    .bind(member, reachOf(projects))
    .all<PasskeyRow & { isWithin: number }>()
  return results.map(({ isWithin, ...row }) => ({ ...toPasskey(row), isWithin: isWithin === 1 }))
}

/** Finds a passkey by the credential's id. */
export async function findPasskey(db: Database, credential: string): Promise<PasskeyRecord | null> {
  const row = await db
    .prepare(`SELECT ${columns} FROM passkey WHERE credential = ?1`)
    .bind(credential)
    .first<PasskeyRow>()
  return row === null ? null : toPasskey(row)
}

/**
 * Inserts a passkey; false where the credential is known already, the member has `max` of them, or the session that asks
 * has ended meanwhile: whoever is signed out leaves no way back behind. Here and below `also` follows the change in its
 * transaction.
 */
export async function insertPasskey(
  db: Database,
  passkey: PasskeyRecord,
  { max, session }: { max: number; session: string },
  also: readonly D1PreparedStatement[],
): Promise<boolean> {
  const { projects } = passkey
  const insert = db
    .prepare(
      `INSERT OR IGNORE INTO passkey
      (id, credential, member, projects, name, public_key, counter, transports, synced, created_at)
      SELECT ?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10 WHERE (SELECT count(*) FROM passkey WHERE member = ?3) < ?11
        AND EXISTS (SELECT 1 FROM member_session WHERE hash = ?12)`,
    )
    .bind(
      passkey.id,
      passkey.credential,
      passkey.member,
      projects === null ? null : JSON.stringify(projects),
      passkey.name,
      passkey.publicKey,
      passkey.counter,
      JSON.stringify(passkey.transports),
      passkey.synced ? 1 : 0,
      passkey.createdAt,
      max,
      session,
    )
  const { meta } = await runAlong(db, insert, also)
  return meta.changes > 0
}

/** Names a member's passkey, and lets it open these projects too (null: all); null where there is no such. */
export async function updatePasskey(
  db: Database,
  { member, id }: { member: string; id: string },
  change: { name?: string | undefined; opens?: readonly string[] | null },
  also: readonly D1PreparedStatement[],
): Promise<PasskeyRecord | null> {
  const opens = change.opens === undefined ? '[]' : change.opens === null ? null : JSON.stringify(change.opens)
  const update = db
    .prepare(
      `UPDATE passkey SET name = coalesce(?3, name), projects = CASE WHEN projects IS NULL OR ?4 IS NULL THEN NULL ELSE (
        SELECT json_group_array(value) FROM (SELECT value FROM json_each(projects) UNION SELECT value FROM json_each(?4))
      ) END WHERE member = ?1 AND id = ?2 RETURNING ${columns}`,
    )
    .bind(member, id, change.name ?? null, opens)
  const [row] = (await runAlong<PasskeyRow>(db, update, also)).results
  return row === undefined ? null : toPasskey(row)
}

/** Removes a member's passkey; false where there is no such. */
export async function deletePasskey(
  db: Database,
  member: string,
  id: string,
  also: readonly D1PreparedStatement[],
): Promise<boolean> {
  const remove = db.prepare('DELETE FROM passkey WHERE member = ?1 AND id = ?2').bind(member, id)
  const { meta } = await runAlong(db, remove, also)
  return meta.changes > 0
}

/**
 * Counts a signature and begins a session, in one transaction. False where the count does not rise any more: the signature
 * was used at the same moment, or somebody has a copy of the passkey.
 */
export async function beginByPasskey(
  db: Database,
  { passkey, counter, synced }: { passkey: string; counter: number; synced: boolean },
  session: NewSession,
): Promise<boolean> {
  const [, begun] = await db.batch<{ id: string }>([
    db
      .prepare(
        `UPDATE passkey SET counter = ?2, synced = ?3, last_used_at = ?4
        WHERE id = ?1 AND (counter < ?2 OR (counter = 0 AND ?2 = 0))`,
      )
      .bind(passkey, counter, synced ? 1 : 0, session.now),
    db
      .prepare(
        `INSERT INTO member_session
        (hash, id, member, projects, method, passkey, browser, created_at, last_used_at, expires_at)
        SELECT ?2, ?3, member, projects, ?4, id, ?5, ?6, ?6, ?7 FROM passkey WHERE id = ?1 AND changes() > 0 RETURNING id`,
      )
      .bind(passkey, session.hash, session.id, session.method, session.browser, session.now, session.expiresAt),
    ...afterInsert(db, session),
  ])
  return begun?.results.length === 1
}
