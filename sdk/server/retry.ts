import type { Clock } from './connection.ts'

/** The longest pause of our own is this long, and the first at most `firstMs`, in milliseconds. */
const longestMs = 30_000
const firstMs = 500
/** What a collector asks for is waited for up to here, in milliseconds; longer is the caller's decision. */
const askedMaxMs = 300_000

/** An attempt that brought nothing. */
export interface Miss {
  /** True where the request was surely not carried out: refused before, or asked to come again. */
  untouched: boolean
  /** `Retry-After` in milliseconds; 0 without. */
  askedMs: number
}

/**
 * How long to wait before the next attempt, in milliseconds; null where there is none. Our own pauses double and are
 * drawn from their whole length, so that many clients do not come back in step; what is asked for is never undercut.
 */
export function pauseBefore(
  miss: Miss,
  call: { attempt: number; attempts: number; repeatable: boolean },
  clock: Pick<Clock, 'random'>,
): number | null {
  if (call.attempt >= call.attempts || miss.askedMs > askedMaxMs) return null
  if (!call.repeatable && !miss.untouched) return null
  if (miss.askedMs > 0) return miss.askedMs + clock.random() * firstMs
  return clock.random() * Math.min(longestMs, firstMs * 2 ** (call.attempt - 1))
}

/** `Retry-After` in both its forms, in milliseconds; 0 where there is none, or none that can be read. */
export function askedPauseMs(header: string | null, now: number): number {
  if (header === null) return 0
  const text = header.trim()
  const ms = /^\d+$/.test(text) ? Number(text) * 1000 : Date.parse(text) - now
  return Number.isFinite(ms) ? Math.max(ms, 0) : 0
}
