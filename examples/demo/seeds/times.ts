import type { Dice } from './random.ts'

const hourMs = 3_600_000
const dayMs = 24 * hourMs

/** Sunday first: studios are busy in the middle of the week and on Saturdays. */
const weekday = [0.45, 0.8, 1.15, 1.25, 1.2, 0.85, 1.1]
/** By hour, UTC: nothing much at night, a peak before noon and one after work. */
const hour = [1, 1, 1, 1, 1, 2, 4, 7, 10, 12, 12, 10, 8, 9, 9, 8, 9, 12, 14, 13, 9, 6, 3, 2]

/** A moment within the last `days` days before `now`, as busy as the day and the hour are. */
export function momentBefore(now: Date, days: number, from: Dice): Date {
  for (;;) {
    const at = new Date(now.getTime() - (from.next() * days * dayMs + from.next() * hourMs))
    const busy = ((weekday[at.getUTCDay()] ?? 1) / 1.25) * ((hour[at.getUTCHours()] ?? 1) / 14)
    if (from.next() < busy) return at
  }
}

/** A moment in the days after a release that people complain about: most on the first day. */
export function momentAfterRelease(now: Date, daysAgo: { from: number; to: number }, from: Dice): Date {
  const along = from.next() ** 2.2
  const start = now.getTime() - daysAgo.from * dayMs + 7 * hourMs
  return new Date(start + along * (daysAgo.from - daysAgo.to) * dayMs)
}

export function daysBetween(earlier: Date, later: Date): number {
  return (later.getTime() - earlier.getTime()) / dayMs
}
