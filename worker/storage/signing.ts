import { type Database, runAlong } from './database.ts'

/** What a project signs receipts and links with: its own secret, until that is replaced for this. */
export interface Signing {
  secret: string
  /** When it took the place of another; epoch ms. */
  replacedAt: number | null
  /** The one before, and until when it is believed; epoch ms. */
  old: { secret: string; until: number } | null
}

/** As a query has it that joins `signing_secret`. */
export interface SigningRow {
  signing: string
  signing_at: number | null
  old_secret: string | null
  old_until: number | null
}

/** Joins what a project signs with; the columns are those of `SigningRow`. */
export const signingColumns =
  'coalesce(signing_secret.secret, project.secret) AS signing, signing_secret.made_at AS signing_at, signing_secret.old_secret, signing_secret.old_until'
export const joinSigning = 'LEFT JOIN signing_secret ON signing_secret.project = project.id'

export const toSigning = ({ signing, signing_at, old_secret, old_until }: SigningRow): Signing => ({
  secret: signing,
  replacedAt: signing_at,
  old: old_secret === null || old_until === null ? null : { secret: old_secret, until: old_until },
})

/** Finds what a project signs with. */
export async function findSigning(db: Database, project: string): Promise<Signing | null> {
  const row = await db
    .prepare(`SELECT ${signingColumns} FROM project ${joinSigning} WHERE project.id = ?1`)
    .bind(project)
    .first<SigningRow>()
  return row === null ? null : toSigning(row)
}

/**
 * Signs with another secret from now on, and believes the one before until `until`; one from before that is believed no
 * more. False where there is no such project, or it is the same secret again. `also` follows the change in its transaction.
 */
export async function replaceSigning(
  db: Database,
  { project, secret, now, until }: { project: string; secret: string; now: number; until: number },
  also: readonly D1PreparedStatement[],
): Promise<boolean> {
  const replace = db
    .prepare(
      `INSERT INTO signing_secret (project, secret, made_at, old_secret, old_until)
      SELECT id, ?2, ?3, secret, ?4 FROM project WHERE id = ?1
      ON CONFLICT (project) DO UPDATE SET old_secret = signing_secret.secret, old_until = excluded.old_until,
        secret = excluded.secret, made_at = excluded.made_at WHERE signing_secret.secret <> excluded.secret`,
    )
    .bind(project, secret, now, until)
  const { meta } = await runAlong(db, replace, also)
  return meta.changes > 0
}

/** Forgets the secrets that are believed no more. */
export async function wipeSigning(db: Database, now: number): Promise<void> {
  await db
    .prepare('UPDATE signing_secret SET old_secret = NULL, old_until = NULL WHERE old_until <= ?1')
    .bind(now)
    .run()
}
