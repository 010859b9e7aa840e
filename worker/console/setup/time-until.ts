const units: readonly (readonly [unit: Intl.RelativeTimeFormatUnit, seconds: number])[] = [
  ['day', 86_400],
  ['hour', 3_600],
  ['minute', 60],
]

/** @example timeUntil('2026-11-30T12:00:00Z', Date.parse('2026-11-23T12:00:00Z'), 'en') // 'in 7 days' */
export function timeUntil(iso: string, now: number, locale?: string): string {
  const seconds = (Date.parse(iso) - now) / 1000
  const [unit, length] = units.find(([, length]) => seconds >= length) ?? ['minute', 60]
  // Rounded up below a minute: what has not come yet is not now.
  const count = Math.max(1, Math.round(seconds / length))
  return new Intl.RelativeTimeFormat(locale, { numeric: 'always' }).format(count, unit)
}
