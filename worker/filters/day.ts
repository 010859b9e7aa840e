/** By name as it was asked for; a zone has as many as its letters have cases. */
const formatters = new Map<string, Intl.DateTimeFormat>()
const formattersMax = 1_000

/** Making one costs more than using it a hundred times. */
function formatterOf(timeZone: string): Intl.DateTimeFormat {
  let formatter = formatters.get(timeZone)
  if (formatter === undefined) {
    formatter = new Intl.DateTimeFormat('en-US', {
      timeZone,
      hourCycle: 'h23',
      year: 'numeric',
      month: 'numeric',
      day: 'numeric',
      hour: 'numeric',
      minute: 'numeric',
      second: 'numeric',
    })
    if (formatters.size >= formattersMax) formatters.clear()
    formatters.set(timeZone, formatter)
  }
  return formatter
}

/** The offset of a time zone at an instant, in ms east of UTC. */
function offsetAt(instant: number, timeZone: string): number {
  const parts = formatterOf(timeZone).formatToParts(instant)
  const at = (type: string) => Number(parts.find((part) => part.type === type)?.value)
  const local = Date.UTC(at('year'), at('month') - 1, at('day'), at('hour'), at('minute'), at('second'))
  return local - Math.floor(instant / 1_000) * 1_000
}

/** Whether the runtime knows an IANA time zone. */
export function isTimeZone(timeZone: string): boolean {
  try {
    return new Intl.DateTimeFormat('en-US', { timeZone }).resolvedOptions().timeZone !== ''
  } catch {
    // The constructor throws a RangeError for a zone it does not know.
    return false
  }
}

/** The date in a time zone at an instant in epoch ms. */
export function dateAt(instant: number, timeZone: string): string {
  return new Date(instant + offsetAt(instant, timeZone)).toISOString().slice(0, 10)
}

const hourMs = 3_600_000

/**
 * The instant at which a date begins in a time zone, in epoch ms. Where midnight does not exist, the first instant
 * after it; where it comes twice, the first.
 *
 * @example startOfDay('2026-03-29', 'Europe/Berlin') // 2026-03-28T23:00:00Z
 */
export function startOfDay(date: string, timeZone: string): number {
  const utc = Date.parse(`${date}T00:00:00Z`)
  const guess = utc - offsetAt(utc, timeZone)
  const start = utc - offsetAt(guess, timeZone)
  const isIn = (instant: number) => dateAt(instant, timeZone) >= date
  if (isIn(start) && !isIn(start - 1)) return start
  // A clock that is set at midnight: the date begins somewhere near, or is left out altogether.
  let [before, after] = [start - 3 * hourMs, start + 25 * hourMs]
  while (after - before > 1) {
    const middle = Math.floor((before + after) / 2)
    if (isIn(middle)) after = middle
    else before = middle
  }
  return after
}

/** The date so many days after a date, or before it. */
export function addDays(date: string, days: number): string {
  return new Date(Date.parse(`${date}T00:00:00Z`) + days * 86_400_000).toISOString().slice(0, 10)
}

/** The date after a date. */
export const nextDate = (date: string): string => addDays(date, 1)
