import { limits } from './wire/index.ts'
import type { Receipt } from './wire/index.ts'
import { byteLength, toJson } from './context.ts'
import type { Entry, Shelf } from './entry.ts'
import { judge } from './retry.ts'
import type { Answer } from './retry.ts'
import { answerOf, request } from './transport.ts'

/**
 * Puts the files of one submission that is stored, each under the token that its receipt holds for it. What a place
 * holds already is replaced by the same bytes, so that a repeat does no harm. Taken is a file by a 201 with JSON and
 * nothing else; what has to wait stays in the outbox; what the collector will never take is counted.
 */
export async function upload(shelf: Shelf, entry: Entry, receipt: Receipt): Promise<void> {
  const { id, attempts } = entry
  const left = [...(entry.files ?? [])]
  let delayMs = 0
  for (const [n, file] of left.entries()) {
    if (!file) continue
    const token = receipt.upload?.[n]
    const path = `/v1/feedback/${id}/attachments/${n}`
    const answer: Answer | undefined | '' =
      token &&
      (await request(shelf.collector, path, { method: 'PUT', body: file }, { upload: token }).then(answerOf, () => ({
        status: 0,
      })))
    const verdict = answer ? judge(answer, id, attempts, Date.now(), Math.random()) : undefined
    // Without a token the collector takes none: it has no object storage, or something changed the body on its way.
    const isRefused = !verdict || verdict.state === 'refused' || verdict.problem?.code === 'bad-token'
    if (!isRefused && !(answer && answer.status === 201 && answer.body)) {
      delayMs = Math.max(delayMs, verdict.delayMs ?? 0)
      continue
    }
    left[n] = null
    const without = left.some(Boolean) ? { ...entry, files: [...left] } : undefined
    await (isRefused ? shelf.lose([`${id}/${n}`], 'attachment', id, without) : shelf.put(id, without))
  }
  if (left.some(Boolean)) await shelf.put(id, { ...entry, files: left, notBefore: Date.now() + delayMs })
}

/**
 * Where the outbox would hold more bytes than it may, gives up the oldest files, and where the words alone are too
 * much, the oldest of those; never anything of the newest entry.
 */
export async function trim(shelf: Shelf): Promise<void> {
  const entries = (await shelf.waiting()).toReversed()
  const sizes = entries.map((entry) => byteLength(toJson(entry)))
  let bytes = sizes.reduce((sum, size) => sum + size, 0)
  let words = 0
  for (const [at, { id, files = [] }] of entries.entries()) {
    words += sizes[at] ?? 0
    for (const file of files) bytes += file?.byteLength ?? 0
    const isFull = words > limits.outboxMaxBytes
    const isOver = files.length > 0 && bytes > limits.outboxMaxBytes
    if (at === 0 || !(isFull || isOver)) continue
    await shelf.claim(id, (entry) =>
      isFull && !entry.told
        ? shelf.lose([id], 'full', id)
        : shelf.lose(
            files.flatMap((file, n) => (file ? `${id}/${n}` : [])),
            'attachment',
            id,
            entry.told ? undefined : { ...entry, files: undefined },
          ),
    )
  }
}
