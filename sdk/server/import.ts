import { limits } from '../wire/limits.ts'
import type { ImportLine, ImportResult } from '../wire/index.ts'
import type { Connection } from './connection.ts'
import { toQuery } from './filters.ts'
import { done, unwrap } from './problem.ts'
import type { Result } from './problem.ts'
import { request } from './request.ts'
import type { CallOptions } from './request.ts'

/** Where imported items go. */
export interface ImportOptions {
  /** `production` unless told. */
  environment?: string | undefined
}

/** A line as it goes out, with its place in what was given. */
interface Line {
  /** From 1. */
  line: number
  text: string
}

/** A little under what the collector takes. */
const batchMaxBytes = limits.importMaxBytes - 100_000

/**
 * Sends items in requests that the collector takes, two on their way at a time, and yields a result for each in their
 * order. All have ids, so what is sent twice is stored once: after an error, begin again from the start.
 *
 * @throws EarshotError
 */
export async function* importItems(
  connection: Connection,
  items: Iterable<ImportLine | string> | AsyncIterable<ImportLine | string>,
  { environment }: ImportOptions,
  { signal }: CallOptions,
): AsyncGenerator<ImportResult, void> {
  const query = unwrap(toQuery({ environment }))
  const ahead: Promise<Result<ImportResult[]>>[] = []
  for await (const batch of inBatches(items)) {
    ahead.push(sendBatch(connection, batch, query, signal))
    const oldest = ahead.length > 1 ? ahead.shift() : undefined
    if (oldest !== undefined) yield* unwrap(await oldest)
  }
  for (const one of ahead) yield* unwrap(await one)
}

/** Groups lines: at most 500 and 1.4 MB a request, a single one that is larger alone. */
async function* inBatches(items: Parameters<typeof importItems>[1]): AsyncGenerator<Line[]> {
  const encoder = new TextEncoder()
  let batch: Line[] = []
  let bytes = 0
  let line = 0
  for await (const item of items) {
    line++
    const text = textOf(item)
    if (text === null) continue
    const size = encoder.encode(text).length + 1
    if (batch.length === limits.importMaxLines || (batch.length > 0 && bytes + size > batchMaxBytes)) {
      yield batch
      batch = []
      bytes = 0
    }
    batch.push({ line, text })
    bytes += size
  }
  if (batch.length > 0) yield batch
}

/** Null for what is no item: an empty line, or the last one of an export. */
function textOf(item: ImportLine | string): string | null {
  const text = typeof item === 'string' ? item.trim() : JSON.stringify(item)
  if (text === '' || /^\{\s*"end"\s*:\s*true\b/.test(text)) return null
  // JSON has line breaks only between its parts, where a blank will do.
  return text.replace(/[\r\n]+/g, ' ')
}

async function sendBatch(
  connection: Connection,
  batch: readonly Line[],
  query: URLSearchParams,
  signal: AbortSignal | undefined,
): Promise<Result<ImportResult[]>> {
  const sent = await request(connection, {
    method: 'POST',
    path: '/v1/import',
    query,
    repeatable: true,
    headers: { 'content-type': 'application/x-ndjson' },
    body: batch.map(({ text }) => `${text}\n`).join(''),
    signal,
    read: async (response): Promise<ImportResult[]> => readResults(await response.text(), batch),
  })
  const [only, ...more] = batch
  if (sent.ok || sent.problem.code !== 'too-large' || only === undefined || more.length > 0) return sent
  return done([{ line: only.line, id: null, result: 'refused', reason: sent.problem.detail }])
}

/** One result a line. Fewer than were sent mean an answer that was cut: the batch goes again. */
function readResults(text: string, batch: readonly Line[]): ImportResult[] {
  const results = text
    .split('\n')
    .filter(Boolean)
    .map((line) => JSON.parse(line) as ImportResult)
  if (results.length !== batch.length) throw new Error(`${results.length} answers to ${batch.length} lines`)
  return results
    .sort((a, b) => a.line - b.line)
    .map((result, i) => ({ ...result, line: batch[i]?.line ?? result.line }))
}
