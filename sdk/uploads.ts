import { limits } from './wire/index.ts'
import type { Receipt } from './wire/index.ts'
import type { Entry, Shelf } from './entry.ts'
import { judge } from './retry.ts'
import { answerOf, request } from './transport.ts'
import type { Collector } from './transport.ts'

/**
 * Puts the files of one submission that is stored, each under the token that its receipt holds for it. What a place
 * holds already is replaced by the same bytes, so that a repeat does no harm. What has to wait stays in the outbox; what
 * the collector will never take is counted.
 */
export async function upload(collector: Collector, shelf: Shelf, entry: Entry, receipt: Receipt): Promise<void> {
  const { id, attempts } = entry
  const left = [...(entry.files ?? [])]
  let delayMs = 0
  for (const [n, file] of left.entries()) {
    if (!file) continue
    const token = receipt.upload?.[n]
    const path = `/v1/feedback/${id}/attachments/${n}`
    // Without a token the collector takes none: it has no object storage, or something changed the body on its way.
    const answer = token
      ? await request(collector, path, { method: 'PUT', body: file }, { upload: token }).then(answerOf, () => ({
          status: 0,
        }))
      : { status: 403 }
    const verdict = judge(answer, id, attempts, Date.now(), Math.random())
    const isRefused = answer.status === 403 || verdict.state === 'refused'
    if (isRefused) await shelf.drop(`${id}/${n}`, 'attachment')
    if (isRefused || (answer.status >= 200 && answer.status < 300)) left[n] = null
    else delayMs = Math.max(delayMs, verdict.delayMs ?? 0)
  }
  if (left.some(Boolean)) await shelf.put({ ...entry, files: left, notBefore: Date.now() + delayMs })
  else await shelf.remove(id)
}

/** Gives up the oldest files, never the newest entry's, where there are more bytes than the outbox may hold. */
export async function trim(shelf: Shelf): Promise<void> {
  let bytes = 0
  for (const [at, { files = [], ...entry }] of (await shelf.waiting()).toReversed().entries()) {
    for (const file of files) bytes += file?.byteLength ?? 0
    if (at === 0 || files.length === 0 || bytes <= limits.outboxMaxBytes) continue
    if (entry.told) await shelf.remove(entry.id)
    else await shelf.put(entry)
    await shelf.drop(`${entry.id}/files`, 'attachment')
  }
}
