import { mayEdit } from '../collector/session.ts'
import { openItem, targets } from '../inbox/inbox.ts'

/** Whether there is anything that a change could be made to. */
export const hasTargets = (): boolean => mayEdit.value && targets.value.length > 0

/** Whether an item is open that may be changed. */
export const hasOpen = (): boolean => mayEdit.value && openItem.value.item !== undefined
