const formats = new Map<string, Intl.DateTimeFormat>()

function formatOf(zone: string): Intl.DateTimeFormat {
  const known = formats.get(zone)
  if (known) return known
  const format = new Intl.DateTimeFormat('en-US', {
    timeZone: zone,
    hourCycle: 'h23',
    year: 'numeric',
    month: 'numeric',
    day: 'numeric',
    hour: 'numeric',
    minute: 'numeric',
    second: 'numeric',
  })
  formats.set(zone, format)
  return format
}

/** What the clocks of a zone show at an instant, as if they were UTC, in epoch ms to the second. */
function shownAt(instant: number, zone: string): number {
  const parts = new Map(
    formatOf(zone)
      .formatToParts(instant)
      .map(({ type, value }) => [type, Number(value)]),
  )
  const part = (name: Intl.DateTimeFormatPartTypes) => parts.get(name) ?? 0
  return Date.UTC(part('year'), part('month') - 1, part('day'), part('hour'), part('minute'), part('second'))
}

/**
 * The instant at which the clocks of a zone show a time, both in epoch ms. Of a time that comes twice, in autumn, the
 * first; one that is left out, in spring, is as much later as the clocks go forward.
 */
export function instantIn(zone: string, shown: number): number {
  if (zone === 'UTC') return shown
  const offset = (at: number) => shownAt(at, zone) - Math.floor(at / 1000) * 1000
  const before = shown - offset(shown - 86_400_000)
  if (before + offset(before) === shown) return before
  const after = shown - offset(shown + 86_400_000)
  return after + offset(after) === shown ? after : before
}

/** Whether there is such a zone. */
export function isZone(zone: string): boolean {
  try {
    return formatOf(zone).resolvedOptions().timeZone !== ''
  } catch {
    // The constructor is the only way to ask.
    return false
  }
}
