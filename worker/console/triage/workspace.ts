import { signal } from '@preact/signals'
import { explain, type Answer } from '../collector/answer.ts'
import { bulkFeedback } from '../collector/bulk.ts'
import { readFeedback } from '../collector/feedback.ts'
import { notify } from '../controls/notices.ts'
import { selected } from '../inbox/selected.ts'
import { createItems } from './items.ts'
import { createTriage, type Report, type Running } from './triage.ts'

/** The one store of items that list, pane and keys share. */
export const items = createItems({ bulk: (changes) => bulkFeedback({ changes }), read: readFeedback })
export const triage = createTriage({
  items,
  bulk: bulkFeedback,
  begun: () => {
    selected.value = new Set()
  },
  tell: report,
  progress,
})

/** Rises with every change that went through, for whoever counts. */
export const triaged = signal(0)

function progress({ done, total, stop }: Running): void {
  notify({
    tone: 'plain',
    text: `${done.toLocaleString()} of ${many(total)} so far`,
    progress: done / total,
    ...(stop && { action: { label: 'Stop', run: stop } }),
  })
}

/** What was taken back since the connection went: asked for again together, or not at all. */
let unsent: { count: number; retry: () => Promise<void> }[] = []

async function sendAgain(): Promise<void> {
  const all = unsent
  unsent = []
  for (const { retry } of all) await retry()
}

function report({ title, changed, conflicts, failed, stopped, retry }: Report, undone: boolean): void {
  if (changed.length > 0) triaged.value += 1
  const undo = { label: 'Undo', key: 'u', run: () => void triage.undo() }
  const again = (label: string) => (retry ? { action: { label, run: () => void retry() } } : { action: undo })
  const isCutOff = failed?.failure.because === 'unreachable' && !undone && retry !== null
  if (!isCutOff) unsent = []
  if (failed) {
    const { what, next } = explain(failed.failure)
    const state = undone ? 'Not undone' : 'Not changed'
    if (isCutOff) unsent.push({ count: failed.count, retry })
    const count = isCutOff ? unsent.reduce((sum, one) => sum + one.count, 0) : failed.count
    const action = isCutOff ? { action: { label: 'Try again', run: () => void sendAgain() } } : again('Try again')
    notify({ tone: 'bad', text: `${state}: ${many(count)}. ${what} ${next}`, ...action })
  } else if (stopped > 0) {
    const text = `Stopped: ${many(changed.length)} changed, ${many(stopped)} left as they were.`
    notify({ tone: 'notice', text, action: undo })
  } else if (conflicts.length > 0 && undone) {
    const text = `Undone, but for ${many(conflicts.length)} that somebody changed since.`
    notify({ tone: 'notice', text, ...again('Undo these too') })
  } else if (conflicts.length > 0) {
    const others = changed.length > 0 ? ` The other ${changed.length.toLocaleString()} are changed.` : ''
    const text = `Somebody changed ${many(conflicts.length)} first. You now see what they did; your change was not made.${others}`
    notify({ tone: 'notice', text, ...again('Change it anyway') })
  } else if (undone) {
    notify({ tone: 'plain', text: `Undone: ${title}` })
  } else if (changed.length === 0) {
    notify({ tone: 'plain', text: 'Nothing was changed: all of them stood so already.' })
  } else {
    notify({ tone: 'plain', text: title, action: undo })
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
