import { signText } from '../access/secrets.ts'
import { serverLimits } from '../limits.ts'

/** For what is asked before a project is known; isolates need not agree there. */
const ownSecret = () => (own ??= crypto.randomUUID())
let own: string | undefined

const dailyKeys = new Map<string, { day: number; key: Promise<string> }>()
const dayMs = 86_400_000

/**
 * What buckets know of an address: an HMAC with a key that changes daily. The key is derived from the project's secret,
 * so every isolate, and Cloudflare's limiter, means the same sender by it. Neither address nor mark is stored or logged.
 * Without a project the key is this isolate's own.
 */
export async function markAddress(address: string, project: { id: string; secret: string } | null, now: number) {
  const { id, secret } = project ?? { id: '', secret: ownSecret() }
  const day = Math.floor(now / dayMs)
  let daily = dailyKeys.get(id)
  if (daily?.day !== day) {
    if (dailyKeys.size >= serverLimits.keyCacheMax) dailyKeys.clear()
    daily = { day, key: signText(secret, `addresses of day ${day}`) }
    dailyKeys.set(id, daily)
  }
  return signText(await daily.key, networkOf(address))
}

/**
 * What one sender has: an IPv4 address whole, of an IPv6 address the first 64 bits, since a household has all the rest.
 *
 * @example networkOf('2001:db8::7') // '2001:db8:0:0'
 */
export function networkOf(address: string): string {
  const mapped = /^::ffff:(\d+\.\d+\.\d+\.\d+)$/i.exec(address)
  if (mapped?.[1] !== undefined) return mapped[1]
  if (!address.includes(':')) return address
  const [head = '', tail] = address.split('::')
  const before = head === '' ? [] : head.split(':')
  const after = tail === undefined || tail === '' ? [] : tail.split(':')
  const between = tail === undefined ? 0 : Math.max(0, 8 - before.length - after.length)
  return [...before, ...Array.from({ length: between }, () => '0'), ...after]
    .slice(0, 4)
    .map((group) => Number.parseInt(group, 16).toString(16))
    .join(':')
}
