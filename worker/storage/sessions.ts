import type { MemberSession, Role, Session, SessionMethod } from '../../sdk/wire/index.ts'
import { type AuditRecord, auditSessionStatement } from './audit.ts'
import { type Database, runAlong } from './database.ts'
import { isOpenTo, isWithin, reachOf } from './opening.ts'

/** Where a member is signed in, as it is stored. */
export interface SessionRecord {
  /** SHA-256 of the cookie's token as hex. */
  hash: string
  id: string
  /** Ids of the projects it opens, whatever else the member may see; null: all, those to come too. */
  projects: string[] | null
  /** The passkey it began with. */
  passkey: string | null
  /** Epoch ms; written once an hour. */
  lastUsedAt: number
}

/** Who is signed in, and by what. */
export interface SignedIn extends Session {
  /** Null where another service says who it is. */
  record: SessionRecord | null
}

/** A session that is to begin. */
export interface NewSession {
  hash: string
  id: string
  method: SessionMethod
  browser: string
  now: number
  expiresAt: number
  /** The hash of the session that came along: it ends, so that nobody goes on with what was known before. */
  before: string | null
  /** How the audit log has its beginning. */
  entry: Pick<AuditRecord, 'id' | 'action' | 'requestId'>
}

interface SessionRow {
  id: string
  name: string
  email: string | null
  session: string
  projects: string | null
  passkey: string | null
  lastUsedAt: number
}

interface ProjectRow {
  id: string
  name: string
  role: Role
}

/** Finds who a session belongs to, with the projects that it opens. */
export async function findSession(db: Database, hash: string, now: number): Promise<SignedIn | null> {
  const [members, projects] = await db.batch<SessionRow | ProjectRow>([
    db
      .prepare(
        `SELECT member.id, member.name, member.email, s.id AS session, s.projects, s.passkey, s.last_used_at AS lastUsedAt
        FROM member_session s JOIN member ON member.id = s.member WHERE s.hash = ?1 AND s.expires_at > ?2`,
      )
      .bind(hash, now),
    db
      .prepare(
        `SELECT project.id, project.name, membership.role FROM member_session s
        JOIN membership ON membership.member = s.member JOIN project ON project.id = membership.project
        WHERE s.hash = ?1 AND s.expires_at > ?2 AND ${isOpenTo('s.projects', 'membership.project')}
        ORDER BY project.name, project.id`,
      )
      .bind(hash, now),
  ])
  const found = members?.results[0] as SessionRow | undefined
  if (found === undefined) return null
  const { id, name, email, session, projects: opened, passkey, lastUsedAt } = found
  return {
    member: { id, name, email },
    projects: (projects?.results ?? []) as ProjectRow[],
    record: {
      hash,
      id: session,
      projects: opened === null ? null : (JSON.parse(opened) as string[]),
      passkey,
      lastUsedAt,
    },
  }
}

/**
 * What follows the INSERT of a session in its transaction: it is written down, the one before it ends, and what has expired
 * goes.
 */
export const afterInsert = (db: Database, { hash, before, now, entry }: NewSession): D1PreparedStatement[] => [
  auditSessionStatement(db, hash, { ...entry, at: now }),
  db
    .prepare('DELETE FROM member_session WHERE hash = ?2 AND EXISTS (SELECT 1 FROM member_session WHERE hash = ?1)')
    .bind(hash, before),
  db
    .prepare(
      'DELETE FROM member_session WHERE expires_at <= ?2 AND member = (SELECT member FROM member_session WHERE hash = ?1)',
    )
    .bind(hash, now),
]

/** A sign-in link that is to be made, for the projects that it opens (null: all). Times are epoch ms. */
export interface NewSignInLink {
  /** SHA-256 of its token as hex. */
  hash: string
  member: string
  projects: readonly string[] | null
  now: number
  expiresAt: number
}

/** The statement that inserts a sign-in link, for a transaction; it does nothing where the session that asks has ended. */
export const insertLinkStatement = (db: Database, link: NewSignInLink, session: string | null): D1PreparedStatement =>
  db
    .prepare(
      `INSERT INTO member_link (hash, member, projects, expires_at) SELECT ?1, ?2, ?3, ?4
      WHERE ?5 IS NULL OR EXISTS (SELECT 1 FROM member_session WHERE hash = ?5) RETURNING hash`,
    )
    .bind(link.hash, link.member, reachOf(link.projects), link.expiresAt, session)

/**
 * Inserts a sign-in link; those that have expired go. False where the session that asks (null: a key) has ended meanwhile:
 * whoever is signed out leaves no way back behind. Here and below `also` follows the change in its transaction.
 */
export async function insertSignInLink(
  db: Database,
  link: NewSignInLink,
  session: string | null,
  also: readonly D1PreparedStatement[],
): Promise<boolean> {
  const [, made] = await db.batch<{ hash: string }>([
    db.prepare('DELETE FROM member_link WHERE expires_at <= ?1').bind(link.now),
    insertLinkStatement(db, link, session),
    ...also,
  ])
  return made?.results.length === 1
}

