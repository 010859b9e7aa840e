import { networkOf } from '../access/network.ts'
import { signText } from '../access/secrets.ts'
import { serverLimits } from '../limits.ts'

/** For what is asked before a project is known; isolates need not agree there. */
const ownSecret = () => (own ??= crypto.randomUUID())
let own: string | undefined

const dailyKeys = new Map<string, { day: number; key: Promise<string> }>()
const dayMs = 86_400_000

/**
 * What buckets know of an address: an HMAC with a key that changes daily. The key is derived from the secret that
 * the project signs with, so every isolate, and Cloudflare's limiter, means the same sender by it. Neither address nor mark is stored or logged.
 * Without a project the key is this isolate's own.
 */
export async function markAddress(address: string, project: { id: string; secret: string } | null, now: number) {
  const { secret } = project ?? { secret: ownSecret() }
  const day = Math.floor(now / dayMs)
  let daily = dailyKeys.get(secret)
  if (daily?.day !== day) {
    if (dailyKeys.size >= serverLimits.keyCacheMax) dailyKeys.clear()
    daily = { day, key: signText(secret, `addresses of day ${day}`) }
    dailyKeys.set(secret, daily)
  }
  return signText(await daily.key, networkOf(address))
}
