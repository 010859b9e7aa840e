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
