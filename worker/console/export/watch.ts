import type { EndMark, ExportFormat } from '../../../sdk/wire/index.ts'

/** Counts what streams past, and says at the end whether it was all. */
export interface Watch {
  /** Rows seen so far; null where a format does not show them. */
  readonly rows: number | null
  /** Takes bytes; answers with those to keep. */
  take(chunk: Uint8Array<ArrayBuffer>): Uint8Array<ArrayBuffer>
  /** What is wrong with the end, or null; and the mark at the end, where the format has one. */
  end(): { wrong: string | null; mark: EndMark | null }
}

const [lineFeed, carriageReturn, quote] = [10, 13, 34]

/** Makes the watch of a format; a part that goes on after another has no header. */
export function watchOf(format: ExportFormat, isContinued: boolean): Watch {
  if (format === 'csv') return watchCsv(isContinued)
  if (format === 'ndjson') return watchNdjson()
  return format === 'json' ? watchJson() : watchXlsx()
}

/** A record ends with CRLF outside of quotes; the first one is the header. */
function watchCsv(isContinued: boolean): Watch {
  let records = 0
  let isQuoted = false
  let last = lineFeed
  return {
    get rows() {
      return Math.max(0, isContinued ? records : records - 1)
    },
    take(chunk) {
      for (const byte of chunk) {
        if (byte === quote) isQuoted = !isQuoted
        else if (byte === lineFeed && last === carriageReturn && !isQuoted) records++
        last = byte
      }
      return chunk
    },
    end: () => ({ wrong: isQuoted || last !== lineFeed ? 'its last row is cut off' : null, mark: null }),
  }
}

/** The last line is the end mark. It is kept back, because only the last of several parts gives the file one. */
function watchNdjson(): Watch {
  let rows = 0
  let held = new Uint8Array(0)
  return {
    get rows() {
      return rows
    },
    take(chunk) {
      const all = joined(held, chunk)
      // Everything but the last line that is whole, and what follows it.
      const end = all.lastIndexOf(lineFeed)
      const start = end <= 0 ? 0 : all.lastIndexOf(lineFeed, end - 1) + 1
      const kept = all.subarray(0, start)
      held = all.slice(start)
      for (const byte of kept) if (byte === lineFeed) rows++
      return kept
    },
    end: () => {
      const mark = readMark(new TextDecoder().decode(held))
      if (mark === null) return { wrong: 'its end mark is missing', mark }
      return { wrong: mark.count === rows ? null : `its end mark says ${mark.count} items`, mark }
    },
  }
}

function readMark(line: string): EndMark | null {
  try {
    const value: unknown = JSON.parse(line)
    return typeof value === 'object' && value !== null && 'end' in value && value.end === true
      ? (value as EndMark)
      : null
  } catch {
    // A line that was cut.
    return null
  }
}

/** Each item is on a line of its own, between `[` and `]`. */
function watchJson(): Watch {
  let lines = 0
  let tail = ''
  return {
    get rows() {
      return Math.max(0, tail === '\n]\n' ? lines - 2 : lines)
    },
    take(chunk) {
      for (const byte of chunk) if (byte === lineFeed) lines++
      tail = (tail + new TextDecoder('latin1').decode(chunk.subarray(-3))).slice(-3)
      return chunk
    },
    end: () => ({ wrong: tail === '\n]\n' ? null : 'its array is not closed', mark: null }),
  }
}

/** A workbook is an archive, whose directory stands at the end. Its rows are packed, and it says itself how many. */
function watchXlsx(): Watch {
  let tail = new Uint8Array(0)
  return {
    rows: null,
    take(chunk) {
      tail = joined(tail, chunk.subarray(-directoryEnd)).slice(-directoryEnd)
      return chunk
    },
    end: () => {
      const isWhole = [0x50, 0x4b, 0x05, 0x06].every((byte, i) => tail[i] === byte)
      return { wrong: isWhole ? null : 'its directory is missing', mark: null }
    },
  }
}

/** Bytes of the record that ends an archive without a comment. */
const directoryEnd = 22

function joined(one: Uint8Array<ArrayBuffer>, two: Uint8Array<ArrayBuffer>): Uint8Array<ArrayBuffer> {
  if (one.length === 0) return two
  const both = new Uint8Array(one.length + two.length)
  both.set(one)
  both.set(two, one.length)
  return both
}
