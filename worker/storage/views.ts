import type { SavedView } from '../../sdk/wire/index.ts'
import { type Database, runAlong } from './database.ts'

/** A saved view to be written. */
export interface SavedViewRecord extends Pick<SavedView, 'id' | 'name' | 'query' | 'visibility' | 'owner'> {
  project: string
}

interface SavedViewRow extends Omit<SavedViewRecord, 'project'> {
  owner_name: string | null
  created_at: number
  updated_at: number
}

function toSavedView(row: SavedViewRow): SavedView {
  return {
    id: row.id,
    name: row.name,
    query: row.query,
    visibility: row.visibility,
    owner: row.owner,
    ownerName: row.owner_name,
    createdAt: new Date(row.created_at).toISOString(),
    updatedAt: new Date(row.updated_at).toISOString(),
  }
}

/** Whoever asks, `?2`, sees what is shared and what is their own. */
const seen = `FROM saved_view LEFT JOIN member ON member.id = saved_view.owner
  WHERE saved_view.project = ?1 AND (saved_view.visibility = 'shared' OR saved_view.owner = ?2)`

const columns = `saved_view.id, saved_view.name, saved_view.query, saved_view.visibility, saved_view.owner,
  member.name AS owner_name, saved_view.created_at, saved_view.updated_at`

/** Lists the views that a member sees, by name; without a member the shared ones. */
export async function listViews(db: Database, project: string, member: string | null): Promise<SavedView[]> {
  const { results } = await db
    .prepare(`SELECT ${columns} ${seen} ORDER BY lower(saved_view.name), saved_view.created_at`)
    .bind(project, member)
    .all<SavedViewRow>()
  return results.map(toSavedView)
}

/** Finds one view that a member sees. */
export async function findView(
  db: Database,
  project: string,
  id: string,
  member: string | null,
): Promise<SavedView | null> {
  const row = await db
    .prepare(`SELECT ${columns} ${seen} AND saved_view.id = ?3`)
    .bind(project, member, id)
    .first<SavedViewRow>()
  return row === null ? null : toSavedView(row)
}

/**
 * Inserts a view; false where there are `most` of its owner and visibility already. Here and below `also` follows the
 * change in its transaction.
 */
export async function insertView(
  db: Database,
  view: SavedViewRecord,
  now: number,
  most: number,
  also: readonly D1PreparedStatement[] = [],
): Promise<boolean> {
  const insert = db
    .prepare(
      `INSERT INTO saved_view (project, id, name, query, visibility, owner, created_at, updated_at)
      SELECT ?1, ?2, ?3, ?4, ?5, ?6, ?7, ?7 WHERE (SELECT count(*) FROM saved_view
        WHERE project = ?1 AND visibility = ?5 AND (visibility = 'shared' OR owner = ?6)) < ?8`,
    )
    .bind(view.project, view.id, view.name, view.query, view.visibility, view.owner, now, most)
  const { meta } = await runAlong(db, insert, also)
  return meta.changes > 0
}

/** Updates what a view is called, lists and is seen by; false when it is gone. */
export async function updateView(
  db: Database,
  view: SavedViewRecord,
  now: number,
  also: readonly D1PreparedStatement[] = [],
): Promise<boolean> {
  const update = db
    .prepare(
      `UPDATE saved_view SET name = ?3, query = ?4, visibility = ?5, owner = ?6, updated_at = ?7
      WHERE project = ?1 AND id = ?2`,
    )
    .bind(view.project, view.id, view.name, view.query, view.visibility, view.owner, now)
  const { meta } = await runAlong(db, update, also)
  return meta.changes > 0
}

/** Deletes a view; false when there was none. */
export async function deleteView(
  db: Database,
  project: string,
  id: string,
  also: readonly D1PreparedStatement[] = [],
): Promise<boolean> {
  const remove = db.prepare('DELETE FROM saved_view WHERE project = ?1 AND id = ?2').bind(project, id)
  const { meta } = await runAlong(db, remove, also)
  return meta.changes > 0
}
