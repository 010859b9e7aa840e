import type { Note } from '../../sdk/wire/index.ts'
import { serverLimits } from '../limits.ts'

const forbiddenKeys = new Set(['__proto__', 'prototype', 'constructor'])

/**
 * Makes every text in a JSON value storable: lone surrogates and NUL become U+FFFD; keys that reach into prototypes are
 * left out, and so is what lies deeper than anybody reads. Adds a note for each place.
 */
export function sanitise(value: unknown, notes: Note[], path = '', depth = 0): unknown {
  if (typeof value === 'string') return sanitiseText(value, notes, path)
  if (typeof value !== 'object' || value === null) return value
  if (depth >= serverLimits.jsonMaxDepth) {
    notes.push({ path, code: 'dropped', detail: `Nested deeper than ${serverLimits.jsonMaxDepth} levels.` })
    return null
  }
  if (Array.isArray(value)) return value.map((entry, i) => sanitise(entry, notes, joinPath(path, String(i)), depth + 1))
  const kept: Record<string, unknown> = {}
  for (const [rawKey, entry] of Object.entries(value)) {
    const at = joinPath(path, rawKey)
    if (forbiddenKeys.has(rawKey)) {
      notes.push({ path: at, code: 'dropped', detail: 'This name is not allowed.' })
      continue
    }
    kept[sanitiseText(rawKey, notes, at)] = sanitise(entry, notes, at, depth + 1)
  }
  return kept
}

function sanitiseText(text: string, notes: Note[], path: string): string {
  const storable = text.toWellFormed().replaceAll('\u0000', '\uFFFD')
  if (storable !== text) {
    notes.push({
      path: path.toWellFormed().replaceAll('\u0000', '\uFFFD'),
      code: 'replaced',
      detail: 'Characters that cannot be stored (NUL or half of a surrogate pair) were replaced by U+FFFD.',
    })
  }
  return storable
}

/** Where something stands, as far as a note says it: names may be books. */
export function joinPath(path: string, key: string): string {
  const max = serverLimits.notePathMaxChars
  const at = path === '' ? key : `${path}.${key}`
  return at.length <= max ? at : at.slice(0, max).toWellFormed()
}

/** Leaves of notes so many that they can be stored, and says how many more there were. */
export function boundNotes(notes: Note[]): void {
  const over = notes.length - serverLimits.notesMax
  if (over <= 0) return
  notes.length = serverLimits.notesMax
  notes.push({ path: '', code: 'ignored', detail: `There were ${over} more notes.` })
}
