import { withFilter, withoutFilters, type Filters } from '../address/view.ts'
import { addDays } from '../controls/moment.ts'

export interface DatePreset {
  key: string
  label: string
  /** First and last day, both included; no last day means until now. */
  days: (today: string) => { from: string; to?: string }
}

export const datePresets: readonly DatePreset[] = [
  { key: 'today', label: 'Today', days: (today) => ({ from: today }) },
  { key: 'yesterday', label: 'Yesterday', days: (today) => ({ from: addDays(today, -1), to: addDays(today, -1) }) },
  { key: 'week', label: 'Last 7 days', days: (today) => ({ from: addDays(today, -6) }) },
  { key: 'month', label: 'Last 30 days', days: (today) => ({ from: addDays(today, -29) }) },
  { key: 'quarter', label: 'Last 90 days', days: (today) => ({ from: addDays(today, -89) }) },
  { key: 'this-month', label: 'This month', days: (today) => ({ from: firstOf(today) }) },
  {
    key: 'last-month',
    label: 'Last month',
    days: (today) => {
      const to = addDays(firstOf(today), -1)
      return { from: firstOf(to), to }
    },
  },
]

const firstOf = (day: string): string => `${day.slice(0, 8)}01`

/** The zone stands in the address too, so that a colleague elsewhere sees the same days. */
export function withDays(filters: Filters, days: { from?: string; to?: string }, timeZone: string): Filters {
  let next = withoutFilters(filters, ['from', 'to'])
  if (days.from) next = withFilter(next, 'from', [days.from])
  if (days.to) next = withFilter(next, 'to', [days.to])
  return zoned(next, timeZone)
}

export function withoutDays(filters: Filters): Filters {
  return zoned(withoutFilters(filters, ['from', 'to']))
}

/** Since when it was received: a day in the zone, or an instant. */
export function withSince(filters: Filters, since: string, timeZone: string): Filters {
  return zoned(withFilter(filters, 'since', [since]), timeZone)
}

export function withoutSince(filters: Filters): Filters {
  return zoned(withoutFilters(filters, ['since']))
}

/** A zone stands where a day does, and nowhere else. */
function zoned(filters: Filters, timeZone?: string): Filters {
  const hasDay = ['from', 'to', 'since'].some((name) => filters.get(name)?.some((text) => isDay(text)))
  if (!hasDay) return withoutFilters(filters, ['tz'])
  return timeZone === undefined ? filters : withFilter(filters, 'tz', [timeZone])
}

const isDay = (text: string): boolean => /^\d{4}-\d{2}-\d{2}$/.test(text)

/** @example datesInWords(filters of ?from=2026-11-01&to=2026-11-07, 'en-GB') // ['from', '1 Nov 2026 to 7 Nov 2026'] */
export function datesInWords(filters: Filters, locale?: string): [verb: string, days: string] | null {
  const [from] = filters.get('from') ?? []
  const [to] = filters.get('to') ?? []
  if (from && to) {
    return from === to ? ['on', moment(from, locale)] : ['from', `${moment(from, locale)} to ${moment(to, locale)}`]
  }
  if (from) return ['since', moment(from, locale)]
  return to ? ['until', moment(to, locale)] : null
}

/** A day as a day; an instant with its time, in the reader's zone. */
export function moment(text: string, locale?: string): string {
  const at = new Date(isDay(text) ? `${text}T12:00:00` : text)
  if (Number.isNaN(at.getTime())) return text
  const date = at.toLocaleDateString(locale, { day: 'numeric', month: 'short', year: 'numeric' })
  return isDay(text) ? date : `${date}, ${at.toLocaleTimeString(locale, { hour: '2-digit', minute: '2-digit' })}`
}
