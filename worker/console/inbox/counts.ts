import { effect, signal } from '@preact/signals'
import type { ViewCounts } from '../../../sdk/wire/index.ts'
import { countViews } from '../collector/views.ts'
import { triaged } from '../triage/workspace.ts'
import { savedViews } from '../views/saved.ts'
import { newSince } from '../views/visit.ts'
import { list } from './inbox.ts'

/** Triage comes in bursts; the counts follow when it pauses. */
const settleMs = 800
/** The first count waits this long for the views and the visit, so that it is asked for once. */
const beginMs = 150

/** How many items every view of the side bar lists; null until it is known. */
export const counts = signal<ViewCounts | null>(null)

export async function loadCounts(): Promise<void> {
  const answer = await countViews(newSince.peek())
  // Where it fails the counts stay as they were: the view itself says what is wrong when it is opened.
  if (answer.ok) counts.value = answer.value
}

/** Counts anew whenever something may have moved: triage, another view, another visit, newcomers. */
export function startCounts(): void {
  let timer: ReturnType<typeof setTimeout> | undefined
  effect(() => {
    void triaged.value
    void savedViews.value
    void newSince.value
    void list.newcomers.value
    clearTimeout(timer)
    timer = setTimeout(() => void loadCounts(), counts.peek() === null ? beginMs : settleMs)
  })
}
