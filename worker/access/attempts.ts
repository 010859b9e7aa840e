/** How many attempts somebody has at once, and how soon they come back. */
export interface Allowance {
  burst: number
  perSecond: number
  /** Names that are remembered; with more the oldest are forgotten. */
  namesMax: number
}

/**
 * Counts attempts by name, in a bucket that fills again: bounded, and in this isolate alone.
 *
 * @returns seconds to wait until the next attempt; 0 where this one may go on
 * @example
 * const attempt = makeAttempts({ burst: 20, perSecond: 0.2, namesMax: 10_000 })
 * if (attempt(address, Date.now()) > 0) return refuse(…)
 */
export function makeAttempts({ burst, perSecond, namesMax }: Allowance): (name: string, now: number) => number {
  const buckets = new Map<string, { left: number; at: number }>()
  return (name, now) => {
    const known = buckets.get(name)
    // A clock that goes back fills nothing.
    const left =
      known === undefined ? burst : Math.min(burst, known.left + (Math.max(0, now - known.at) / 1_000) * perSecond)
    // Behind all others again, so that what comes first is what has rested longest.
    buckets.delete(name)
    if (buckets.size >= namesMax) buckets.delete(buckets.keys().next().value ?? '')
    buckets.set(name, { left: left >= 1 ? left - 1 : left, at: now })
    return left >= 1 ? 0 : Math.ceil((1 - left) / perSecond)
  }
}
