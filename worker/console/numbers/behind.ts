import type { Period } from '../../../sdk/wire/index.ts'
import { withoutFilters, type Filters } from '../address/view.ts'

/** The filters that list the items behind a number of one period: what is on screen, narrowed. */
export function behind(
  filters: Filters,
  period: Period,
  timeZone: string,
  narrowed: Readonly<Record<string, string>> = {},
): Filters {
  const own = { from: period.from, to: period.to, tz: timeZone, ...narrowed }
  const rest = withoutFilters(filters, [...Object.keys(own), 'sort'])
  return new Map([...rest, ...Object.entries(own).map(([name, value]) => [name, [value]] as const)])
}

/**
 * Whether one list can hold just the items with this value. An item may have several labels, and a list that asks for
 * two of them asks for either: what has another one than those asked for cannot be listed by itself.
 */
export function isListable(filters: Filters, name: string, value: string): boolean {
  const asked = filters.get(name)
  return asked === undefined || asked.includes(value)
}
