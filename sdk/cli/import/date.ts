/** Ways to write a date that mean something only to those who know: which part is the day, which the month. */
export const dateFormats = ['dmy', 'mdy', 'ydm'] as const
export type DateFormat = (typeof dateFormats)[number]

const iso =
  /^(?<year>\d{4})-(?<month>\d{2})-(?<day>\d{2})(?:[T ](?<hour>\d{2}):(?<minute>\d{2})(?::(?<second>\d{2})(?:[.,](?<fraction>\d+))?)?\s?(?<zone>Z|[+-]\d{2}(?::?\d{2})?)?)?$/i
const yearLast =
  /^(?<first>\d{1,2})(?<sign>[./-])(?<second>\d{1,2})\k<sign>(?<year>\d{4})(?:,?\s+(?<hour>\d{1,2}):(?<minute>\d{2})(?::(?<sec>\d{2}))?)?$/

/**
 * Reads a time: ISO 8601 with or without an offset (UTC where there is none), a date alone (UTC midnight), and, in the
 * order given, the formats that are said to stand in the file: `dmy` and `mdy` as in `31/12/2025 14:05`, `ydm` as in
 * `2025-31-12`. Nothing is guessed, and 30 February is not made 2 March.
 *
 * @returns ISO in UTC, or the reason why it cannot be read
 */
export function readDate(text: string, formats: readonly DateFormat[] = []): { iso: string } | { reason: string } {
  const trimmed = text.trim()
  const standard = iso.exec(trimmed)?.groups
  if (standard) {
    const { year, month, day, hour, minute, second, fraction, zone } = standard
    const ms = Math.trunc(Number(`0.${fraction ?? 0}`) * 1000)
    const time = [hour, minute, second]
    const asStandard = moment([year, month, day, ...time], ms, offsetMinutes(zone))
    const asTurned =
      asStandard ?? (formats.includes('ydm') ? moment([year, day, month, ...time], ms, offsetMinutes(zone)) : null)
    if (asTurned) return { iso: asTurned }
    const hint = moment([year, day, month], 0, 0) ? '; --date-format ydm takes the day before the month' : ''
    return { reason: `createdAt: there is no "${trimmed}" in the calendar${hint}` }
  }
  const written = yearLast.exec(trimmed)?.groups
  if (!written) {
    return { reason: `createdAt: "${trimmed}" is no date; ISO 8601 is, such as 2026-01-31 or 2026-01-31T09:30:00Z` }
  }
  const said = formats.filter((format) => format !== 'ydm')
  if (said.length === 0) {
    return { reason: `createdAt: "${trimmed}" can be read in two ways; say which with --date-format dmy or mdy` }
  }
  const { first, second, year, hour, minute, sec } = written
  for (const format of said) {
    const [day, month] = format === 'dmy' ? [first, second] : [second, first]
    const read = moment([year, month, day, hour, minute, sec], 0, 0)
    if (read) return { iso: read }
  }
  return { reason: `createdAt: there is no "${trimmed}" in the calendar as ${said.join(' or ')}` }
}

function offsetMinutes(zone: string | undefined): number {
  const parts = /^([+-])(\d{2}):?(\d{2})?$/.exec(zone ?? '')
  if (!parts) return 0
  return (parts[1] === '-' ? -1 : 1) * (Number(parts[2]) * 60 + Number(parts[3] ?? 0))
}

/** The moment as ISO in UTC, or null where the calendar and the clock do not have it. */
function moment(parts: (string | undefined)[], ms: number, offset: number): string | null {
  const [year = 0, month = 1, day = 1, hour = 0, minute = 0, second = 0] = parts.map((part) => Number(part ?? 0))
  const time = new Date(0)
  time.setUTCFullYear(year, month - 1, day)
  time.setUTCHours(hour, minute, second, ms)
  const inCalendar = time.getUTCMonth() === month - 1 && time.getUTCDate() === day
  const onClock = hour < 24 && minute < 60 && second < 60 && Math.abs(offset) < 24 * 60
  return inCalendar && onClock ? new Date(time.getTime() - offset * 60_000).toISOString() : null
}
