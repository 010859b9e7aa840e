/** A day of UTC in the reader's own words. */
export function dayInWords(day: string, locale?: string): string {
  const options = { weekday: 'short', day: 'numeric', month: 'short', timeZone: 'UTC' } as const
  return new Date(`${day}T12:00:00Z`).toLocaleDateString(locale, options)
}

/** The same as short as an axis needs it. */
export function dayShort(day: string, locale?: string): string {
  return new Date(`${day}T12:00:00Z`).toLocaleDateString(locale, { day: 'numeric', month: 'short', timeZone: 'UTC' })
}
