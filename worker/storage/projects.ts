import { builtInStatuses, type Retention, type Status, type WidgetConfig } from '../../sdk/wire/index.ts'
import type { Database } from './database.ts'

/** What a project has set; what is left out has the defaults of `worker/projects/defaults.ts`. */
export interface ProjectSettings {
  statuses?: Status[]
  /** Offered, whether an item carries them or not. */
  labels?: string[]
  widget?: Partial<Omit<WidgetConfig, 'project' | 'attachments' | 'surveys'>>
  timeZone?: string
  weekStart?: 'monday' | 'sunday'
  /** Normal forms of `worker/admission/origin.ts`. */
  origins?: string[]
  quota?: { perDay: number }
  retention?: Retention | null
  /** Rises with every update; absent before the first. */
  revision?: number
}

/** A project as it is stored. */
export interface ProjectRecord {
  id: string
  name: string
  settings: ProjectSettings
  /** Signs receipts; never leaves the collector. */
  secret: string
}

interface ProjectRow {
  id: string
  name: string
  settings: string
  secret: string
}

/** Inserts a project. */
export async function insertProject(db: Database, project: ProjectRecord, now: number): Promise<void> {
  await insertProjectStatement(db, project, now).run()
}

/** The statement that inserts a project, for a transaction. */
export const insertProjectStatement = (db: Database, project: ProjectRecord, now: number): D1PreparedStatement =>
  db
    .prepare('INSERT INTO project (id, name, settings, secret, created_at) VALUES (?1, ?2, ?3, ?4, ?5)')
    .bind(project.id, project.name, JSON.stringify(project.settings), project.secret, now)

/** Finds a project by its id. */
export async function findProject(db: Database, id: string): Promise<ProjectRecord | null> {
  const row = await db
    .prepare('SELECT id, name, settings, secret FROM project WHERE id = ?1')
    .bind(id)
    .first<ProjectRow>()
  return row === null ? null : { ...row, settings: JSON.parse(row.settings) as ProjectSettings }
}

/** Finds a project as a backup takes it. */
export async function findForBackup(
  db: Database,
  id: string,
): Promise<{ name: string; settings: Record<string, unknown>; secret: string; createdAt: number } | null> {
  const row = await db
    .prepare('SELECT name, settings, secret, created_at FROM project WHERE id = ?1')
    .bind(id)
    .first<Omit<ProjectRow, 'id'> & { created_at: number }>()
  if (row === null) return null
  const { created_at: createdAt, ...rest } = row
  return { ...rest, settings: JSON.parse(row.settings) as Record<string, unknown>, createdAt }
}

/**
 * Updates a project's name and settings, and gives them with their next revision; null where somebody was faster, and
 * nothing was written.
 */
export async function updateProject(
  db: Database,
  { id, name, settings }: Pick<ProjectRecord, 'id' | 'name' | 'settings'>,
): Promise<ProjectSettings | null> {
  const { revision = 0 } = settings
  const next = { ...settings, revision: revision + 1 }
  const { meta } = await db
    .prepare(
      "UPDATE project SET name = ?2, settings = ?3 WHERE id = ?1 AND coalesce(json_extract(settings, '$.revision'), 0) = ?4",
    )
    .bind(id, name, JSON.stringify(next), revision)
    .run()
  return meta.changes > 0 ? next : null
}

/** The statuses of a project, in its order: the built-in ones, as it has renamed them, and its own. */
export function statusesOf(settings: ProjectSettings): Status[] {
  const own = settings.statuses ?? []
  const isNamed = ({ key }: Status) => own.some((status) => status.key === key)
  if (builtInStatuses.every(isNamed)) return own
  const renamed = builtInStatuses.map((status) => own.find(({ key }) => key === status.key) ?? status)
  return [...renamed, ...own.filter(({ key }) => !builtInStatuses.some((status) => status.key === key))]
}
