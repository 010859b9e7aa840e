import type { FeedbackPatch } from '../../../../sdk/wire/index.ts'
import { type Failure } from '../../collector/answer.ts'
import { bulkFeedback } from '../../collector/bulk.ts'
import { everywhere } from './settings.ts'

const passesMax = 3

/** What came of changing all items of a status or a label. */
export type Moved = { ok: true; changed: number } | { ok: false; changed: number; failure: Failure }

/**
 * Makes the same change to every item that has a status or carries a label. Wherever it breaks off, a repeat finds the
 * rest. `onProgress` hears how many are done.
 */
export async function moveAll(
  name: 'status' | 'label',
  value: string,
  patch: FeedbackPatch,
  onProgress: (changed: number) => void,
): Promise<Moved> {
  const filter = everywhere(name, value).toString()
  let changed = 0
  let missed = 0
  let passes = 0
  let cursor: string | null = null
  do {
    if (cursor === null) missed = 0
    const answer: Awaited<ReturnType<typeof bulkFeedback>> = await bulkFeedback({
      filter,
      patch,
      ...(cursor !== null && { cursor }),
    })
    if (!answer.ok) return { ok: false, changed, failure: answer.failure }
    changed += answer.value.changed
    missed += answer.value.conflicts.length
    cursor = answer.value.cursor
    if (cursor === null) passes++
    onProgress(changed)
    // Those that somebody else changed at that moment are found once more.
  } while (cursor !== null || (missed > 0 && passes < passesMax))
  return { ok: true, changed }
}
