import { type Bindings, parseRates } from '../env.ts'
import { serverLimits } from '../limits.ts'
import { describeError, log } from '../log.ts'
import type { ProjectSettings } from '../storage/projects.ts'
import { markAddress } from './address.ts'
import { portionWaitMs, takePortion } from './portion.ts'
import { quotaOf, usedOf } from './quota.ts'
import { type Rate, take, waitMs } from './rates.ts'

/** Who asks: the address as Cloudflare says it, where there is one, and the key. */
export interface Sender {
  address: string | undefined
  key: string
  project: { id: string; secret: string; settings: ProjectSettings }
}

/**
 * How many seconds a sender must wait for its turn; 0 means that it has been let through. A bucket for the address comes
 * before the one for the key, so that one address cannot use up what a key has for everybody, in a minute or in a day
 * (`portion.ts`). What Cloudflare's limiters
 * say, where they are bound, holds for submissions: all else is cached, or tied to a receipt.
 */
export async function secondsToWait(
  env: Pick<Bindings, 'ADDRESS_LIMIT' | 'KEY_LIMIT' | 'ADDRESS_PER_MINUTE' | 'KEY_PER_MINUTE'>,
  { address, key, project }: Sender,
  submits: boolean,
  now: number,
): Promise<number> {
  const { ADDRESS_PER_MINUTE, KEY_PER_MINUTE } = parseRates(env)
  const kind = submits ? 'submits' : 'asks'
  const rateOf = (perMinute: number, minutes: number): Rate => {
    const steadily = perMinute * (submits ? 1 : serverLimits.besideFactor)
    return { perMinute: steadily, burst: Math.max(1, steadily * minutes) }
  }
  const mark = address === undefined ? null : await markAddress(address, project, now)
  const buckets: [string, Rate][] = [
    ...(mark === null
      ? []
      : [[`${kind} ${mark}`, rateOf(ADDRESS_PER_MINUTE, serverLimits.addressBurstMinutes)] as [string, Rate]]),
    [`${kind} ${key}`, rateOf(KEY_PER_MINUTE, serverLimits.keyBurstMinutes)],
  ]
  for (const [bucket, rate] of buckets) {
    const wait = waitMs(bucket, rate, now)
    if (wait > 0) return Math.ceil(wait / 1_000)
  }
  if (submits && mark !== null) {
    const portion = { perDay: quotaOf(project.settings), used: usedOf(project.id, now) }
    const wait = portionWaitMs(mark, portion, now)
    if (wait > 0) return Math.ceil(wait / 1_000)
  }
  if (submits) {
    if (mark !== null && !(await isLet(env.ADDRESS_LIMIT, mark))) return serverLimits.limiterSeconds
    if (!(await isLet(env.KEY_LIMIT, key))) return serverLimits.limiterSeconds
  }
  for (const [bucket, rate] of buckets) take(bucket, rate, now)
  if (submits && mark !== null) takePortion(mark, now)
  return 0
}

/** A limiter that fails lets everything through: the buckets still hold. */
async function isLet(limiter: RateLimit | undefined, key: string): Promise<boolean> {
  if (limiter === undefined) return true
  try {
    return (await limiter.limit({ key })).success
  } catch (error) {
    log('limiter failed', { error: describeError(error) })
    return true
  }
}
