import { signal } from '@preact/signals'
import { explain, type Answer } from '../collector/answer.ts'
import { patchFeedback, readFeedback } from '../collector/feedback.ts'
import { notify } from '../controls/notices.ts'
import { createItems } from './items.ts'
import { createTriage, type Report } from './triage.ts'

/** The one store of items that list, pane and keys share. */
export const items = createItems({ patch: patchFeedback, read: readFeedback })
export const triage = createTriage({ items, tell: report, progress })

/** Rises with every change that went through, for whoever counts. */
export const triaged = signal(0)

/** From this many on, it takes long enough to say how far it is. */
const progressMin = 30

function progress(title: string, done: number, total: number): void {
  if (total < progressMin) return
  notify({ tone: 'plain', text: `${title}: ${done.toLocaleString()} of ${total.toLocaleString()} so far` })
}

function report({ title, changed, conflicts, failed, retry }: Report, undone: boolean): void {
  if (changed.length > 0) triaged.value += 1
  const again = { label: 'Try again', run: () => void retry() }
  const [first] = failed
  if (first) {
    const { what, next } = explain(first.outcome.failure)
    const state = undone ? 'Not undone' : 'Not changed'
    notify({ tone: 'bad', text: `${state}: ${many(failed.length)}. ${what} ${next}`, action: again })
  } else if (conflicts.length > 0) {
    const text = `Somebody changed ${many(conflicts.length)} first. You now see what they did; your change was not made.`
    notify({ tone: 'notice', text, action: { label: 'Change it anyway', run: () => void retry() } })
  } else if (undone) {
    notify({ tone: 'plain', text: `Undone: ${title}` })
  } else {
    notify({ tone: 'plain', text: title, action: { label: 'Undo', key: 'u', run: () => void triage.undo() } })
  }
}

/** Says what was done, and keeps what takes it back; for changes that are no patch. */
export function remember(title: string, takeBack: () => Promise<void>): void {
  triage.remember(title, takeBack)
  notify({ tone: 'plain', text: title, action: { label: 'Undo', key: 'u', run: () => void triage.undo() } })
}

/** Says whether it was taken back. */
export function undone(title: string, answer: Answer<unknown>, again: () => Promise<void>): void {
  if (answer.ok) return notify({ tone: 'plain', text: `Undone: ${title}` })
  const { what, next } = explain(answer.failure)
  const action = { label: 'Try again', run: () => void again() }
  notify({ tone: 'bad', text: `Not undone: ${title}. ${what} ${next}`, action })
}

function many(count: number): string {
  return count === 1 ? '1 item' : `${count.toLocaleString()} items`
}
