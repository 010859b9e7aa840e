import type { FeedbackPatch } from '../../../../sdk/wire/index.ts'
import { type Failure } from '../../collector/answer.ts'
import { changeMany } from '../../collector/project.ts'
import { everywhere } from './settings.ts'

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
  let cursor: string | null = null
  do {
    const answer: Awaited<ReturnType<typeof changeMany>> = await changeMany({
      filter,
      patch,
      ...(cursor !== null && { cursor }),
    })
    if (!answer.ok) return { ok: false, changed, failure: answer.failure }
    changed += answer.value.changed
    cursor = answer.value.cursor
    onProgress(changed)
  } while (cursor !== null)
  return { ok: true, changed }
}
