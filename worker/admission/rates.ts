import { serverLimits } from '../limits.ts'

/** How much may come: steadily, and at once after a silence. */
export interface Rate {
  perMinute: number
  burst: number
}

/** How full each bucket is, as the moment at which it will be empty again, in epoch ms. */
const emptyAt = new Map<string, number>()

/**
 * How long something must wait for its turn in a bucket, in ms; 0 means that it may come. Takes nothing out. This is the
 * generic cell rate algorithm (ITU-T I.371): one number a bucket, and what is refused counts for nothing.
 */
export function waitMs(bucket: string, rate: Rate, now: number): number {
  return Math.max(0, fullFor(bucket, rate, now) - ((rate.burst - 1) * 60_000) / rate.perMinute)
}

/** How long a bucket takes to be empty, in ms. Fuller than full is a clock that went back: the bucket begins anew. */
function fullFor(bucket: string, { perMinute, burst }: Rate, now: number): number {
  const ahead = Math.max(0, (emptyAt.get(bucket) ?? now) - now)
  return ahead > ((burst + 1) * 60_000) / perMinute ? 0 : ahead
}

/** Lets one thing through a bucket. */
export function take(bucket: string, rate: Rate, now: number): void {
  const full = now + fullFor(bucket, rate, now) + 60_000 / rate.perMinute
  // The least recently used come first, so that these are the ones to go.
  emptyAt.delete(bucket)
  if (emptyAt.size >= serverLimits.bucketsMax) makeRoom(now)
  emptyAt.set(bucket, full)
}

/** Takes back what was let through and need not have been counted. */
export function giveBack(bucket: string, { perMinute }: Rate): void {
  const at = emptyAt.get(bucket)
  if (at !== undefined) emptyAt.set(bucket, at - 60_000 / perMinute)
}

/** Forgets buckets that are empty anyway, and where that is not enough, those used longest ago. */
function makeRoom(now: number): void {
  for (const [bucket, at] of emptyAt) if (at <= now) emptyAt.delete(bucket)
  for (const bucket of emptyAt.keys()) {
    // A tenth at a time, so that this is seldom.
    if (emptyAt.size < serverLimits.bucketsMax * 0.9) return
    emptyAt.delete(bucket)
  }
}
