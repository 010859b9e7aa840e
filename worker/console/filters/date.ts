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
]

/** The zone stands in the address too, so that a colleague elsewhere sees the same days. */
export function withDays(filters: Filters, days: { from?: string; to?: string }, timeZone: string): Filters {
  let next = withoutDays(filters)
  if (days.from) next = withFilter(next, 'from', [days.from])
  if (days.to) next = withFilter(next, 'to', [days.to])
  return days.from || days.to ? withFilter(next, 'tz', [timeZone]) : next
}

export function withoutDays(filters: Filters): Filters {
  return withoutFilters(filters, ['from', 'to', 'tz'])
}

/** @example datesInWords(filters of ?from=2026-11-01&to=2026-11-07, 'en-GB') // '1 Nov to 7 Nov 2026' */
export function datesInWords(filters: Filters, locale?: string): string | null {
  const [from] = filters.get('from') ?? []
  const [to] = filters.get('to') ?? []
  if (from && to) return from === to ? day(from, locale) : `${day(from, locale)} to ${day(to, locale)}`
  if (from) return `since ${day(from, locale)}`
  return to ? `until ${day(to, locale)}` : null
}

function day(text: string, locale?: string): string {
  const isDay = /^\d{4}-\d{2}-\d{2}$/.test(text)
  const at = new Date(isDay ? `${text}T12:00:00Z` : text)
  if (Number.isNaN(at.getTime())) return text
  return at.toLocaleDateString(locale, { day: 'numeric', month: 'short', year: 'numeric' })
}
