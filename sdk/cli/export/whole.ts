import { parse } from 'csv-parse'
import type { Parser } from 'csv-parse'

export const formats = ['csv', 'ndjson', 'json'] as const
export type Format = (typeof formats)[number]

/** Counts what streams past, and says at the end whether it was all. */
export interface Watch {
  write(chunk: Uint8Array): Promise<void>
  /** Items seen so far. */
  readonly rows: number
  /** @returns what is wrong with the end, or null; and how many items the collector says were erased meanwhile */
  end(): Promise<{ wrong: string | null; erased: number }>
}

export function watch(format: Format): Watch {
  if (format === 'csv') return watchCsv()
  return format === 'ndjson' ? watchNdjson() : watchJson()
}

/** Counts records with a parser, because a line end may stand inside a cell. */
function watchCsv(): Watch {
  let records = 0
  let fault: Error | null = null
  const parser: Parser = parse({
    bom: true,
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
      return Math.max(0, records - 1)
    },
    write: (chunk) =>
      new Promise((resolve) => {
        if (fault) resolve()
        else parser.write(chunk, () => resolve())
      }),
    end: () =>
      new Promise((resolve) => {
        const done = () => {
          const wrong = fault
            ? `it breaks off inside a record (${fault.message})`
            : records === 0
              ? 'it has no header'
              : null
          resolve({ wrong, erased: 0 })
        }
        if (fault) return done()
        parser.once('end', done).once('error', done).end()
      }),
  }
}

/** Counts lines; the last one is the end mark, without which a stream was cut. */
function watchNdjson(): Watch {
  const decoder = new TextDecoder()
  let rows = 0
  let rest = ''
  let mark: { count: number; erased: number } | null = null
  let after = false
  const line = (text: string) => {
    if (text === '') return
    if (mark) after = true
    // Only a short line can be the end mark; items are not parsed, only counted.
    const found = text.length < 500 && text.includes('"end"') ? endMark(text) : null
    if (found) mark = found
    else rows++
  }
  return {
    get rows() {
      return rows
    },
    async write(chunk) {
      const lines = (rest + decoder.decode(chunk, { stream: true })).split('\n')
      rest = lines.pop() ?? ''
      for (const text of lines) line(text)
    },
    async end() {
      line(rest)
      const erased = mark?.erased ?? 0
      if (!mark) return { wrong: 'it has no end mark', erased }
      if (after) return { wrong: 'something follows its end mark', erased }
      return { wrong: mark.count === rows ? null : `its end mark says ${mark.count} items`, erased }
    },
  }
}

function endMark(text: string): { count: number; erased: number } | null {
  try {
    const value: unknown = JSON.parse(text)
    if (typeof value !== 'object' || value === null || !('end' in value) || value.end !== true) return null
    const { count = 0, erased = 0 } = value as { count?: number; erased?: number }
    return { count, erased }
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
    },
    async end() {
      return { wrong: closed && depth === 0 ? null : 'its array is not closed', erased: 0 }
    },
  }
}
