import type { Feedback, FeedbackPatch, TeamNote } from '../../../sdk/wire/index.ts'

/** What is on its way: a patch, or one of the changes that have an address of their own. */
export interface Showing extends FeedbackPatch {
  mergedInto?: string | null
  addNote?: TeamNote
  /** By id. */
  removeNote?: string
}

/** The item as it will be once the collector has taken the patch. */
export function patched(item: Feedback, patch: Showing): Feedback {
  const next: Feedback = { ...item, labels: patchedLabels(item.labels, patch) }
  if (patch.status !== undefined) next.status = patch.status
  if (patch.spam !== undefined) next.spam = patch.spam
  if (patch.assignee === null) delete next.assignee
  else if (patch.assignee !== undefined) next.assignee = patch.assignee
  if (patch.mergedInto === null) delete next.mergedInto
  else if (patch.mergedInto !== undefined) next.mergedInto = patch.mergedInto
  return patch.addNote || patch.removeNote !== undefined ? withNotes(next, patch) : next
}

function withNotes(item: Feedback, { addNote, removeNote }: Showing): Feedback {
  const kept = (item.teamNotes ?? []).filter(({ id }) => id !== removeNote)
  const isThere = kept.some(({ id }) => id === addNote?.id)
  return { ...item, teamNotes: addNote && !isThere ? [...kept, addNote] : kept }
}

function patchedLabels(labels: string[], patch: FeedbackPatch): string[] {
  const kept = (patch.labels ?? labels).filter((label) => !patch.removeLabels?.includes(label))
  return [...new Set([...kept, ...(patch.addLabels ?? [])])]
}

/** What takes the patch back, or null where it changes nothing. */
export function inverse(item: Feedback, patch: FeedbackPatch): FeedbackPatch | null {
  const back: FeedbackPatch = {}
  if (patch.status !== undefined && patch.status !== item.status) back.status = item.status
  if (patch.spam !== undefined && patch.spam !== (item.spam ?? false)) back.spam = item.spam ?? false
  if (patch.assignee !== undefined && patch.assignee !== (item.assignee ?? null)) back.assignee = item.assignee ?? null
  const after = patchedLabels(item.labels, patch)
  const added = after.filter((label) => !item.labels.includes(label))
  const removed = item.labels.filter((label) => !after.includes(label))
  if (added.length > 0) back.removeLabels = added
  if (removed.length > 0) back.addLabels = removed
  return Object.keys(back).length > 0 ? back : null
}

/** Adding and removing labels commutes with what others do; everything else replaces what they set. */
export function replaces(patch: FeedbackPatch): boolean {
  const { status, spam, labels, assignee } = patch
  return [status, spam, labels, assignee].some((value) => value !== undefined)
}

/** Whether two states of an item are the same to whatever a patch can set. */
export function sameTriage(one: Feedback, other: Feedback): boolean {
  const of = ({ status, spam = false, assignee = '', labels }: Feedback) =>
    [status, String(spam), assignee, ...[...labels].sort()].join('\n')
  return of(one) === of(other)
}
