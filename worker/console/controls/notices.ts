import { signal } from '@preact/signals'
import { isolate } from './isolate.ts'

export interface Notice {
  id: number
  tone: 'plain' | 'notice' | 'bad'
  text: string
  /** How far something is, 0 to 1: the notice stays until another one takes its place. */
  progress?: number
  action?: { label: string; key?: string; run: () => void }
}

/** Long enough to read and to reach for Undo; a failure stays until it is closed. */
const shownMs = 6_000

/** What is being said at the foot of the screen; one at a time, the latest wins. */
export const notice = signal<Notice | null>(null)
let last = 0

export function notify(next: Omit<Notice, 'id'>): void {
  last += 1
  const id = last
  notice.value = { id, ...next, text: isolate(next.text) }
  if (next.tone !== 'bad' && next.progress === undefined) setTimeout(() => dismiss(id), shownMs)
}

export function dismiss(id: number): void {
  if (notice.value?.id === id) notice.value = null
}
