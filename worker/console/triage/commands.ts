import { project } from '../collector/session.ts'
import { notify } from '../controls/notices.ts'
import { plural } from '../controls/total.ts'
import { openId, view } from '../address/address.ts'
import { writeView } from '../address/view.ts'
import { targets } from '../inbox/inbox.ts'
import type { Targets } from './everything.ts'
import { items, triage } from './workspace.ts'

/** What people mean by "this": the ticked items, else the open one. */

export function setStatus(key: string): void {
  const label = project.value?.statuses.find((status) => status.key === key)?.label ?? key
  const ids = targets.value
  void triage.apply(ids, { status: key }, `Marked ${named(ids)} as ${label.toLowerCase()}`)
}

/** A label that is new is known to the project once an item has it, without asking again. */
export async function addLabel(label: string): Promise<void> {
  const ids = targets.value
  const before = project.peek()
  await triage.apply(ids, { addLabels: [label] }, `Labelled ${named(ids)} ${label}`)
  const current = project.peek()
  if (current === null || current.id !== before?.id || current.labels.includes(label)) return
  const isOn = ids.some((id) => items.get(id)?.value.labels.includes(label))
  if (isOn) project.value = { ...current, labels: [...current.labels, label] }
}

export function removeLabel(label: string, ids = targets.value): void {
  void triage.apply(ids, { removeLabels: [label] }, `Took ${label} off ${named(ids)}`)
}

/** Marks as spam what is not all spam yet, else takes the mark off. */
export function markSpam(): void {
  setSpam(!targets.value.every((id) => items.get(id)?.value.spam))
}

/** Puts into the spam tray or takes out of it, for a button that says which. */
export function setSpam(spam: boolean, ids = targets.value): void {
  void triage.apply(ids, { spam }, `Marked ${named(ids)} as ${spam ? 'spam' : 'not spam'}`)
}

/** The item alone, without the filters it was found by. */
export async function copyLink(): Promise<void> {
  const link = new URL(
    location.pathname + writeView({ ...view.value, filters: new Map(), item: openId.value }),
    location.href,
  )
  try {
    await navigator.clipboard.writeText(link.href)
    notify({ tone: 'plain', text: 'Link copied' })
  } catch {
    // The browser or the person said no: the address bar has the same link.
    notify({ tone: 'notice', text: 'The browser did not allow copying. The address bar holds the link.' })
  }
}

/** What is changed, in words: `it`, or `12 items`. */
export function named(ids: Targets): string {
  const count = ids.everything?.count ?? ids.length
  return count === 1 ? 'it' : plural(count, 'item')
}
