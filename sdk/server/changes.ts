import type { Change, EndMark } from '../wire/index.ts'
import type { Connection } from './connection.ts'
import { EarshotError, unwrap } from './problem.ts'
import { aborted, request } from './request.ts'
import type { CallOptions } from './request.ts'

/** From where, and whether to stay. */
export interface ChangesOptions {
  /** The cursor that was kept; from the beginning without. */
  cursor?: string | undefined
  /** Changes a batch has: 500 unless told, 1,000 at most. */
  limit?: number
  /** Do not end: when nothing is new, ask again after so many milliseconds. */
  followEveryMs?: number
}

/** Some changes, and where to go on after them. */
export interface ChangeBatch {
  changes: Change[]
  /** Keep it once these changes are kept. */
  cursor: string
  /** Whether more is waiting already. */
  more: boolean
}

/**
 * What changed, each item once and as it is now, tombstones for what was erased. Iterate over single changes, or over
 * `batches()`. A connection that breaks is taken up again where it was.
 */
export interface Changes extends AsyncIterable<Change> {
  /**
   * Everything up to here was handed over *and* worked on, batch by batch; undefined before the first one. Whoever keeps it
   * and begins there again gets every change at least once.
   */
  readonly cursor: string | undefined
  batches(): AsyncGenerator<ChangeBatch, void>
}

export function readChanges(connection: Connection, options: ChangesOptions, { signal }: CallOptions): Changes {
  let kept = options.cursor
  async function* batches(): AsyncGenerator<ChangeBatch, void> {
    for (;;) {
      const batch = unwrap(await readBatch(connection, { ...options, cursor: kept }, signal))
      if (batch.changes.length > 0) yield batch
      // Only now: whoever asks for the next batch is done with this one.
      kept = batch.cursor
      if (batch.more) continue
      if (options.followEveryMs === undefined) return
      await connection.clock.pause(options.followEveryMs, signal)
      if (signal?.aborted === true) throw new EarshotError(aborted())
    }
  }
  return {
    get cursor() {
      return kept
    },
    batches,
    async *[Symbol.asyncIterator]() {
      for await (const { changes } of batches()) yield* changes
    },
  }
}

/** A batch counts only whole: one that is cut is asked for again, by the same cursor. */
function readBatch(connection: Connection, { cursor, limit }: ChangesOptions, signal: AbortSignal | undefined) {
  const query = new URLSearchParams()
  if (cursor !== undefined) query.set('cursor', cursor)
  if (limit !== undefined) query.set('limit', String(limit))
  return request<ChangeBatch>(connection, { path: '/v1/changes', query, repeatable: true, read: readWhole, signal })
}

async function readWhole(response: Response): Promise<ChangeBatch> {
  const text = await response.text()
  const changes: Change[] = []
  let end: EndMark | null = null
  for (const line of text.split('\n')) {
    if (line === '') continue
    const value = JSON.parse(line) as Change | EndMark
    if ('end' in value) end = value
    else changes.push(value)
  }
  if (end?.cursor === undefined || end.count !== changes.length) throw new Error('the batch has no end')
  return { changes, cursor: end.cursor, more: end.more === true }
}
