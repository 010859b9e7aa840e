import type { ProjectPatch } from '../../sdk/wire/index.ts'
import { readOrigins } from '../admission/origin.ts'
import { done, failed, type Outcome } from '../failure.ts'
import type { Database } from '../storage/database.ts'
import { deleteLabels, listLabels } from '../storage/labels.ts'
import { listEnvironments } from '../storage/names.ts'
import { findProject, type ProjectRecord, statusesOf, updateProject } from '../storage/projects.ts'
import { countUsage } from '../storage/usage.ts'

/** How often a change is tried anew that says nothing of what it has seen. */
const attempts = 5

const notYours = failed('not-found', 'There is no such project, or it is not yours.')
const conflict = failed('conflict', 'Somebody changed these settings meanwhile. Read them again, then change them.')

/**
 * Changes a project's settings. `seen` is the revision that the caller knows, or null; nothing of what somebody else
 * sets at the same time is lost either way. What `along` gives follows the change in its transaction.
 */
export async function changeProject(
  db: Database,
  id: string,
  patch: ProjectPatch,
  seen: string | null,
  along: (before: ProjectRecord, after: ProjectRecord) => readonly D1PreparedStatement[],
): Promise<Outcome<ProjectRecord>> {
  for (let attempt = 0; attempt < attempts; attempt++) {
    const record = await findProject(db, id)
    if (record === null) return notYours
    if (seen !== null && seen !== String(record.settings.revision ?? 0)) return conflict
    const changed = applyPatch(record, patch)
    if (!changed.ok) return changed
    const inUse = await refuseRemoved(db, record, changed.value)
    if (inUse !== null) return inUse
    const settings = await updateProject(db, changed.value, along(record, changed.value))
    if (settings === null) continue
    if (patch.labels !== undefined) await forgetLabels(db, id, patch.labels)
    return done({ ...changed.value, settings })
  }
  return conflict
}

function applyPatch(record: ProjectRecord, patch: ProjectPatch): Outcome<ProjectRecord> {
  const { name, widget, labels, origins, ...settings } = patch
  const admitted = origins === undefined ? done(undefined) : readOrigins(origins)
  if (!admitted.ok) return admitted
  return done({
    ...record,
    name: name ?? record.name,
    settings: {
      ...record.settings,
      ...settings,
      ...(admitted.value && { origins: admitted.value }),
      ...(labels && { labels: [...new Set(labels)].sort() }),
      widget: { ...record.settings.widget, ...widget },
    },
  })
}

/** A status that items stand in cannot go: they would stand nowhere. */
async function refuseRemoved(db: Database, before: ProjectRecord, after: ProjectRecord) {
  const kept = new Set(statusesOf(after.settings).map(({ key }) => key))
  const removed = statusesOf(before.settings).filter(({ key }) => !kept.has(key))
  if (removed.length === 0) return null
  const environments = await listEnvironments(db, before.id)
  if (environments.length === 0) return null
  const of = { project: before.id, environments }
  const usage = await countUsage(
    db,
    of,
    'status',
    removed.map(({ key }) => key),
  )
  const used = usage.find(({ count }) => count > 0)
  if (used === undefined) return null
  const label = removed.find(({ key }) => key === used.value)?.label
  const howMany = `${used.exact ? '' : 'at least '}${used.count} ${used.count === 1 ? 'item stands' : 'items stand'}`
  return failed('conflict', `${howMany} in “${label}”. Move them to another status first, then remove it.`)
}

/** Labels that are no longer offered and that no item carries are listed no more. */
async function forgetLabels(db: Database, project: string, offered: readonly string[]): Promise<void> {
  const known = await listLabels(db, project)
  const left = known.filter((label) => !offered.includes(label))
  const environments = await listEnvironments(db, project)
  const usage =
    left.length === 0 || environments.length === 0 ? [] : await countUsage(db, { project, environments }, 'label', left)
  const carried = new Set(usage.filter(({ count }) => count > 0).map(({ value }) => value))
  const gone = left.filter((label) => !carried.has(label))
  if (gone.length > 0) await deleteLabels(db, project, gone)
}
