import type { AuditEntry } from '../../../sdk/wire/index.ts'

/** One field of a change, in words. Null where there was nothing, or nothing is left. */
export interface Change {
  label: string
  before: string | null
  after: string | null
}

interface Leaf {
  path: readonly string[]
  before: unknown
  after: unknown
}

type Fields = Record<string, unknown>

const isFields = (value: unknown): value is Fields =>
  typeof value === 'object' && value !== null && !Array.isArray(value) && !('omittedBytes' in value)

/** What a thing in a list is told apart by. */
const keyOf = (value: unknown): string | undefined => {
  if (!isFields(value)) return undefined
  return [value['key'], value['id']].find((one): one is string => typeof one === 'string')
}

/** A list of things with keys, by key: so that moving on in the list is no change of each. */
function byKey(value: unknown): Fields | null {
  if (!Array.isArray(value) || value.length === 0 || !value.every((one) => keyOf(one) !== undefined)) return null
  return Object.fromEntries(value.map((one: unknown) => [keyOf(one) ?? '', one]))
}

/** The innermost fields that differ. What stands on one side only is taken whole. */
function leaves(before: unknown, after: unknown, path: readonly string[] = []): Leaf[] {
  if (JSON.stringify(before) === JSON.stringify(after)) return []
  const sides = [before, after].map((side) => (isFields(side) ? side : byKey(side)))
  const [was, is] = sides
  const isWhole = path.length > 0 && (before === undefined || after === undefined || before === null || after === null)
  if (isWhole || !was || !is) {
    const one = path.length === 0 ? (was ?? is) : null
    if (!one) return [{ path, before, after }]
    return Object.keys(one).flatMap((name) => leaves(was?.[name], is?.[name], [...path, name]))
  }
  const names = [...new Set([...Object.keys(was), ...Object.keys(is)])]
  const found = names.flatMap((name) => leaves(was[name], is[name], [...path, name]))
  // The same things in another order.
  return found.length > 0 ? found : [{ path, before: Object.keys(was), after: Object.keys(is) }]
}

/** What fields are called, where their own name does not say it. */
const labels: Record<string, string> = {
  expiresAt: 'Stops',
  oldExpiresAt: 'The one before stops',
  mergedInto: 'Merged into',
  timeZone: 'Time zone',
  opensAll: 'Opens every project',
  replacedBy: 'Replaced by',
  hint: 'Begins with',
  scopes: 'May',
  url: 'URL',
  assignee: 'Assigned to',
  texts: 'Texts',
  into: 'Into',
  email: 'E-mail',
}

/** @example labelOf(['widget', 'emailField']) // 'Widget, email field' */
export function labelOf(path: readonly string[]): string {
  const words = path.map((name) => labels[name] ?? name.replaceAll(/([a-z])([A-Z])/g, '$1 $2').toLowerCase())
  const text = words
    .map((word, index) => (index === 0 ? word : word.charAt(0).toLowerCase() + word.slice(1)))
    .join(', ')
  return text.charAt(0).toUpperCase() + text.slice(1)
}

/** How a project calls its own values, such as a status by its label. */
export type Wording = (field: string, value: string) => string

const isMoment = (text: string): boolean => /^\d{4}-\d{2}-\d{2}T[\d:.]+Z$/.test(text)

/** A value in words; null where there is none. */
export function valueInWords(field: string, value: unknown, wording: Wording, locale?: string): string | null {
  if (value === null || value === undefined || value === '') return null
  if (Array.isArray(value) && value.length === 0) return null
  if (value === true) return 'yes'
  if (value === false) return 'no'
  if (typeof value === 'number') return value.toLocaleString(locale)
  if (typeof value === 'string') {
    if (!isMoment(value)) return wording(field, value)
    return new Date(value).toLocaleString(locale, { dateStyle: 'medium', timeStyle: 'short' })
  }
  if (Array.isArray(value)) return value.map((one) => valueInWords(field, one, wording, locale) ?? '').join(', ')
  const fields = value as Fields
  if ('omittedBytes' in fields)
    return `too long to keep (${Number(fields['omittedBytes']).toLocaleString(locale)} bytes)`
  const name = [fields['label'], fields['name'], fields['title']].find((one) => typeof one === 'string')
  if (typeof name === 'string') return name
  const words = Object.entries(fields)
    .flatMap(([key, one]) => {
      const words = valueInWords(key, one, wording, locale)
      return words === null ? [] : [`${labelOf([key]).toLowerCase()}: ${words}`]
    })
    .join('; ')
  return words === '' ? null : words
}

/** Bulk changes: `patches`, each with the ids it fits; those before say how many stood how. */
interface Patched {
  patch: Fields
  ids?: string[]
}

const patchesOf = (fields: AuditEntry['before']): Patched[] | null =>
  Array.isArray(fields?.['patches']) ? (fields['patches'] as Patched[]) : null

/** @example `New (8), Open (4)` */
function tally(patches: readonly Patched[], field: string, wording: Wording, locale?: string): string | null {
  const counted = new Map<string, number>()
  for (const { patch, ids } of patches) {
    if (!Object.hasOwn(patch, field)) continue
    const words = valueInWords(field, patch[field], wording, locale) ?? 'none'
    counted.set(words, (counted.get(words) ?? 0) + (ids?.length ?? 0))
  }
  const parts = [...counted].map(([words, count]) =>
    counted.size > 1 ? `${words} (${count.toLocaleString(locale)})` : words,
  )
  return parts.length === 0 ? null : parts.join(', ')
}

function bulkChanges(
  before: readonly Patched[],
  after: readonly Patched[],
  wording: Wording,
  locale?: string,
): Change[] {
  const fields = [...new Set(after.flatMap(({ patch }) => Object.keys(patch)))]
  return fields.map((field) => ({
    label: labelOf([field]),
    before: tally(before, field, wording, locale),
    after: tally(after, field, wording, locale),
  }))
}

/** What no person reads: how a session began stands in its sentence, and an id is a detail. */
const silent = new Set(['method', 'replacedBy'])

/** The two sides as they are told: what only was, or only is, is no change; its name stands in the sentence. */
function sidesOf({ action, before, after }: AuditEntry): [before: Fields, after: Fields] {
  if (action === 'key.rotate') {
    return [{ hint: before?.['hint'] }, { hint: after?.['hint'], oldKeyStops: before?.['expiresAt'] }]
  }
  // How many came stands in the sentence; what went well with the others is no news.
  if (action === 'feedback.import') {
    return [{}, { repeated: after?.['repeated'] || undefined, refused: after?.['refused'] || undefined }]
  }
  // How many, and after how many days, stands in the sentence.
  if (action.startsWith('retention.')) return [{}, { olderThan: after?.['before'] }]
  if (before !== null && after !== null) return [before, after]
  const { name: _name, ...only } = after ?? before ?? {}
  return [{}, only]
}

/** Everything that an entry says has changed, field by field, in words. */
export function changesOf(entry: AuditEntry, wording: Wording, locale?: string): Change[] {
  const [patchesBefore, patchesAfter] = [patchesOf(entry.before), patchesOf(entry.after)]
  if (patchesAfter) return bulkChanges(patchesBefore ?? [], patchesAfter, wording, locale)
  return leaves(...sidesOf(entry)).flatMap(({ path, before: was, after: is }) => {
    const field = path.at(-1) ?? ''
    const [before, after] = [was, is].map((side) => valueInWords(field, side, wording, locale)) as [
      string | null,
      string | null,
    ]
    return silent.has(field) || before === after ? [] : [{ label: labelOf(path), before, after }]
  })
}
