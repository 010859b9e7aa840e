import { parse } from 'csv-parse'
import type { Parser } from 'csv-parse'
import { csvDelimiterSigns } from '../../wire/index.ts'
import type { CsvDelimiter, EndMark } from '../../wire/index.ts'

export const formats = ['csv', 'xlsx', 'ndjson', 'json'] as const
export type Format = (typeof formats)[number]

/** Formats that come in parts, and can be gone on with. */
export const isStitched = (format: Format): boolean => format === 'csv' || format === 'ndjson'

/** Counts what streams past, and says at the end whether it was all. */
export interface Watch {
  /** @returns what of it goes into the file */
  write(chunk: Uint8Array): Promise<Uint8Array>
  /** Rows seen so far. */
  readonly rows: number
  /** @returns what is wrong with the end, or null; how many items were erased meanwhile, and how many came or went */
  end(): Promise<{ wrong: string | null; erased: number; moved: number }>
}

/** Which part of an export it is. */
export interface WatchOptions {
  /** Goes on where another part ended: without a header. */
  isContinued: boolean
  /** Keeps the end mark back, because the file has one of its own. */
  withholdsEnd: boolean
  /** What stands between the cells of a CSV. */
  delimiter: CsvDelimiter
}

export function watch(format: Format, options: WatchOptions): Watch {
  switch (format) {
    case 'csv':
      return watchCsv(options)
    case 'ndjson':
      return watchNdjson(options)
    case 'json':
      return watchJson()
    case 'xlsx':
      return watchXlsx()
  }
}

const nothingMoved = { erased: 0, moved: 0 }

/** Counts records with a parser, because a line end may stand inside a cell. */
function watchCsv({ isContinued, delimiter }: WatchOptions): Watch {
  const headers = isContinued ? 0 : 1
  let records = 0
  let fault: Error | null = null
  const parser: Parser = parse({
    bom: true,
    delimiter: csvDelimiterSigns[delimiter],
    relax_column_count: true,
    record_delimiter: ['\r\n', '\n'],
    on_record: () => {
      records++
      return null
    },
  })
  parser.on('error', (error) => (fault = error))
  parser.resume()
  return {
    get rows() {
      return Math.max(0, records - headers)
    },
    write: (chunk) =>
      new Promise((resolve) => {
        if (fault) resolve(chunk)
        else parser.write(chunk, () => resolve(chunk))
      }),
    end: () =>
      new Promise((resolve) => {
        const done = () => {
          const wrong = fault
            ? // What follows the colon quotes the record: somebody's words, and a line of any length.
              `it breaks off inside a record (${fault.message.split(':')[0]})`
            : records < headers
              ? 'it has no header'
              : null
          resolve({ wrong, ...nothingMoved })
        }
        if (fault) return done()
        parser.once('end', done).once('error', done).end()
      }),
  }
}

const newline = 10

/** Counts lines, the last of which is the end mark. */
function watchNdjson({ withholdsEnd }: WatchOptions): Watch {
  let rows = 0
  let rest = Buffer.alloc(0)
  let mark: Mark | null = null
  let after = false
  const isItem = (line: Buffer) => {
    if (line.length === 0) return true
    if (mark) after = true
    // Only a short line can be the end mark; items are not parsed, only counted.
    const found = line.length < 500 && line.includes('"end"') ? endMark(line.toString()) : null
    if (found) mark = found
    else rows++
    return found === null
  }
  return {
    get rows() {
      return rows
    },
    async write(chunk) {
      const bytes = Buffer.concat([rest, chunk])
      const kept: Buffer[] = []
      let from = 0
      for (let to = bytes.indexOf(newline); to >= 0; to = bytes.indexOf(newline, from)) {
        if (isItem(bytes.subarray(from, to))) kept.push(bytes.subarray(from, to + 1))
        from = to + 1
      }
      rest = bytes.subarray(from)
      return withholdsEnd ? Buffer.concat(kept) : chunk
    },
    async end() {
      isItem(rest)
      const { count = 0, erased = 0, moved = 0 } = mark ?? {}
      if (!mark) return { wrong: 'it has no end mark', erased, moved }
      if (after) return { wrong: 'something follows its end mark', erased, moved }
      return { wrong: count === rows ? null : `its end mark says ${count} items`, erased, moved }
    },
  }
}

type Mark = Pick<EndMark, 'count' | 'erased' | 'moved'>

function endMark(text: string): Mark | null {
  try {
    const value: unknown = JSON.parse(text)
    const isEnd = typeof value === 'object' && value !== null && 'end' in value && value.end === true
    return isEnd ? (value as EndMark) : null
  } catch {
    // A line cut in two is an item that is not whole; it is counted, and the missing end mark tells.
    return null
  }
}

const [quote, backslash, comma, openBrace, openBracket, closeBrace, closeBracket] = [34, 92, 44, 123, 91, 125, 93]

/** Counts the elements of one array by its brackets and commas, byte by byte, so that any size goes through. */
function watchJson(): Watch {
  let depth = 0
  let inString = false
  let escaped = false
  let commas = 0
  let any = false
  let closed = false
  const see = (byte: number) => {
    if (inString) {
      if (escaped) escaped = false
      else if (byte === backslash) escaped = true
      else if (byte === quote) inString = false
      return
    }
    if (byte <= 32) return
    if (depth === 1 && byte === comma) commas++
    else if (depth === 1 && byte !== closeBracket) any = true
    if (byte === quote) inString = true
    else if (byte === openBrace || byte === openBracket) depth++
    else if (byte === closeBrace || byte === closeBracket) closed = --depth === 0
  }
  return {
    get rows() {
      return any ? commas + 1 : 0
    },
    async write(chunk) {
      for (const byte of chunk) see(byte)
      return chunk
    },
    async end() {
      return { wrong: closed && depth === 0 ? null : 'its array is not closed', ...nothingMoved }
    },
  }
}

/** A workbook is looked at once it is here (`workbook.ts`): what is in it is compressed. */
function watchXlsx(): Watch {
  let [first, bytes] = [0, 0]
  return {
    rows: 0,
    async write(chunk) {
      if (bytes === 0) first = chunk[0] ?? 0
      bytes += chunk.length
      return chunk
    },
    async end() {
      return { wrong: first === 0x50 ? null : 'it is no workbook', ...nothingMoved }
    },
  }
}
