import type { Role, Session } from '../../sdk/wire/index.ts'
import { type Database, runAlong } from './database.ts'
import { alsoOpen } from './opening.ts'
import { afterInsert, type NewSession, type SessionRecord } from './sessions.ts'

/** An invitation as it is stored. */
export interface InvitationRecord {
  project: string
  id: string
  /** SHA-256 of the link's token as hex. */
  hash: string
  email: string | null
  role: Role
  invitedBy: string
  /** Epoch ms. */
  createdAt: number
  expiresAt: number
}

/** The columns of a row as a record has them. */
export const invitationColumns =
  'project, id, hash, email, role, invited_by AS invitedBy, created_at AS createdAt, expires_at AS expiresAt'

/**
 * Inserts an invitation, unless the project has `max` of them; those that expired before `forgetBefore` go. Here and below
 * `also` follows the change in its transaction.
 */
export async function insertInvitation(
  db: Database,
  invitation: InvitationRecord,
  { max, forgetBefore }: { max: number; forgetBefore: number },
  also: readonly D1PreparedStatement[] = [],
): Promise<boolean> {
  const { project, id, hash, email, role, invitedBy, createdAt, expiresAt } = invitation
  const [, inserted] = await db.batch<{ id: string }>([
    db.prepare('DELETE FROM invitation WHERE project = ?1 AND expires_at <= ?2').bind(project, forgetBefore),
    db
      .prepare(
        `INSERT INTO invitation (project, id, hash, email, role, invited_by, created_at, expires_at)
        SELECT ?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8 WHERE (SELECT count(*) FROM invitation WHERE project = ?1) < ?9 RETURNING id`,
      )
      .bind(project, id, hash, email, role, invitedBy, createdAt, expiresAt, max),
    ...also,
  ])
  return inserted?.results.length === 1
}

/** Lists a project's invitations that nobody has accepted, newest first. */
export async function listInvitations(db: Database, project: string): Promise<InvitationRecord[]> {
  const { results } = await db
    .prepare(`SELECT ${invitationColumns} FROM invitation WHERE project = ?1 ORDER BY created_at DESC, id`)
    .bind(project)
    .all<InvitationRecord>()
  return results
}

/** Finds an invitation that may be accepted now, by its token's hash. */
export async function findInvitation(
  db: Database,
  hash: string,
  now: number,
): Promise<(InvitationRecord & { projectName: string }) | null> {
  return db
    .prepare(
      `SELECT ${invitationColumns}, (SELECT name FROM project WHERE project.id = invitation.project) AS projectName
      FROM invitation WHERE hash = ?1 AND expires_at > ?2`,
    )
    .bind(hash, now)
    .first<InvitationRecord & { projectName: string }>()
}

/** Takes an invitation back; false where there is no such. */
export async function deleteInvitation(
  db: Database,
  project: string,
  id: string,
  also: readonly D1PreparedStatement[] = [],
): Promise<boolean> {
  const remove = db.prepare('DELETE FROM invitation WHERE project = ?1 AND id = ?2').bind(project, id)
  const { meta } = await runAlong(db, remove, also)
  return meta.changes > 0
}

const isOpen = 'FROM invitation WHERE hash = ?1 AND expires_at > ?2'

/**
 * Uses an invitation up for somebody new; with a session that begins, in one transaction. Without one their address was
 * proven elsewhere, and is nobody else's. False when the invitation is gone, or the address is taken.
 */
export async function acceptAsNew(
  db: Database,
  { hash, member, now }: { hash: string; member: Session['member']; now: number },
  session: NewSession | null,
  also: readonly D1PreparedStatement[] = [],
): Promise<boolean> {
  const isFree = session === null ? 'AND NOT EXISTS (SELECT 1 FROM member WHERE lower(member.email) = lower(?5))' : ''
  const isMade = 'AND EXISTS (SELECT 1 FROM member WHERE member.id = ?3)'
  const statements = [
    db
      .prepare(`INSERT INTO member (id, name, email) SELECT ?3, ?4, ?5 ${isOpen} ${isFree}`)
      .bind(hash, now, member.id, member.name, member.email),
    db
      .prepare(
        `INSERT INTO membership (member, project, role) SELECT ?3, project, role ${isOpen} ${isMade} RETURNING member`,
      )
      .bind(hash, now, member.id),
  ]
  if (session !== null) {
    statements.push(
      db
        .prepare(
          `INSERT INTO member_session (hash, id, member, projects, method, browser, created_at, last_used_at, expires_at)
          SELECT ?3, ?4, ?5, json_array(project), ?6, ?7, ?2, ?2, ?8 ${isOpen}`,
        )
        .bind(hash, now, session.hash, session.id, member.id, session.method, session.browser, session.expiresAt),
      ...afterInsert(db, session),
    )
  }
  statements.push(db.prepare(`DELETE ${isOpen} ${isMade}`).bind(hash, now, member.id), ...also)
  const [, joined] = await db.batch<{ member: string }>(statements)
  return joined?.results.length === 1
}

/**
 * Uses an invitation up for a member who is signed in, in one transaction: the session that asks, and the passkey it began
 * with, open the project too. Whoever belongs to it already keeps their role. False when the invitation is gone.
 */
export async function acceptAsMember(
  db: Database,
  { hash, member, now }: { hash: string; member: string; now: number },
  session: SessionRecord | null,
  also: readonly D1PreparedStatement[],
): Promise<boolean> {
  const isJoined = 'SELECT project FROM invitation WHERE hash = ?1 AND expires_at > ?2'
  const joining = [
    db
      .prepare(`INSERT OR IGNORE INTO membership (member, project, role) SELECT ?3, project, role ${isOpen}`)
      .bind(hash, now, member),
    ...openings(db, session, { sql: `(${isJoined})`, values: [hash, now] }),
  ]
  const used = db.prepare(`DELETE ${isOpen} RETURNING id`).bind(hash, now)
  const results = await db.batch<{ id: string }>([...joining, used, ...also])
  return results[joining.length]?.results.length === 1
}

/** Lets a session, and the passkey it began with, open one project more: that of a subquery or a parameter. */
export function openings(
  db: Database,
  session: SessionRecord | null,
  project: { sql: string; values: (string | number)[] },
): D1PreparedStatement[] {
  if (session === null) return []
  const at = `?${project.values.length + 1}`
  return [
    { table: 'member_session', key: 'hash', value: session.hash },
    { table: 'passkey', key: 'id', value: session.passkey },
  ].map(({ table, key, value }) =>
    db
      .prepare(
        `UPDATE ${table} SET projects = ${alsoOpen('projects', project.sql)} WHERE ${key} = ${at} AND ${project.sql} IS NOT NULL`,
      )
      .bind(...project.values, value),
  )
}
