import type { FeedbackPatch, Status } from '../../sdk/wire/index.ts'
import { done, failed, type Outcome } from '../failure.ts'
import { serverLimits } from '../limits.ts'
import { referenceOf } from '../storage/reference.ts'
import type { Triage } from '../storage/facets.ts'

/** Whether the project knows the status that a patch sets; `path` says where the patch stands in the body. */
export function checkPatch(patch: FeedbackPatch, statuses: readonly Status[], path = ''): Outcome<FeedbackPatch> {
  if (patch.status === undefined || statuses.some(({ key }) => key === patch.status)) return done(patch)
  const known = statuses.map(({ key }) => key).join(', ')
  return failed('invalid', `This project has no status '${patch.status}'. It has: ${known}.`, {
    issues: [{ path: `${path}status`, reason: 'unknown status' }],
  })
}

/** An item's triage under a patch; what the patch leaves out stays. */
export function patchTriage(before: Triage, patch: FeedbackPatch): Triage {
  const labels = new Set(patch.labels ?? before.labels)
  for (const label of patch.addLabels ?? []) labels.add(label)
  for (const label of patch.removeLabels ?? []) labels.delete(label)
  return {
    ...before,
    status: patch.status ?? before.status,
    labels: [...labels].sort(),
    assignee: patch.assignee === undefined ? before.assignee : patch.assignee,
    spam: patch.spam ?? before.spam,
  }
}

/** A failure where one of these would get more labels than an item may have; one that has more already may lose some. */
export function checkLabels(changes: readonly { row: { id: string }; before: Triage; after: Triage }[]): Outcome<null> {
  const most = serverLimits.labelsMax
  const [first, ...others] = changes.filter(
    ({ before, after }) => after.labels.length > most && after.labels.length > before.labels.length,
  )
  if (first === undefined) return done(null)
  const name = referenceOf(first.row.id)
  const over = `would have more than ${most} labels`
  const what = others.length === 0 ? `${name} ${over}` : `${others.length + 1} items ${over}, ${name} among them`
  return failed('invalid', `${what}. Take some away first; this request changed nothing.`, {
    issues: [{ path: 'addLabels', reason: `an item has ${most} labels at most` }],
  })
}

/** The patch that leads from one triage to another; null where they are the same. */
export function patchBetween(from: Triage, to: Triage): FeedbackPatch | null {
  const patch: FeedbackPatch = {}
  if (to.status !== from.status) patch.status = to.status
  if (to.assignee !== from.assignee) patch.assignee = to.assignee
  if (to.spam !== from.spam) patch.spam = to.spam
  const added = to.labels.filter((label) => !from.labels.includes(label))
  const removed = from.labels.filter((label) => !to.labels.includes(label))
  if (added.length > 0) patch.addLabels = added
  if (removed.length > 0) patch.removeLabels = removed
  return Object.keys(patch).length > 0 ? patch : null
}
