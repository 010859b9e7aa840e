import { close } from '../actions/overlay.ts'
import { go } from '../address/address.ts'
import type { Failure } from '../collector/answer.ts'
import { deleteFeedback, enterFeedback } from '../collector/team.ts'
import { reload } from '../inbox/inbox.ts'
import { forget } from './delete.ts'
import { emptyEntry, type Entry, entry, submissionOf } from './entry.ts'
import { items, remember, triaged, undone } from './workspace.ts'

/** Sends what was typed; the form stays where it is not taken. Answers with why not. */
export async function enter(typed: Entry): Promise<Failure | null> {
  const answer = await enterFeedback(submissionOf(typed))
  if (!answer.ok) return answer.failure
  const item = answer.value
  entry.value = emptyEntry()
  items.put(item)
  close()
  go({ item: item.id })
  void reload()
  triaged.value += 1
  const title = `Added ${item.reference}`
  const back = async (): Promise<void> => {
    const deleted = await deleteFeedback(item.id)
    if (deleted.ok) {
      forget([item.id])
      // As it was, under an id of its own: the one that was deleted is never used again.
      entry.value = { ...typed, id: crypto.randomUUID() }
    }
    undone(title, deleted, back)
  }
  remember(title, back)
  return null
}
