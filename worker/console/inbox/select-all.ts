import { effect, signal, untracked } from '@preact/signals'
import { filters, listQuery } from '../address/address.ts'
import { explain } from '../collector/answer.ts'
import { countFeedback } from '../collector/feedback.ts'
import { notify } from '../controls/notices.ts'
import { items } from '../triage/workspace.ts'
import { list, shownIds } from './inbox.ts'
import { unmatched } from './match.ts'
import { everything, selected, selectEverything } from './selected.ts'

/** True while it is being counted how many everything is. */
export const counting = signal(false)

/** Whether more match than are ticked, and can be meant without listing them. Loosened words never can. */
export function mayMeanMore(): boolean {
  const total = list.total.value
  return !everything.value && !list.relaxed.value && total !== null && total.count > selected.value.size
}

/** What was ticked as everything loaded; the list may have grown since. */
let wasLoaded: ReadonlySet<string> | null = null

/** Ticks everything loaded; where that is ticked already, everything that matches. */
export function selectLoaded(): void {
  const loaded = shownIds.peek()
  const isTicked = selected.peek() === wasLoaded || loaded.every((id) => selected.peek().has(id))
  if (mayMeanMore() && isTicked) {
    void selectAllMatching()
    return
  }
  wasLoaded = new Set(loaded)
  selected.value = wasLoaded
}

/** Selects all that matches, after counting it exactly. */
export async function selectAllMatching(): Promise<void> {
  if (counting.peek()) return
  const query = listQuery.peek()
  counting.value = true
  const answer = await countFeedback(new URLSearchParams(query))
  counting.value = false
  // Somebody went on to another list meanwhile.
  if (query !== listQuery.peek()) return
  if (answer.ok) selectEverything(matching(shownIds.peek()), { query, count: answer.value.count })
  else notify({ tone: 'bad', text: `Not selected. ${explain(answer.failure).what}` })
}

/** What is still listed though it no longer matches is not meant. */
function matching(ids: readonly string[]): string[] {
  return ids.filter((id) => {
    const item = items.get(id)?.peek()
    return item !== undefined && unmatched(item, filters.peek()) === null
  })
}

/** Rows that are listed later belong to everything that matches, too; call once. */
export function followSelection(): void {
  effect(() => {
    const ids = matching(shownIds.value)
    const all = everything.value
    if (all && ids.some((id) => !selected.peek().has(id))) untracked(() => selectEverything(ids, all))
  })
}
