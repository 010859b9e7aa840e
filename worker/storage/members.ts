import type { Member, Role, Session } from '../../sdk/wire/index.ts'
import type { Database } from './database.ts'

/** Inserts a member with a role in one project; twice is harmless and updates the role. */
export async function insertMember(
  db: Database,
  member: Session['member'] & { project: string; role: Role },
): Promise<void> {
  await db.batch([
    db
      .prepare('INSERT OR IGNORE INTO member (id, name, email) VALUES (?1, ?2, ?3)')
      .bind(member.id, member.name, member.email),
    db
      .prepare('INSERT OR REPLACE INTO membership (member, project, role) VALUES (?1, ?2, ?3)')
      .bind(member.id, member.project, member.role),
  ])
}

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
export async function findMember(db: Database, id: string): Promise<Session['member'] | null> {
  return db.prepare('SELECT id, name, email FROM member WHERE id = ?1').bind(id).first<Session['member']>()
}

/** Finds any admin of a project. */
export async function findAdmin(db: Database, project: string): Promise<string | null> {
  return db
    .prepare("SELECT member FROM membership WHERE project = ?1 AND role = 'admin' ORDER BY member LIMIT 1")
    .bind(project)
    .first<string>('member')
}

/** Inserts a sign-in link by its hash. */
export async function insertSignInLink(db: Database, hash: string, member: string, expiresAt: number): Promise<void> {
  await db
    .prepare('INSERT INTO sign_in_link (hash, member, expires_at) VALUES (?1, ?2, ?3)')
    .bind(hash, member, expiresAt)
    .run()
}

/** Uses a sign-in link up and begins a session, in one transaction; null when it is unknown, used or too old. */
export async function redeemSignInLink(
  db: Database,
  link: { hash: string; sessionHash: string; now: number; sessionExpiresAt: number },
): Promise<string | null> {
  const [used] = await db.batch<{ member: string }>([
    db
      .prepare(
        'UPDATE sign_in_link SET used_at = ?2 WHERE hash = ?1 AND used_at IS NULL AND expires_at > ?2 RETURNING member',
      )
      .bind(link.hash, link.now),
    db
      .prepare(
        `INSERT INTO session (hash, member, created_at, expires_at)
        SELECT ?1, member, ?3, ?4 FROM sign_in_link WHERE hash = ?2 AND changes() > 0`,
      )
      .bind(link.sessionHash, link.hash, link.now, link.sessionExpiresAt),
  ])
  return used?.results[0]?.member ?? null
}

/** Finds who a session belongs to, with the projects they may see. */
export async function findSession(db: Database, hash: string, now: number): Promise<Session | null> {
  const [members, projects] = await db.batch<Record<string, string | null>>([
    db
      .prepare(
        `SELECT member.id, member.name, member.email FROM session JOIN member ON member.id = session.member
        WHERE session.hash = ?1 AND session.expires_at > ?2`,
      )
      .bind(hash, now),
    db
      .prepare(
        `SELECT project.id, project.name, membership.role FROM session
        JOIN membership ON membership.member = session.member JOIN project ON project.id = membership.project
        WHERE session.hash = ?1 AND session.expires_at > ?2 ORDER BY project.name, project.id`,
      )
      .bind(hash, now),
  ])
  const member = members?.results[0]
  if (member === undefined) return null
  return {
    member: { id: String(member['id']), name: String(member['name']), email: member['email'] ?? null },
    projects: (projects?.results ?? []).map((row) => ({
      id: String(row['id']),
      name: String(row['name']),
      role: row['role'] as Role,
    })),
  }
}

/** Ends a session. */
export async function deleteSession(db: Database, hash: string): Promise<void> {
  await db.prepare('DELETE FROM session WHERE hash = ?1').bind(hash).run()
}
