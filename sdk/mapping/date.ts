import { instantIn } from './zone.ts'

/** Ways to write a date that mean something only to those who know: which part is the day, which the month. */
export const dateFormats = ['dmy', 'mdy', 'ydm'] as const
export type DateFormat = (typeof dateFormats)[number]

/** How the dates of a file are meant. */
export interface DateReading {
  /** Beside ISO 8601, tried in this order. */
  formats?: readonly DateFormat[]
  /** IANA name: of times that name no offset. UTC unless told. */
  zone?: string
}

/** What became of a text. `hint` says which format might help: `order` for the order of day and month. */
export type DateRead = { iso: string } | { reason: string; hint?: 'order' | 'ydm' }

const clock = String.raw`(?<hour>\d{1,2}):(?<minute>\d{2})(?::(?<second>\d{2})(?:[.,](?<fraction>\d+))?)?(?:\s?(?<half>[ap])\.?m\.?)?`
const zone = String.raw`(?:\s?(?<zone>Z|UTC|GMT|(?:UTC|GMT)?[+-]\d{1,2}(?::?\d{2})?))?`
const time = String.raw`(?:(?:T|,?\s+|\s+at\s+)${clock}${zone})?`
const yearFirst = new RegExp(String.raw`^(?<year>\d{4})([./-])(?<first>\d{1,2})\2(?<second_>\d{1,2})${time}$`, 'i')
const yearLast = new RegExp(String.raw`^(?<first>\d{1,2})([./-])(?<second_>\d{1,2})\2(?<year>\d{4})${time}$`, 'i')
const months = 'jan feb mar apr may jun jul aug sep oct nov dec'.split(' ')
const name = String.raw`(?<month>${months.join('|')})[a-z]*\.?`
const named = [
  new RegExp(
    String.raw`^(?:[a-z]{3,9},?\s+)?(?<day>\d{1,2})(?:st|nd|rd|th)?[\s-]${name},?[\s-](?<year>\d{4})${time}$`,
    'i',
  ),
  new RegExp(
    String.raw`^(?:[a-z]{3,9},?\s+)?${name}\s+(?<day>\d{1,2})(?:st|nd|rd|th)?,?\s+(?<year>\d{4})${time}$`,
    'i',
  ),
]

type Groups = Record<string, string | undefined>

/**
 * Reads a time: ISO 8601 with or without an offset, with blanks or slashes too; a date alone, which is midnight; a
 * month by its English name; and, in the order given, the formats that are said to stand in the file: `dmy` and `mdy` as
 * in `31/12/2025 14:05`, `ydm` as in `2025-31-12`. Nothing is guessed, and 30 February is not made 2 March.
 *
 * @returns ISO in UTC, or the reason why it cannot be read
 * @example readDate('31/01/2026 9:30 PM', { formats: ['dmy'], zone: 'Europe/Berlin' }) // { iso: '2026-01-31T20:30:00.000Z' }
 */
export function readDate(text: string, reading: DateReading = {}): DateRead {
  const trimmed = text.trim()
  const formats = reading.formats ?? []
  const none = { reason: `createdAt: there is no "${trimmed}" in the calendar` }
  const standard = yearFirst.exec(trimmed)?.groups
  if (standard) {
    const { first, second_: second } = standard
    const plain = moment(standard, first, second, reading)
    if (plain) return { iso: plain }
    const turned = moment(standard, second, first, reading)
    if (turned && formats.includes('ydm')) return { iso: turned }
    return turned ? { ...none, hint: 'ydm' } : none
  }
  for (const form of named) {
    const groups = form.exec(trimmed)?.groups
    if (!groups) continue
    const month = String(months.indexOf((groups['month'] ?? '').toLowerCase()) + 1)
    const iso = moment(groups, month, groups['day'], reading)
    return iso ? { iso } : none
  }
  const written = yearLast.exec(trimmed)?.groups
  if (!written) {
    return { reason: `createdAt: "${trimmed}" is no date; ISO 8601 is, such as 2026-01-31 or 2026-01-31T09:30:00Z` }
  }
  const said = formats.filter((format) => format !== 'ydm')
  if (said.length === 0) return { reason: `createdAt: "${trimmed}" can be read in two ways`, hint: 'order' }
  for (const format of said) {
    const { first, second_: second } = written
    const iso = format === 'dmy' ? moment(written, second, first, reading) : moment(written, first, second, reading)
    if (iso) return { iso }
  }
  return { reason: `${none.reason} as ${said.join(' or ')}` }
}

/** The moment as ISO in UTC, or null where the calendar and the clock do not have it. */
function moment(
  groups: Groups,
  month: string | undefined,
  day: string | undefined,
  reading: DateReading,
): string | null {
  const number = (text: string | undefined) => Number(text ?? 0)
  const { year, minute, second, fraction, half } = groups
  const hour = hourOf(number(groups['hour']), half)
  const shown = new Date(0)
  shown.setUTCFullYear(number(year), number(month) - 1, number(day))
  shown.setUTCHours(hour, number(minute), number(second), Math.trunc(Number(`0.${fraction ?? 0}`) * 1000))
  const inCalendar = shown.getUTCMonth() === number(month) - 1 && shown.getUTCDate() === number(day)
  const onClock = hour >= 0 && hour < 24 && number(minute) < 60 && number(second) < 60
  if (!inCalendar || !onClock) return null
  const offset = offsetMinutes(groups['zone'])
  if (offset === null) return new Date(instantIn(reading.zone ?? 'UTC', shown.getTime())).toISOString()
  return Math.abs(offset) < 24 * 60 ? new Date(shown.getTime() - offset * 60_000).toISOString() : null
}

/** Of twelve hours, which of twenty-four; below 0 where there is none. */
function hourOf(hour: number, half: string | undefined): number {
  if (half === undefined) return hour
  if (hour < 1 || hour > 12) return -1
  return (hour % 12) + (half.toLowerCase() === 'p' ? 12 : 0)
}

/** Null where none is named. */
function offsetMinutes(zone: string | undefined): number | null {
  if (zone === undefined) return null
  const [, sign, hours, minutes] = /([+-])(\d{1,2}):?(\d{2})?$/.exec(zone) ?? []
  return (sign === '-' ? -1 : 1) * (Number(hours ?? 0) * 60 + Number(minutes ?? 0))
}
