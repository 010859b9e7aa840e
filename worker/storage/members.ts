import type { Member, Role, Session } from '../../sdk/wire/index.ts'
import type { Database } from './database.ts'
import { revokeStatements, type Revoked } from './made.ts'

type Person = Session['member']

/** Lists who may work in a project, by name. */
export async function listMembers(db: Database, project: string): Promise<Omit<Member, 'assignee'>[]> {
  const { results } = await db
    .prepare(
      `SELECT member.id, member.name, member.email, membership.role FROM membership
      JOIN member ON member.id = membership.member WHERE membership.project = ?1 ORDER BY lower(member.name), member.id`,
    )
    .bind(project)
    .all<Omit<Member, 'assignee'>>()
  return results
}

/** Finds a member by the id. */
export async function findMember(db: Database, id: string): Promise<Person | null> {
  return db.prepare('SELECT id, name, email FROM member WHERE id = ?1').bind(id).first<Person>()
}

/** Finds a member of a project, with the role there. */
export async function findMemberIn(
  db: Database,
  project: string,
  id: string,
): Promise<Omit<Member, 'assignee'> | null> {
  return db
    .prepare(
      `SELECT member.id, member.name, member.email, membership.role FROM membership
      JOIN member ON member.id = membership.member WHERE membership.member = ?2 AND membership.project = ?1`,
    )
    .bind(project, id)
    .first<Omit<Member, 'assignee'>>()
}

/** Ids of the projects that a member belongs to. */
export async function listMemberships(db: Database, member: string): Promise<string[]> {
  const { results } = await db
    .prepare('SELECT project FROM membership WHERE member = ?1 ORDER BY project')
    .bind(member)
    .all<{ project: string }>()
  return results.map(({ project }) => project)
}

/** Whether somebody of that e-mail address works in a project. */
export async function isMemberEmail(db: Database, project: string, email: string): Promise<boolean> {
  const found = await db
    .prepare(
      `SELECT 1 FROM membership JOIN member ON member.id = membership.member
      WHERE membership.project = ?1 AND lower(member.email) = lower(?2) LIMIT 1`,
    )
    .bind(project, email)
    .first()
  return found !== null
}

/**
 * Finds who is signed in by an e-mail address that somebody else has proven. Members have put in their own addresses,
 * which nobody has proven: where several have this one, nobody can say whose it is.
 */
export async function findByEmail(db: Database, email: string): Promise<Session | 'several' | null> {
  const { results } = await db
    .prepare(
      `SELECT member.id AS member, member.name AS memberName, member.email, project.id, project.name, membership.role
      FROM member LEFT JOIN membership ON membership.member = member.id
      LEFT JOIN project ON project.id = membership.project
      WHERE lower(member.email) = lower(?1) ORDER BY project.name, project.id`,
    )
    .bind(email)
    .all<{ member: string; memberName: string; email: string; id: string | null; name: string; role: Role }>()
  const [first] = results
  if (first === undefined) return null
  if (results.some(({ member }) => member !== first.member)) return 'several'
  return {
    member: { id: first.member, name: first.memberName, email: first.email },
    projects: results.flatMap(({ id, name, role }) => (id === null ? [] : [{ id, name, role }])),
  }
}

/** Finds an admin of a project: any, or one who belongs to no other project. */
export async function findAdmin(db: Database, project: string, onlyHere: boolean): Promise<string | null> {
  return db
    .prepare(
      `SELECT member FROM membership AS here WHERE project = ?1 AND role = 'admin' AND (?2 = 0 OR NOT EXISTS (
        SELECT 1 FROM membership WHERE membership.member = here.member AND membership.project <> ?1
      )) ORDER BY member LIMIT 1`,
    )
    .bind(project, onlyHere ? 1 : 0)
    .first<string>('member')
}

/** What stays true of each project: it has an admin. */
const isNotLast = `(role <> 'admin' OR (SELECT count(*) FROM membership WHERE project = ?2 AND role = 'admin') > 1)`

/**
 * Changes a member's role, and revokes what goes with it, in one transaction; false where that would leave the project
 * without an admin, or there is no such member. Here and below `also` follows the change in its transaction.
 */
export async function updateRole(
  db: Database,
  { member, project }: { member: string; project: string },
  role: Role,
  revoked: Revoked | null,
  also: readonly D1PreparedStatement[] = [],
): Promise<boolean> {
  const [updated] = await db.batch([
    db
      .prepare(
        `UPDATE membership SET role = ?3 WHERE member = ?1 AND project = ?2 AND (?3 = 'admin' OR ${isNotLast})
        RETURNING member`,
      )
      .bind(member, project, role),
    ...also,
    ...(revoked === null ? [] : revokeStatements(db, { member, project }, revoked)),
  ])
  return updated?.results.length === 1
}

/**
 * Takes a member out of a project, and revokes what goes with that; false where that would leave it without an admin, or
 * there is no such member. Whoever belongs to no project any more goes whole, with sessions, links and passkeys, in the
 * same transaction.
 */
export async function deleteMembership(
  db: Database,
  { member, project }: { member: string; project: string },
  revoked: Revoked,
  also: readonly D1PreparedStatement[] = [],
): Promise<boolean> {
  const isGone = 'NOT EXISTS (SELECT 1 FROM membership WHERE membership.member = ?1)'
  const [gone] = await db.batch<{ member: string }>([
    db
      .prepare(`DELETE FROM membership WHERE member = ?1 AND project = ?2 AND ${isNotLast} RETURNING member`)
      .bind(member, project),
    ...also,
    ...revokeStatements(db, { member, project }, revoked),
    ...['member_session', 'member_link', 'passkey', 'passkey_challenge'].map((table) =>
      db.prepare(`DELETE FROM ${table} WHERE member = ?1 AND ${isGone}`).bind(member),
    ),
    db.prepare(`DELETE FROM member WHERE id = ?1 AND ${isGone}`).bind(member),
  ])
  return gone?.results.length === 1
}
