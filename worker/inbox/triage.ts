import type { FeedbackPatch, Status } from '../../sdk/wire/index.ts'
import { done, failed, type Outcome } from '../failure.ts'
import type { Triage } from '../storage/facets.ts'

/** Applies a patch to an item's triage; what the patch leaves out stays. */
export function applyPatch(before: Triage, patch: FeedbackPatch, statuses: readonly Status[]): Outcome<Triage> {
  if (patch.status !== undefined && !statuses.some(({ key }) => key === patch.status)) {
    const known = statuses.map(({ key }) => key).join(', ')
    return failed('invalid', `This project has no status '${patch.status}'. It has: ${known}.`, {
      issues: [{ path: 'status', reason: 'unknown status' }],
    })
  }
  const labels = new Set(patch.labels ?? before.labels)
  for (const label of patch.addLabels ?? []) labels.add(label)
  for (const label of patch.removeLabels ?? []) labels.delete(label)
  return done({
    ...before,
    status: patch.status ?? before.status,
    labels: [...labels].sort(),
    assignee: patch.assignee === undefined ? before.assignee : patch.assignee,
    spam: patch.spam ?? before.spam,
  })
}
