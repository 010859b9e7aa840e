import { limits, type BulkChange, type BulkResult, type FeedbackPatch } from '../../../sdk/wire/index.ts'
import type { Answer, Failure } from '../collector/answer.ts'
import { createLimiter } from './limiter.ts'

/** What is to become of one item; with `change`, only where it still stands there. */
export interface Wish {
  id: string
  patch: FeedbackPatch
  change?: number | undefined
}

/** What the collector said to it. */
export type Sent =
  | { result: 'changed'; from: number; to: number }
  | { result: 'unchanged' | 'conflict' }
  | { result: 'failed'; failure: Failure }

interface Waiting {
  wish: Wish
  settle: (sent: Sent) => void
}

/** Requests in flight at once: the collector has one writer, and a small change need not wait for a large one. */
const concurrency = 2

/** Sends changes. What is wished in one breath goes out in one request, so that two hundred rows are not two hundred. */
export function createSender(send: (changes: BulkChange[]) => Promise<Answer<BulkResult>>) {
  const limited = createLimiter(concurrency)
  let waiting: Waiting[] = []

  async function sendChunk(chunk: readonly Waiting[]): Promise<void> {
    const answer = await send(changesOf(chunk.map(({ wish }) => wish)))
    if (!answer.ok) {
      for (const { settle } of chunk) settle({ result: 'failed', failure: answer.failure })
      return
    }
    const conflicts = new Set(answer.value.conflicts)
    const moved = movedBy(answer.value.undo)
    for (const { wish, settle } of chunk) {
      settle(moved.get(wish.id) ?? { result: conflicts.has(wish.id) ? 'conflict' : 'unchanged' })
    }
  }

  function flush(): void {
    const all = waiting
    waiting = []
    for (let start = 0; start < all.length; start += limits.bulkMax) {
      void limited(() => sendChunk(all.slice(start, start + limits.bulkMax)))
    }
  }

  return (wish: Wish): Promise<Sent> =>
    new Promise((settle) => {
      if (waiting.length === 0) queueMicrotask(flush)
      waiting.push({ wish, settle })
    })
}

/** Which items an answer says it changed. */
export function movedBy(undo: readonly BulkChange[]): Map<string, Extract<Sent, { result: 'changed' }>> {
  const items = undo.flatMap((change) => change.items)
  return new Map(
    items.map(({ id, change = 0, before = 0 }) => [id, { result: 'changed', from: before, to: change } as const]),
  )
}

function changesOf(wishes: readonly Wish[]): BulkChange[] {
  const changes = new Map<string, BulkChange>()
  for (const { id, patch, change } of wishes) {
    const key = JSON.stringify(patch)
    const same = changes.get(key) ?? { patch, items: [] }
    same.items.push({ id, ...(change !== undefined && { change }) })
    changes.set(key, same)
  }
  return [...changes.values()]
}
