const dayMs = 86_400_000

/** Writes real dates where a page says `<time data-day="2">`: two days from `now`, so that the demo never looks old. */
export function fillDates(page: Document, now: Date): void {
  for (const time of page.querySelectorAll<HTMLTimeElement>('time[data-day]')) {
    const offset = Number(time.dataset['day'])
    const day = new Date(now.getTime() + offset * dayMs)
    time.dateTime = day.toISOString().slice(0, 10)
    time.textContent = dayText(day, offset, time.dataset['format'])
  }
}

function dayText(day: Date, offset: number, format: string | undefined): string {
  if (format === 'long') return day.toLocaleDateString('en-GB', { weekday: 'long', day: 'numeric', month: 'long' })
  if (format === 'short') return day.toLocaleDateString('en-GB', { weekday: 'short', day: 'numeric' })
  if (offset === 0) return 'today'
  if (offset === 1) return 'tomorrow'
  if (offset === -1) return 'yesterday'
  return day.toLocaleDateString('en-GB', { weekday: 'short', day: 'numeric', month: 'short' })
}
