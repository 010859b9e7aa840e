import type { Note, Tags } from '../../sdk/wire/index.ts'
import { limits } from '../../sdk/wire/limits.ts'
import { reasonOf } from '../access/reason.ts'
import { joinPath } from './sanitise.ts'

/** The part of a zod schema that is used here; zod itself stands only in schema files. */
export interface Parser {
  safeParse(
    value: unknown,
  ): { success: true; data: unknown } | { success: false; error: { issues: { message: string }[] } }
  shape?: Record<string, Parser>
  unwrap?: () => Parser
}

const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

/** The object's own fields behind `optional()`. */
function shapeOf(schema: Parser): Record<string, Parser> | undefined {
  return schema.shape ?? (schema.unwrap ? shapeOf(schema.unwrap()) : undefined)
}

/**
 * Keeps of a value what its schema accepts; the rest is left out with a note. Most of what comes is faultless, and one
 * pass of the schema says so; only where it is not, each field is looked at by itself.
 */
export function keepAll(schema: Parser, value: Record<string, unknown>, notes: Note[]): unknown {
  const parsed = schema.safeParse(value)
  if (!parsed.success) return keep(schema, value, '', notes)
  noteUnknown(value, parsed.data, '', notes)
  return parsed.data
}

/** A schema passes over fields that it does not know; they are named here. */
function noteUnknown(given: unknown, kept: unknown, path: string, notes: Note[]): void {
  if (!isObject(given) || !isObject(kept)) return
  for (const [name, value] of Object.entries(given)) {
    const at = joinPath(path, name)
    if (Object.hasOwn(kept, name)) noteUnknown(value, kept[name], at, notes)
    else if (value !== undefined) notes.push({ path: at, code: 'ignored', detail: 'This field is not known.' })
  }
}

/** Keeps a value field by field. Undefined when nothing acceptable is left. */
function keep(schema: Parser, value: unknown, path: string, notes: Note[]): unknown {
  const shape = shapeOf(schema)
  if (shape === undefined || !isObject(value)) return keepWhole(schema, value, path, notes)
  const kept: Record<string, unknown> = {}
  for (const [name, entry] of Object.entries(value)) {
    // What every object has is no field: `toString`.
    const field = Object.hasOwn(shape, name) ? shape[name] : undefined
    const at = joinPath(path, name)
    if (field === undefined) {
      notes.push({ path: at, code: 'ignored', detail: 'This field is not known.' })
      continue
    }
    const keeping = name === 'tags' || name === 'traits' ? keepTags(entry, at, notes) : keep(field, entry, at, notes)
    if (keeping !== undefined) kept[name] = keeping
  }
  return keepWhole(schema, kept, path, notes)
}

function keepWhole(schema: Parser, value: unknown, path: string, notes: Note[]): unknown {
  if (value === undefined || value === null) return undefined
  const parsed = schema.safeParse(value)
  if (parsed.success) return parsed.data
  notes.push({
    path,
    code: 'dropped',
    detail: `Left out: it ${reasonOf(parsed.error.issues[0]?.message ?? 'is not acceptable')}.`,
  })
  return undefined
}

/** Keeps flat names with primitive values: `limits.tagsMax` of them, long values cut, everything else noted. */
function keepTags(value: unknown, path: string, notes: Note[]): Tags | undefined {
  if (!isObject(value)) {
    notes.push({ path, code: 'dropped', detail: 'Must be an object of names and values.' })
    return undefined
  }
  const kept: Tags = {}
  let count = 0
  let over = 0
  for (const [name, entry] of Object.entries(value)) {
    const at = joinPath(path, name)
    if (name === '' || name.length > limits.nameMaxChars) {
      notes.push({
        path: at.slice(0, 100),
        code: 'dropped',
        detail: `A name has 1 to ${limits.nameMaxChars} characters.`,
      })
    } else if (typeof entry !== 'string' && typeof entry !== 'boolean' && !Number.isFinite(entry)) {
      notes.push({ path: at, code: 'dropped', detail: 'A value must be text, a number, true or false.' })
    } else if (count === limits.tagsMax) {
      over++
    } else {
      count++
      kept[name] = typeof entry === 'string' ? cut(entry, limits.valueMaxChars, at, notes) : (entry as number | boolean)
    }
  }
  if (over > 0) notes.push({ path, code: 'dropped', detail: `${over} more than ${limits.tagsMax} were left out.` })
  return kept
}

/** Cuts a text, never through a surrogate pair, and notes it. */
export function cut(text: string, max: number, path: string, notes: Note[]): string {
  if (text.length <= max) return text
  notes.push({ path, code: 'truncated', detail: `Cut to ${max} characters.` })
  return text
    .slice(0, max)
    .toWellFormed()
    .replace(/\uFFFD$/, '')
}
