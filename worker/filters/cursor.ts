import { done, failed, type Outcome } from '../failure.ts'

/** Where a list goes on: beyond a `doc` in time order, or at an offset of a ranking. */
export type Cursor = { by: 'time'; doc: number } | { by: 'rank'; offset: number }

/** A cursor as the wire gives it: opaque, and safe in an address. */
export function writeCursor(cursor: Cursor): string {
  const text = cursor.by === 'time' ? `t${cursor.doc}` : `r${cursor.offset}`
  return btoa(text).replaceAll('=', '')
}

/** Reads a cursor; one that this collector never wrote is a failure. */
export function readCursor(text: string): Outcome<Cursor> {
  const bad = failed('bad-cursor', 'This cursor cannot be read. Begin again without one.')
  let plain: string
  try {
    plain = atob(text)
  } catch {
    // atob throws on what is no base64.
    return bad
  }
  const match = /^([tr])(\d{1,16})$/.exec(plain)
  const number = Number(match?.[2])
  if (match === null || !Number.isSafeInteger(number)) return bad
  return done(match[1] === 't' ? { by: 'time', doc: number } : { by: 'rank', offset: number })
}
