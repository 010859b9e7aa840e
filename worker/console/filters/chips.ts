import type { Project } from '../../../sdk/wire/index.ts'
import { withFilter, withNegated, type Filters } from '../address/view.ts'
import { datesInWords, withoutDays } from './date.ts'
import { fieldOf, isOneSided, valueLabel } from './fields.ts'
import { ratingInWords, withoutRating } from './rating.ts'

/** One filter as the bar shows it: `Status` `is not` `Done or Declined`. */
export interface Chip {
  /** The field whose values the chip opens. */
  field: string
  label: string
  verb: 'is' | 'is not'
  value: string
  removed: Filters
  /** With "is" and "is not" swapped; null where that makes no sense. */
  negated: Filters | null
}

const ratingNames = ['scale', 'min', 'max']
const dateNames = ['from', 'to', 'tz']

/** Filters in the order of the address bar; search and sort have their own place on the screen. */
export function chipsOf(filters: Filters, project: Project | null): Chip[] {
  const chips: Chip[] = []
  for (const [name, values] of filters) {
    if (name === 'q' || name === 'sort') continue
    if (ratingNames.includes(name)) add(chips, 'rating', 'Rating', ratingInWords(filters), withoutRating(filters))
    else if (dateNames.includes(name)) add(chips, 'date', 'Date', datesInWords(filters), withoutDays(filters))
    else chips.push(plainChip(filters, name, values, project))
  }
  return chips
}

function add(chips: Chip[], field: string, label: string, value: string | null, removed: Filters): void {
  if (value === null || chips.some((chip) => chip.field === field)) return
  chips.push({ field, label, verb: 'is', value, removed, negated: null })
}

function plainChip(filters: Filters, name: string, values: readonly string[], project: Project | null): Chip {
  const excluded = name.startsWith('not.')
  const field = excluded ? name.slice(4) : name
  return {
    field,
    label: fieldOf(field).label,
    verb: excluded ? 'is not' : 'is',
    value: values.map((value) => valueLabel(field, value, project)).join(' or '),
    removed: withFilter(filters, name, []),
    negated: isOneSided(field) ? null : withNegated(filters, name),
  }
}
