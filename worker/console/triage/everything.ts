import type { BulkRequest, BulkResult, FeedbackPatch } from '../../../sdk/wire/index.ts'
import type { Answer, Failure } from '../collector/answer.ts'
import type { Items } from './items.ts'
import { movedBy } from './sender.ts'

/** All that matches a query, listed or not. */
export interface Everything {
  /** The list's own query string. */
  query: string
  count: number
}

/** Ids to change. Where `everything` is set they are only the listed part of it, and all of it is meant. */
export interface Targets extends ReadonlyArray<string> {
  readonly everything?: Everything
}

/** What takes one item back: `change` is where the change brought it, null until that is known. */
export interface Back {
  patch: FeedbackPatch
  change: number | null
}

/** What came of a change by filter, as far as it went. */
export interface Progress {
  changed: string[]
  unchanged: number
  conflicts: string[]
  back: Map<string, Back>
  /** Where to go on; null at the end. */
  cursor: string | null
  failure: Failure | null
}

export interface FilterChange {
  everything: Everything
  /** What is listed of it: changed on the screen at once. */
  listed: readonly string[]
  patch: FeedbackPatch
  /** Where an earlier run stopped. */
  cursor: string | null
  isStopped: () => boolean
  /** Called after every page but the last with how many were looked at. */
  progress: (done: number) => void
}

/** Changes all that matches, page by page, until the end, a failure, or a stop between two pages. */
export async function changeByFilter(
  items: Items,
  bulk: (request: BulkRequest) => Promise<Answer<BulkResult>>,
  { everything, listed, patch, cursor, isStopped, progress }: FilterChange,
): Promise<Progress> {
  const done: Progress = { changed: [], unchanged: 0, conflicts: [], back: new Map(), cursor, failure: null }
  await items.exclusively(listed, patch, async () => {
    do {
      const from = done.cursor === null ? {} : { cursor: done.cursor }
      const answer = await bulk({ filter: everything.query, patch, ...from })
      if (!answer.ok) {
        done.failure = answer.failure
        return
      }
      await take(items, done, answer.value, patch)
      if (done.cursor !== null) progress(done.changed.length + done.unchanged + done.conflicts.length)
    } while (done.cursor !== null && !isStopped())
  })
  return done
}

async function take(items: Items, done: Progress, result: BulkResult, patch: FeedbackPatch): Promise<void> {
  for (const change of result.undo) {
    for (const { id, change: at = null } of change.items) done.back.set(id, { patch: change.patch, change: at })
  }
  const moved = movedBy(result.undo)
  done.changed.push(...moved.keys())
  done.unchanged += result.unchanged
  done.conflicts.push(...result.conflicts)
  done.cursor = result.cursor
  await Promise.all([...moved].map(([id, { from, to }]) => items.confirm(id, patch, from, to)))
}
