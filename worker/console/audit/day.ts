import { addDays } from '../controls/moment.ts'

/** @example dayInWords('2026-11-22', '2026-11-23') // 'Yesterday' */
export function dayInWords(day: string, today: string, locale?: string): string {
  if (day === today) return 'Today'
  if (day === addDays(today, -1)) return 'Yesterday'
  const at = new Date(`${day}T12:00:00Z`)
  const shown = { weekday: 'long', day: 'numeric', month: 'long', timeZone: 'UTC' } as const
  const isThisYear = day.slice(0, 4) === today.slice(0, 4)
  return at.toLocaleDateString(locale, isThisYear ? shown : { ...shown, year: 'numeric' })
}
