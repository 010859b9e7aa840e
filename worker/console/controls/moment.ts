/** Times for people, in the reader's own locale. Pure: `now` is passed in. */

const minuteMs = 60_000
const hourMs = 60 * minuteMs
const dayMs = 24 * hourMs

/** @example relativeTime('2026-11-22T09:00:00Z', Date.parse('2026-11-22T12:00:00Z'), 'en') // '3h ago' */
export function relativeTime(iso: string, now: number, locale?: string): string {
  const at = Date.parse(iso)
  if (Number.isNaN(at)) return iso
  const ago = now - at
  const format = relativeFormat(locale)
  if (ago < minuteMs) return format.format(0, 'second')
  if (ago < hourMs) return format.format(-Math.floor(ago / minuteMs), 'minute')
  if (ago < dayMs) return format.format(-Math.floor(ago / hourMs), 'hour')
  if (ago < 7 * dayMs) return format.format(-Math.floor(ago / dayMs), 'day')
  const thisYear = new Date(at).getFullYear() === new Date(now).getFullYear()
  return dateFormat(locale, thisYear ? 'day' : 'day and year').format(at)
}

/** To the second, with the zone it is told in. */
export function exactTime(iso: string, locale?: string): string {
  const at = Date.parse(iso)
  return Number.isNaN(at) ? iso : dateFormat(locale, 'exact').format(at)
}

const relativeFormat = kept((locale) => new Intl.RelativeTimeFormat(locale, { style: 'narrow', numeric: 'auto' }))
const dateFormats = {
  day: kept((locale) => new Intl.DateTimeFormat(locale, { day: 'numeric', month: 'short' })),
  'day and year': kept(
    (locale) => new Intl.DateTimeFormat(locale, { day: 'numeric', month: 'short', year: 'numeric' }),
  ),
  exact: kept(
    (locale) =>
      new Intl.DateTimeFormat(locale, {
        weekday: 'short',
        day: 'numeric',
        month: 'short',
        year: 'numeric',
        hour: '2-digit',
        minute: '2-digit',
        second: '2-digit',
        timeZoneName: 'short',
      }),
  ),
}

function dateFormat(locale: string | undefined, which: keyof typeof dateFormats): Intl.DateTimeFormat {
  return dateFormats[which](locale)
}

/** Making a formatter costs more than a frame allows for a screen full of times; one a locale is made and kept. */
function kept<Format>(make: (locale: string | undefined) => Format): (locale: string | undefined) => Format {
  const made = new Map<string | undefined, Format>()
  return (locale) => {
    const known = made.get(locale)
    if (known) return known
    const format = make(locale)
    made.set(locale, format)
    return format
  }
}

/** How long before another moment something happened: `0:12` is twelve seconds. */
export function before(iso: string, end: string): string {
  const seconds = Math.round((Date.parse(end) - Date.parse(iso)) / 1000)
  if (!Number.isFinite(seconds) || seconds < 0) return ''
  const parts = [Math.floor(seconds / 60) % 60, seconds % 60].map((part) => String(part).padStart(2, '0'))
  const hours = Math.floor(seconds / 3600)
  return hours > 0 ? `${hours}:${parts.join(':')}` : `${Number(parts[0])}:${parts[1]}`
}

/** The calendar day in a zone, as `from` and `to` take it. */
export function dayIn(timeZone: string, at: number): string {
  return new Date(at).toLocaleDateString('sv', { timeZone })
}

export function addDays(day: string, days: number): string {
  return new Date(Date.parse(`${day}T00:00:00Z`) + days * dayMs).toISOString().slice(0, 10)
}
