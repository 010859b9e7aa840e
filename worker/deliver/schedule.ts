const second = 1_000
const minute = 60 * second
const hour = 60 * minute

/** How long after an attempt that failed the next one comes, in ms: ten attempts in some 76 hours. */
export const retryDelays: readonly number[] = [
  5 * second,
  5 * minute,
  30 * minute,
  2 * hour,
  5 * hour,
  10 * hour,
  14 * hour,
  20 * hour,
  24 * hour,
]

/** How much longer or shorter a delay may be, so that what failed together does not come back together. */
const jitter = 0.1

/** The longest that a receiver may ask us to wait, in ms. */
const askedMaxMs = 24 * hour

/**
 * How long to wait after the n-th attempt failed, n from 1; null after the last.
 *
 * @param random from 0 to 1
 * @param asked what the receiver asked for, in ms
 */
export function delayAfter(tries: number, random: number, asked: number | null = null): number | null {
  const delay = retryDelays[tries - 1]
  if (delay === undefined) return null
  return Math.max(Math.round(delay * (1 - jitter + 2 * jitter * random)), Math.min(asked ?? 0, askedMaxMs))
}

/** What `Retry-After` asks for, in ms: seconds or a date; null where it asks for nothing that can be read. */
export function askedDelay(header: string | null, now: number): number | null {
  if (header === null) return null
  const text = header.trim()
  const delay = /^\d{1,9}$/.test(text) ? Number(text) * second : Date.parse(text) - now
  return delay >= 0 ? Math.min(delay, askedMaxMs) : null
}
