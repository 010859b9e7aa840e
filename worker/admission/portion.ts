import { serverLimits } from '../limits.ts'

const dayMs = 86_400_000
/** How much each sender was let through today, by mark; the one seen longest ago comes first. */
let counts = new Map<string, number>()
let countedDay = 0

/** What a sender of today is measured by. */
export interface Portion {
  /** The project's quota, in items a day, and what is known to be used of it. */
  perDay: number
  used: number
}

/**
 * How long a sender must wait who has had its portion of a project's day, in ms; 0 where it may go on. As long as the project
 * has plenty, nobody is held to a portion: others do not need it.
 */
export function portionWaitMs(mark: string, { perDay, used }: Portion, now: number): number {
  beginDay(now)
  const { share, atLeast, heldFrom, retryMs } = serverLimits.addressPortion
  if (used < perDay * heldFrom) return 0
  if ((counts.get(mark) ?? 0) < Math.max(atLeast, perDay * share)) return 0
  return Math.min(retryMs, (countedDay + 1) * dayMs - now)
}

/** Counts one submission of a sender. Marks change daily and are of one project; they stay in this isolate's memory. */
export function takePortion(mark: string, now: number): void {
  beginDay(now)
  const count = counts.get(mark) ?? 0
  counts.delete(mark)
  if (counts.size >= serverLimits.bucketsMax) counts.delete(counts.keys().next().value ?? '')
  counts.set(mark, count + 1)
}

function beginDay(now: number): void {
  const day = Math.floor(now / dayMs)
  if (day === countedDay) return
  countedDay = day
  counts = new Map()
}
