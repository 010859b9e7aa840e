import type { Place } from '../address/place.ts'

/** Something a person can do. One registry feeds the keys, the palette and the help sheet. */
export interface Action {
  id: string
  /** As the palette and the help sheet say it. */
  title: string
  group: 'Move' | 'Triage' | 'Search and filter' | 'Surveys' | 'Numbers' | 'Set up' | 'Show' | 'Go to'
  /** Where it has something to act on; left out: everywhere. */
  at?: readonly Place['at'][]
  /** `j`, `Shift+j`, `Mod+k` (Ctrl, or Command on a Mac), `g i` (one after the other). */
  keys: readonly string[]
  /** False hides it from the palette and makes its keys do nothing. */
  enabled?: () => boolean
  /** Works while typing in a field, too. */
  inFields?: boolean
  run: () => void
}

/** What of a keyboard event decides. */
export interface Keystroke {
  key: string
  ctrlKey: boolean
  metaKey: boolean
  shiftKey: boolean
  altKey: boolean
}

/** A sequence such as `g i` is given up after this pause. */
const sequenceMs = 1_000

/** `?` is `?` however a layout makes it; letters say Shift by name. */
export function strokeName({ key, ctrlKey, metaKey, shiftKey, altKey }: Keystroke): string | null {
  if (altKey || key === 'Dead' || key === 'Unidentified') return null
  const letter = /^\p{L}$/u.test(key)
  const named = key.length > 1
  const parts = [ctrlKey || metaKey ? 'Mod' : '', shiftKey && (letter || named) ? 'Shift' : '']
  return [...parts.filter(Boolean), letter ? key.toLowerCase() : key].join('+')
}

/** Turns keystrokes into actions; `at` is a time in milliseconds. */
export function createKeyReader(actions: () => readonly Action[]) {
  let begun: { stroke: string; at: number } | null = null

  return function read(stroke: string, at: number): { action: Action | null; pending: boolean } {
    const prefix = begun && at - begun.at < sequenceMs ? `${begun.stroke} ` : ''
    begun = null
    const able = actions().filter((action) => action.enabled?.() ?? true)
    const find = (keys: string) => able.find((action) => action.keys.includes(keys)) ?? null
    const action = find(prefix + stroke) ?? (prefix ? find(stroke) : null)
    if (action) return { action, pending: false }
    const pending = able.some(({ keys }) => keys.some((one) => one.startsWith(`${stroke} `)))
    if (pending) begun = { stroke, at }
    return { action: null, pending }
  }
}
