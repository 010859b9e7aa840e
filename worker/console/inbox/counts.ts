import { computed, effect, signal } from '@preact/signals'
import type { ViewCounts } from '../../../sdk/wire/index.ts'
import { returns } from '../collector/connection.ts'
import { countViews } from '../collector/views.ts'
import { triaged } from '../triage/workspace.ts'
import { areAsked, savedViews } from '../views/saved.ts'
import { isAsked, newSince } from '../views/visit.ts'
import { list } from './inbox.ts'

/** Triage comes in bursts; the counts follow when it pauses. */
const settleMs = 800

/** How many items every view of the side bar lists; null until it is known. */
export const counts = signal<ViewCounts | null>(null)

export async function loadCounts(): Promise<void> {
  const answer = await countViews(newSince.peek())
  // Where it fails the counts stay as they were: the view itself says what is wrong when it is opened.
  if (answer.ok) counts.value = answer.value
}

let followed = triaged.peek()

/** The count of the list itself follows triage, too: what came in meanwhile is told of beside it. */
function follow(): void {
  void loadCounts()
  if (followed === triaged.peek()) return
  followed = triaged.peek()
  void list.recount()
}

const newcomers = computed(() => list.newcomers.value.count)

/** Counts anew whenever something may have moved: triage, another view, another visit, newcomers. */
export function startCounts(): void {
  let timer: ReturnType<typeof setTimeout> | undefined
  effect(() => {
    void [triaged.value, savedViews.value, newSince.value, newcomers.value, returns.value]
    // The views and the visit say what to count; without them it would be asked for twice.
    if (!areAsked.value || !isAsked.value) return
    clearTimeout(timer)
    timer = setTimeout(follow, counts.peek() === null ? 0 : settleMs)
  })
}
