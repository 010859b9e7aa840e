import type { Database } from './database.ts'
import { openings } from './invitations.ts'
import { insertKeyStatement, type NewKeyRecord } from './keys.ts'
import { insertProjectStatement, type ProjectRecord } from './projects.ts'
import type { SessionRecord } from './sessions.ts'

/**
 * Inserts a project with its first key and its first admin, in one transaction. The session that made it, and the passkey
 * it began with, open it; other ones of the member do not.
 */
export async function insertOwnProject(
  db: Database,
  made: { project: ProjectRecord; key: NewKeyRecord; member: string; session: SessionRecord | null },
  now: number,
): Promise<void> {
  const { project, key, member, session } = made
  await db.batch([
    insertProjectStatement(db, project, now),
    insertKeyStatement(db, key),
    db.prepare("INSERT INTO membership (member, project, role) VALUES (?1, ?2, 'admin')").bind(member, project.id),
    ...openings(db, session, { sql: '?1', values: [project.id] }),
  ])
}
