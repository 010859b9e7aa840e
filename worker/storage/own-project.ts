import type { Session } from '../../sdk/wire/index.ts'
import type { Database } from './database.ts'
import { openings } from './invitations.ts'
import { insertKeyStatement, type NewKeyRecord } from './keys.ts'
import { insertProjectStatement, type NewProjectRecord } from './projects.ts'
import { insertLinkStatement, type NewSignInLink, type SessionRecord } from './sessions.ts'

/**
 * Inserts a project with its first keys and its first admin, who is new here, and the link that signs them in, in one
 * transaction. Here and below `also` follows the project in its transaction.
 */
export async function insertFirstProject(
  db: Database,
  made: {
    project: NewProjectRecord
    keys: readonly NewKeyRecord[]
    member: Session['member']
    link: NewSignInLink
  },
  now: number,
  also: readonly D1PreparedStatement[],
): Promise<void> {
  const { project, keys, member, link } = made
  await db.batch([
    insertProjectStatement(db, project, now),
    ...also,
    ...keys.map((key) => insertKeyStatement(db, key)),
    db.prepare('INSERT INTO member (id, name, email) VALUES (?1, ?2, ?3)').bind(member.id, member.name, member.email),
    insertAdmin(db, member.id, project.id),
    insertLinkStatement(db, link, null),
  ])
}

const insertAdmin = (db: Database, member: string, project: string): D1PreparedStatement =>
  db.prepare("INSERT INTO membership (member, project, role) VALUES (?1, ?2, 'admin')").bind(member, project)

/**
 * Inserts a project with its first key and its first admin, in one transaction. The session that made it, and the passkey
 * it began with, open it; other ones of the member do not.
 */
export async function insertOwnProject(
  db: Database,
  made: { project: NewProjectRecord; key: NewKeyRecord; member: string; session: SessionRecord | null },
  now: number,
  also: readonly D1PreparedStatement[],
): Promise<void> {
  const { project, key, member, session } = made
  await db.batch([
    insertProjectStatement(db, project, now),
    ...also,
    insertKeyStatement(db, key),
    insertAdmin(db, member, project.id),
    ...openings(db, session, { sql: '?1', values: [project.id] }),
  ])
}
