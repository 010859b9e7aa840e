import type { Period, PeriodUnit } from '../../sdk/wire/insight.ts'
import { addDays, dateAt, startOfDay } from '../filters/day.ts'

/** How a project divides time. */
export interface Calendar {
  timeZone: string
  weekStart: 'monday' | 'sunday'
}

/** A period with its instants in epoch ms; the second is no longer in it. */
export interface Span {
  period: Period
  from: number
  to: number
}

/** Everything that is counted for one chart. */
export interface Timeline {
  /** The oldest first; those at the ends hold only what lies within the range. */
  periods: Span[]
  /** The whole one before the first of them. */
  before: Span
  total: Span
  /** As many days before the total. */
  previous: Span
}

/** Periods that are shown where nobody says from when on. */
export const periodsDefault: Record<PeriodUnit, number> = { day: 30, week: 12, month: 12 }
/** Periods of one chart: over a year of days, 33 years of months. */
export const periodsMax = 400

/** The first date of the period that holds a date. */
export function firstDate(date: string, by: PeriodUnit, weekStart: Calendar['weekStart']): string {
  if (by === 'day') return date
  if (by === 'month') return `${date.slice(0, 8)}01`
  const day = new Date(`${date}T00:00:00Z`).getUTCDay()
  return addDays(date, -((day + (weekStart === 'monday' ? 6 : 0)) % 7))
}

/** The first date of a period so many later, or earlier. */
export function movePeriod(first: string, by: PeriodUnit, count: number): string {
  if (by === 'day') return addDays(first, count)
  if (by === 'week') return addDays(first, 7 * count)
  const [year = 0, month = 1] = first.split('-').map(Number)
  return new Date(Date.UTC(year, month - 1 + count, 1)).toISOString().slice(0, 10)
}

/** Days, weeks or months from the period of one date to that of another, both counted; nearly, for months. */
export function countPeriods(from: string, to: string, by: PeriodUnit): number {
  const days = (Date.parse(to) - Date.parse(from)) / 86_400_000 + 1
  return Math.ceil(days / { day: 1, week: 7, month: 30.44 }[by])
}

/**
 * Divides a range of time. Without `to` it ends with today, without `from` it has `periodsDefault` periods. Null where
 * it would be more than `periodsMax` periods.
 *
 * @example
 * timeline({ from: null, to: null, by: 'week', calendar: { timeZone: 'Europe/Berlin', weekStart: 'monday' }, now })
 */
export function timeline(asked: {
  from: number | null
  to: number | null
  by: PeriodUnit
  calendar: Calendar
  now: number
}): Timeline | null {
  const { by, calendar, now } = asked
  const { timeZone, weekStart } = calendar
  const start = (date: string) => startOfDay(date, timeZone)
  const to = asked.to ?? start(addDays(dateAt(now, timeZone), 1))
  const last = dateAt(to - 1, timeZone)
  const from = asked.from ?? start(movePeriod(firstDate(last, by, weekStart), by, 1 - periodsDefault[by]))
  const first = dateAt(from, timeZone)
  if (countPeriods(first, last, by) > periodsMax) return null
  const periods: Span[] = []
  const head = firstDate(first, by, weekStart)
  for (let date = head; ; date = movePeriod(date, by, 1)) {
    const begin = start(date)
    if (begin >= to) break
    if (periods.length === periodsMax) return null
    const next = movePeriod(date, by, 1)
    const end = start(next)
    // A date that a zone left out has no time in it.
    if (end <= from || end === begin) continue
    const isCut = begin < from || end > to || end > now
    const [day, dayAfter] = [date < first ? first : date, addDays(next, -1)]
    periods.push({
      period: { from: day, to: dayAfter > last ? last : dayAfter, ...(isCut ? { partial: true } : {}) },
      from: Math.max(begin, from),
      to: Math.min(end, to),
    })
  }
  const past = movePeriod(head, by, -1)
  return {
    periods,
    before: { period: { from: past, to: addDays(head, -1) }, from: start(past), to: start(head) },
    total: { period: { from: first, to: last, ...(to > now ? { partial: true } : {}) }, from, to },
    previous: previousOf({ from, to, first, last }, timeZone),
  }
}

/** The range of as many days that ends where the range begins; as long in ms where that is no midnight. */
function previousOf(range: { from: number; to: number; first: string; last: string }, timeZone: string): Span {
  const { from, to, first, last } = range
  const isWhole = startOfDay(first, timeZone) === from && startOfDay(addDays(last, 1), timeZone) === to
  const days = (Date.parse(last) - Date.parse(first)) / 86_400_000 + 1
  const begin = isWhole ? startOfDay(addDays(first, -days), timeZone) : from - (to - from)
  return {
    period: { from: dateAt(begin, timeZone), to: dateAt(from - 1, timeZone) },
    from: begin,
    to: from,
  }
}
