import type { Feedback, FeedbackPatch } from '../../../sdk/wire/index.ts'

/** The item as it will be once the collector has taken the patch. */
export function patched(item: Feedback, patch: FeedbackPatch): Feedback {
  const next: Feedback = { ...item, labels: patchedLabels(item.labels, patch) }
  if (patch.status !== undefined) next.status = patch.status
  if (patch.spam !== undefined) next.spam = patch.spam
  if (patch.assignee === null) delete next.assignee
  else if (patch.assignee !== undefined) next.assignee = patch.assignee
  return next
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
