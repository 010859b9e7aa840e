import type { Project } from '../../../sdk/wire/index.ts'
import { withFilter, withNegated, type Filters } from '../address/view.ts'
import { datesInWords, moment, withoutDays, withoutSince } from './date.ts'
import { fieldOf, isOneSided, valueLabel } from './fields.ts'
import { asksForNoScore, ratingInWords, withoutRating } from './rating.ts'

/** One filter as the bar shows it, a sentence: `Status` `is not` `Done or Declined`. */
export interface Chip {
  /** The field whose values the chip opens. */
  field: string
  label: string
  verb: string
  value: string
  removed: Filters
  /** With "is" and "is not" swapped; null where that makes no sense. */
  negated: Filters | null
  /** The verb it would have then. */
  opposite: string
}

const ratingNames = ['scale', 'min', 'max']
const dateNames = ['from', 'to', 'tz']

/** Filters in the order of the address bar; search and sort have their own place on the screen. */
export function chipsOf(filters: Filters, project: Project | null): Chip[] {
  const chips: Chip[] = []
  for (const [name, values] of filters) {
    if (name === 'q' || name === 'sort') continue
    const chip = chipOf(filters, name, values, project)
    if (chip && !chips.some(({ field, verb }) => field === chip.field && verb === chip.verb)) chips.push(chip)
  }
  return chips
}

function chipOf(filters: Filters, name: string, values: readonly string[], project: Project | null): Chip | null {
  if (ratingNames.includes(name)) {
    return said('rating', 'Rating', ['is', ratingInWords(filters) ?? ''], withoutRating(filters))
  }
  if (name === 'not.scale' && asksForNoScore(filters)) {
    return said('rating', 'Rating', ['is', 'not given'], withFilter(filters, name, []))
  }
  if (dateNames.includes(name)) {
    const days = datesInWords(filters)
    return days && said('date', 'Said', days, withoutDays(filters))
  }
  if (name === 'since') return said('since', 'Received', ['since', moment(values[0] ?? '')], withoutSince(filters))
  return plainChip(filters, name, values, project)
}

function said(field: string, label: string, [verb, value]: [string, string], removed: Filters): Chip {
  return { field, label, verb, value, removed, negated: null, opposite: '' }
}

/** Fields that would read badly with "is". */
const sentences: ReadonlyMap<string, { label: string; verbs: [is: string, isNot: string] }> = new Map([
  ['has', { label: 'Item', verbs: ['has', 'does not have'] }],
  ['verified', { label: 'Person', verbs: ['is', 'is not'] }],
  ['merged', { label: 'Merged items', verbs: ['are', 'are not'] }],
])

function plainChip(filters: Filters, name: string, values: readonly string[], project: Project | null): Chip {
  const excluded = name.startsWith('not.')
  const field = excluded ? name.slice(4) : name
  const { label, verbs } = sentences.get(field) ?? { label: fieldOf(field).label, verbs: ['is', 'is not'] }
  const [verb = '', opposite = ''] = excluded ? verbs.toReversed() : verbs
  return {
    field,
    label,
    verb,
    value: values.map((value) => valueLabel(field, value, project)).join(' or '),
    removed: withFilter(filters, name, []),
    negated: isOneSided(field) ? null : withNegated(filters, name),
    opposite,
  }
}