/** Uses a sign-in link up and begins a session, in one transaction; false when it is unknown, used or too old. */
export async function redeemSignInLink(db: Database, link: string, session: NewSession): Promise<boolean> {
  const [begun] = await db.batch<{ id: string }>([
    db
      .prepare(
        `INSERT INTO member_session (hash, id, member, projects, method, browser, created_at, last_used_at, expires_at)
        SELECT ?2, ?3, member, projects, ?4, ?5, ?6, ?6, ?7 FROM member_link WHERE hash = ?1 AND expires_at > ?6
        AND EXISTS (SELECT 1 FROM member WHERE member.id = member_link.member) RETURNING id`,
      )
      .bind(link, session.hash, session.id, session.method, session.browser, session.now, session.expiresAt),
    db.prepare('DELETE FROM member_link WHERE hash = ?1').bind(link),
    ...afterInsert(db, session),
  ])
  return begun?.results.length === 1
}

interface ListedSession extends Pick<MemberSession, 'id' | 'browser' | 'method'> {
  /** Epoch ms. */
  createdAt: number
  lastUsedAt: number
  expiresAt: number
}

/** Lists a member's sessions, the latest used first, and counts those that open more than these projects (null: all). */
export async function listSessions(
  db: Database,
  { member, projects }: { member: string; projects: readonly string[] | null },
  now: number,
): Promise<{ found: ListedSession[]; hidden: number }> {
  const { results } = await db
    .prepare(
      `SELECT id, browser, method, created_at AS createdAt, last_used_at AS lastUsedAt, expires_at AS expiresAt,
        ${isWithin('member_session', '?3')} AS isWithin
      FROM member_session WHERE member = ?1 AND expires_at > ?2 ORDER BY last_used_at DESC, created_at DESC, id`,
    )
    .bind(member, now, reachOf(projects))
    .all<ListedSession & { isWithin: number }>()
  const found = results.flatMap(({ isWithin, ...session }) => (isWithin === 1 ? [session] : []))
  return { found, hidden: results.length - found.length }
}

/** Notes when a session was last used. */
export async function updateSessionUse(db: Database, hash: string, now: number): Promise<void> {
  await db.prepare('UPDATE member_session SET last_used_at = ?2 WHERE hash = ?1').bind(hash, now).run()
}

/** Ends a session by its cookie's hash. */
export async function deleteSession(db: Database, hash: string): Promise<void> {
  await db.prepare('DELETE FROM member_session WHERE hash = ?1').bind(hash).run()
}

/** Ends one of a member's sessions; false where there is no such. */
export async function deleteOwnSession(
  db: Database,
  member: string,
  id: string,
  also: readonly D1PreparedStatement[],
): Promise<boolean> {
  const remove = db.prepare('DELETE FROM member_session WHERE member = ?1 AND id = ?2').bind(member, id)
  const { meta } = await runAlong(db, remove, also)
  return meta.changes > 0
}

/**
 * Ends a member's other sessions and cancels their links, as far as they open no more than the session that asks; the
 * same with their passkeys but the one that it began with, where that is wanted.
 */
export async function deleteOthers(
  db: Database,
  member: string,
  { hash, passkey, projects }: SessionRecord,
  withPasskeys: boolean,
  also: readonly D1PreparedStatement[],
): Promise<void> {
  const remove = (table: string, own: string, kept: string | null) =>
    db
      .prepare(`DELETE FROM ${table} WHERE member = ?1 AND ${own} IS NOT ?2 AND ${isWithin(table, '?3')}`)
      .bind(member, kept, reachOf(projects))
  await db.batch([
    remove('member_session', 'hash', hash),
    remove('member_link', 'hash', null),
    ...(withPasskeys ? [remove('passkey', 'id', passkey)] : []),
    ...also,
  ])
}

/** Ends a member's sessions that open a project, and cancels such links; where that is wanted, it is closed to passkeys. */
export async function deleteSessionsIn(
  db: Database,
  member: string,
  project: string,
  withPasskeys: boolean,
  also: readonly D1PreparedStatement[],
): Promise<void> {
  await db.batch([
    ...['member_session', 'member_link'].map((table) =>
      db
        .prepare(`DELETE FROM ${table} WHERE member = ?1 AND ${isOpenTo(`${table}.projects`, '?2')}`)
        .bind(member, project),
    ),
    ...(withPasskeys ? closeToPasskeys(db, member, project) : []),
    ...also,
  ])
}

/** Passkeys go on opening the member's other projects, about which nobody here has a say; those that open none go. */
const closeToPasskeys = (db: Database, member: string, project: string): D1PreparedStatement[] => [
  db
    .prepare(
      `UPDATE passkey SET projects = (SELECT json_group_array(theirs.project) FROM membership AS theirs
        WHERE theirs.member = passkey.member AND theirs.project <> ?2 AND ${isOpenTo('passkey.projects', 'theirs.project')})
      WHERE member = ?1 AND ${isOpenTo('passkey.projects', '?2')}`,
    )
    .bind(member, project),
  db.prepare("DELETE FROM passkey WHERE member = ?1 AND projects = '[]'").bind(member),
]
