import { mayEdit } from '../collector/session.ts'
import { notify } from '../controls/notices.ts'
import { openItem, targets } from '../inbox/inbox.ts'

/** Whether there is anything that a change could be made to. */
export const hasTargets = (): boolean =>
  mayEdit.value && (targets.value.length > 0 || targets.value.everything !== undefined)

/** Whether an item is open that may be changed. */
export const hasOpen = (): boolean => mayEdit.value && openItem.value.item !== undefined

/** What is ticked, else what is open; none where everything that matches is meant, which is said: one has to see what goes. */
export function tickedOrOpen(what: string): string[] {
  const meant = targets.peek()
  if (!meant.everything) return [...meant]
  notify({ tone: 'notice', text: `${what} takes items that you see. Select them one by one, or with Ctrl+A.` })
  return []
}
