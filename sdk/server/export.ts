import type { CsvDelimiter, EndMark, ExportFormat, ExportShape, Feedback } from '../wire/index.ts'
import type { Connection } from './connection.ts'
import { toQuery } from './filters.ts'
import type { Filters } from './filters.ts'
import { EarshotError, failed, unwrap } from './problem.ts'
import type { Result } from './problem.ts'
import { request } from './request.ts'
import type { CallOptions } from './request.ts'
import { readChunks, readLines, toStream } from './stream.ts'

/** How a table is written; the rest are filters. */
export interface ExportOptions {
  format: ExportFormat
  /** Keys of columns, joined by commas, in the order wanted (csv, xlsx). */
  columns?: string
  /** `long` has one row for each answer of a survey (csv, xlsx). Default: `wide`. */
  shape?: ExportShape
  /** `off` leaves cells that a spreadsheet would take for formulas as they are (csv). */
  guard?: 'on' | 'off'
  /** `off` leaves out the byte order mark (csv). */
  bom?: 'on' | 'off'
  /** What stands between two cells (csv). Default: `comma`. */
  delimiter?: CsvDelimiter
  /** An archive with the table, its images, and a column that leads from a row to them (csv, xlsx); 800 images at most. */
  attachments?: 'zip'
  /** Only what was received before this instant. Default: when the export begins. */
  asOf?: string | Date
  /** Ends after so many items and says where the next part begins (csv, ndjson). */
  limit?: number
  /** `next` of the part before, all else being the same. */
  cursor?: string
}

/** An export on its way. */
export interface ExportStream {
  /** Items that follow, as the collector announced; fewer arrive only where some are erased meanwhile. */
  rows: number | null
  /** What all parts have together; on the first of several, else null. */
  total: number | null
  /** Where the next part begins; null on the last one. */
  next: string | null
  /** When the selection was fixed, ISO 8601. */
  asOf: string | null
  /** How many more items `spam` and `merged` hide. */
  hidden: { spam: number; merged: number }
  /** Too few items held all the words, and the rarest were searched for singly. */
  relaxed: boolean
  /** The media type of the format. */
  type: string
  /** Breaks with an `EarshotError` where the connection does; count what came against `rows` all the same. */
  body: ReadableStream<Uint8Array>
}

/** A stream of bytes in any format, to hand on or to write to a file. Needs the scope `export`. */
export async function exportStream(
  connection: Connection,
  options: ExportOptions & Filters,
  { signal }: CallOptions = {},
): Promise<Result<ExportStream>> {
  const query = toQuery({ ...options })
  if (!query.ok) return query
  return request<ExportStream>(connection, {
    path: '/v1/export',
    query: query.value,
    repeatable: true,
    streams: true,
    signal,
    read: (response, limit) => {
      return Promise.resolve({
        rows: numberIn(response, 'earshot-rows'),
        total: numberIn(response, 'earshot-total'),
        next: response.headers.get('earshot-next'),
        asOf: response.headers.get('earshot-as-of'),
        hidden: hiddenOf(response.headers.get('earshot-hidden')),
        relaxed: response.headers.get('earshot-relaxed') === 'true',
        type: response.headers.get('content-type') ?? '',
        body: toStream(readChunks(response, limit)),
      })
    },
  })
}

/**
 * Every item that the filters select, oldest first; returns the end mark.
 *
 * @throws EarshotError `incomplete` where the stream ends without its end mark or with another number of items
 */
export async function* exportItems(
  connection: Connection,
  filters: Filters,
  options: CallOptions,
): AsyncGenerator<Feedback, EndMark> {
  const { rows, body } = unwrap(await exportStream(connection, { ...filters, format: 'ndjson' }, options))
  let count = 0
  let end: EndMark | null = null
  for await (const line of readLines(chunksOf(body))) {
    if (end !== null) throw incomplete(count, rows, 'something follows its end mark')
    const value = parse(line)
    if (value === null) break
    if (isEndMark(value)) end = value
    else {
      count++
      yield value
    }
  }
  if (end === null) throw incomplete(count, rows, 'it ended without its end mark')
  if (end.count !== count) throw incomplete(count, rows, `its end mark says ${end.count}`)
  if (rows !== null && rows !== count + (end.erased ?? 0) - (end.moved ?? 0))
    throw incomplete(count, rows, 'some are missing')
  return end
}

/** Node, Deno and Bun iterate streams by themselves; not every worker does. */
async function* chunksOf(body: ReadableStream<Uint8Array>): AsyncGenerator<Uint8Array> {
  const reader = body.getReader()
  try {
    for (;;) {
      const { done, value } = await reader.read()
      if (done) return
      yield value
    }
  } finally {
    await reader.cancel().catch(() => undefined)
  }
}

const isEndMark = (value: Feedback | EndMark): value is EndMark => 'end' in value && value.end

/** Null for a line that was cut. */
function parse(line: string): Feedback | EndMark | null {
  try {
    return JSON.parse(line) as Feedback | EndMark
  } catch {
    // The missing end mark tells.
    return null
  }
}

function incomplete(count: number, rows: number | null, why: string): EarshotError {
  const of = rows === null ? '' : ` of ${rows}`
  return new EarshotError(failed('incomplete', `The export is not whole: ${count}${of} items came; ${why}.`).problem)
}

function numberIn(response: Response, header: string): number | null {
  const text = response.headers.get(header)
  return text === null ? null : Number(text)
}

function hiddenOf(header: string | null): ExportStream['hidden'] {
  const numberOf = (name: string) => Number(new RegExp(`${name}=(\\d+)`).exec(header ?? '')?.[1] ?? 0)
  return { spam: numberOf('spam'), merged: numberOf('merged') }
}
