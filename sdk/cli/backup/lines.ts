import { createReadStream } from 'node:fs'
import type { BackupLine, BackupPart } from '../../wire/index.ts'

/** What a backup's file begins with. */
export interface Head {
  type: 'backup'
  version: 1
  project: { id: string; name: string }
  /** When it was begun, ISO 8601. */
  at: string
  /** The last change number of then: an item with a higher one may stand there twice, and the later line counts. */
  head: number
}

/** Up to here the file is whole, and from this cursor it goes on. A null cursor ends the part. */
export interface Mark {
  type: 'mark'
  part: BackupPart
  cursor: string | null
}

/** An image, in base64. */
export interface Image {
  type: 'image'
  item: string
  n: number
  bytes: number
  data: string
}

/** An image that an item shows and that could not be read. */
export interface Missing {
  type: 'missing'
  item: string
  n: number
  reason: string
}

/** The last line. */
export interface End {
  type: 'end'
  /** Lines of each type before this one. */
  counts: Record<string, number>
  /** Of all bytes before this line, as hex. */
  sha256: string
}

export type FileLine = BackupLine | Head | Mark | Image | Missing | End

/** A line of a file, and where it lies. */
export interface Placed {
  text: string
  bytes: Buffer
  /** Of its first byte. */
  start: number
  /** Behind its line end. */
  end: number
}

const newline = 10

/** The lines of a file that are whole, in constant memory but for the longest one; what follows the last line end is left. */
export async function* readPlaced(path: string, start = 0): AsyncGenerator<Placed> {
  let kept: Buffer[] = []
  let at = start
  for await (const chunk of createReadStream(path, { start, highWaterMark: 1_000_000 }) as AsyncIterable<Buffer>) {
    let from = 0
    for (let to = chunk.indexOf(newline); to >= 0; to = chunk.indexOf(newline, from)) {
      const bytes = Buffer.concat([...kept, chunk.subarray(from, to + 1)])
      kept = []
      yield { text: bytes.toString('utf8', 0, bytes.length - 1), bytes, start: at, end: at + bytes.length }
      at += bytes.length
      from = to + 1
    }
    if (from < chunk.length) kept.push(chunk.subarray(from))
  }
}

/** Null where it is no line of a backup. */
export function parseLine(text: string): FileLine | null {
  try {
    const value: unknown = JSON.parse(text)
    const isLine = typeof value === 'object' && value !== null && 'type' in value && typeof value.type === 'string'
    return isLine ? (value as FileLine) : null
  } catch {
    // It was cut or changed; whoever asks says what that means.
    return null
  }
}
