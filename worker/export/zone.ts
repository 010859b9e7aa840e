const stepMs = 15 * 60_000
/** Stretches whose offset is remembered: ten years of quarter hours would be too many. */
const rememberedMax = 5_000

/**
 * Makes a function that says what a clock on the wall shows in a zone, in ms as if it were UTC. Asking the platform for
 * every row would cost more than the row; an offset that is the same at both ends of a quarter of an hour holds between.
 *
 * @example wallClock('Asia/Tokyo')(Date.parse('2026-11-22T09:30:00Z')) // Date.parse('2026-11-22T18:30:00Z')
 */
export function wallClock(timeZone: string): (at: number) => number {
  if (timeZone === 'UTC') return (at) => at
  const format = new Intl.DateTimeFormat('en-US', {
    timeZone,
    hourCycle: 'h23',
    era: 'short',
    year: 'numeric',
    month: 'numeric',
    day: 'numeric',
    hour: 'numeric',
    minute: 'numeric',
    second: 'numeric',
  })
  const offsets = new Map<number, number | null>()
  const exact = (at: number) => {
    const part: Record<string, string> = {}
    for (const { type, value } of format.formatToParts(at)) part[type] = value
    const year = part['era'] === 'BC' ? 1 - Number(part['year']) : Number(part['year'])
    const shown = new Date(0)
    shown.setUTCFullYear(year, Number(part['month']) - 1, Number(part['day']))
    shown.setUTCHours(Number(part['hour']), Number(part['minute']), Number(part['second']))
    return shown.getTime() - Math.floor(at / 1_000) * 1_000
  }
  return (at) => {
    const step = Math.floor(at / stepMs)
    let offset = offsets.get(step)
    if (offset === undefined) {
      const first = exact(step * stepMs)
      offset = first === exact((step + 1) * stepMs - 1) ? first : null
      if (offsets.size >= rememberedMax) offsets.clear()
      offsets.set(step, offset)
    }
    return at + (offset ?? exact(at))
  }
}

/**
 * A wall clock's time in the form that spreadsheets read as a date, to the second.
 *
 * @example clockText(Date.parse('2026-11-22T18:30:00.250Z')) // '2026-11-22 18:30:00'
 */
export function clockText(clock: number): string {
  return new Date(clock).toISOString().slice(0, 19).replace('T', ' ')
}
