import type { ImportResult } from '../../wire/index.ts'
import { request } from '../collector.ts'
import type { Collector, Patience } from '../collector.ts'
import type { Parcel } from './batches.ts'

const requestsInFlight = 2

/** Sends batches, two at a time; `answered` hears of each when the collector has committed it. */
export async function sendAll(
  collector: Collector,
  batches: AsyncGenerator<Parcel[]>,
  environment: string | undefined,
  answered: (batch: Parcel[], results: ImportResult[]) => void,
  how?: Patience,
): Promise<void> {
  let failed = false
  const worker = async () => {
    // An async generator queues its callers, so each batch goes to one worker.
    for (let next = await batches.next(); !next.done && !failed; next = await batches.next()) {
      try {
        answered(next.value, await send(collector, next.value, environment, how))
      } catch (error) {
        failed = true
        throw error
      }
    }
  }
  const ended = await Promise.allSettled(Array.from({ length: requestsInFlight }, worker))
  for (const one of ended) if (one.status === 'rejected') throw one.reason
}

function send(
  collector: Collector,
  batch: Parcel[],
  environment: string | undefined,
  how: Patience | undefined,
): Promise<ImportResult[]> {
  const query = environment ? `?environment=${encodeURIComponent(environment)}` : ''
  const body = batch.map((parcel) => `${parcel.json}\n`).join('')
  const init = { method: 'POST', body, headers: { 'content-type': 'application/x-ndjson' } }
  return request(collector, `/v1/import${query}`, init, (response) => readResults(response, batch.length), how)
}

/** One result a line, in the order sent. Fewer than were sent means a cut answer: the batch goes again. */
async function readResults(response: Response, expected: number): Promise<ImportResult[]> {
  const text = await response.text()
  const results = text
    .split('\n')
    .filter(Boolean)
    .map((line) => JSON.parse(line) as ImportResult)
  if (results.length !== expected) throw new Error(`${results.length} answers to ${expected} rows`)
  return results.sort((a, b) => a.line - b.line)
}
