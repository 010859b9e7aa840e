import type { Database } from './database.ts'

/**
 * Whether a session, link or passkey opens a project: its `projects` (a JSON array) says so, or is null and it opens all.
 * So whoever may make a link for a member in one project has no way into another one that the member comes to later.
 */
export const isOpenTo = (projects: string, project: string): string =>
  `(${projects} IS NULL OR EXISTS (SELECT 1 FROM json_each(${projects}) WHERE json_each.value = ${project}))`

/** The same array with one project more. */
export const alsoOpen = (projects: string, project: string): string =>
  `CASE WHEN ${isOpenTo(projects, project)} THEN ${projects} ELSE json_insert(${projects}, '$[#]', ${project}) END`

/**
 * Whether a session, link or passkey opens no project of its member that is closed to the one who asks (a JSON array of
 * projects, or null: all are open). Whoever was let in to one project has no say over ways in to the others.
 */
export const isWithin = (table: string, projects: string): string =>
  `(${projects} IS NULL OR NOT EXISTS (SELECT 1 FROM membership AS theirs WHERE theirs.member = ${table}.member
    AND ${isOpenTo(`${table}.projects`, 'theirs.project')} AND NOT ${isOpenTo(projects, 'theirs.project')}))`

/** Which projects are open to whoever asks, as `isWithin` takes it. */
export const reachOf = (projects: readonly string[] | null): string | null =>
  projects === null ? null : JSON.stringify(projects)

/** Whether a member's session is one that whoever asks may do something about; null where there is no such. */
export async function findReach(
  db: Database,
  { member, id, projects }: { member: string; id: string; projects: readonly string[] | null },
): Promise<'within' | 'beyond' | null> {
  return db
    .prepare(
      `SELECT iif(${isWithin('member_session', '?3')}, 'within', 'beyond') AS reach FROM member_session
      WHERE member = ?1 AND id = ?2`,
    )
    .bind(member, id, reachOf(projects))
    .first<'within' | 'beyond'>('reach')
}
