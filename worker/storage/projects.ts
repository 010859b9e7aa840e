import {
  type BackupProject,
  builtInStatuses,
  type Retention,
  type Status,
  type WidgetConfig,
} from '../../sdk/wire/index.ts'
import { type Database, runAlong } from './database.ts'
import { joinSigning, type Signing, signingColumns, type SigningRow, toSigning } from './signing.ts'

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
  /** The ids of persons and the marks of erasures are made with it: it stays. Leaves the collector in backups alone. */
  secret: string
  /** What receipts and links are signed with. */
  signing: Signing
}

/** A project that is to be made: it signs with its own secret at first. */
export type NewProjectRecord = Omit<ProjectRecord, 'signing'>

interface ProjectRow extends SigningRow {
  id: string
  name: string
  settings: string
  secret: string
}

/** The statement that inserts a project, for a transaction: it comes with keys and an admin. */
export const insertProjectStatement = (db: Database, project: NewProjectRecord, now: number): D1PreparedStatement =>
  db
    .prepare('INSERT INTO project (id, name, settings, secret, created_at) VALUES (?1, ?2, ?3, ?4, ?5)')
    .bind(project.id, project.name, JSON.stringify(project.settings), project.secret, now)

/** Finds a project by its id. */
export async function findProject(db: Database, id: string): Promise<ProjectRecord | null> {
  const row = await db
    .prepare(
      `SELECT project.id, project.name, project.settings, project.secret, ${signingColumns}
      FROM project ${joinSigning} WHERE project.id = ?1`,
    )
    .bind(id)
    .first<ProjectRow>()
  if (row === null) return null
  const { name, settings, secret } = row
  return { id, name, settings: JSON.parse(settings) as ProjectSettings, secret, signing: toSigning(row) }
}

/** Finds a project as a backup takes it. */
export async function findForBackup(db: Database, id: string): Promise<BackupProject | null> {
  const row = await db
    .prepare(
      `SELECT name, settings, secret, created_at AS createdAt,
        (SELECT secret FROM signing_secret WHERE signing_secret.project = project.id) AS signing
      FROM project WHERE id = ?1`,
    )
    .bind(id)
    .first<{ name: string; settings: string; secret: string; createdAt: number; signing: string | null }>()
  if (row === null) return null
  const { signing, settings, ...rest } = row
  return {
    ...rest,
    settings: JSON.parse(settings) as Record<string, unknown>,
    ...(signing !== null && { signing }),
  }
}

/**
 * Updates a project's name and settings, and gives them with their next revision; null where somebody was faster, and
 * nothing was written. `also` follows the change in its transaction.
 */
export async function updateProject(
  db: Database,
  { id, name, settings }: Pick<ProjectRecord, 'id' | 'name' | 'settings'>,
  also: readonly D1PreparedStatement[] = [],
): Promise<ProjectSettings | null> {
  const { revision = 0 } = settings
  const next = { ...settings, revision: revision + 1 }
  const update = db
    .prepare(
      "UPDATE project SET name = ?2, settings = ?3 WHERE id = ?1 AND coalesce(json_extract(settings, '$.revision'), 0) = ?4",
    )
    .bind(id, name, JSON.stringify(next), revision)
  const { meta } = await runAlong(db, update, also)
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
