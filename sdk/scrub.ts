import type { Json, Primitive } from './wire/index.ts'

/** What stands in place of a value whose key looks secret. */
export const removed = '[removed]'

const depthMax = 6
const entriesMax = 50
const textMaxChars = 2_000

// Whole words for what is also part of harmless words (postcard, discard, spin, author).
const secretKey =
  /passw|pwd|secret|token|credential|authori[sz]ation|api ?key|private ?key|(^| )(pass|passphrase|auth|cookies?|session|jwt|card|cvc|cvv|iban|ssn|pin|otp)( |$)/

/** True for keys such as `password`, `apiKey`, `X-Auth`, `card_number`; false for `postcard`. */
export function looksSecret(key: string): boolean {
  return secretKey.test(
    key
      .replace(/([a-z\d])([A-Z])/g, '$1 $2')
      .replace(/[^a-zA-Z\d]+/g, ' ')
      .toLowerCase(),
  )
}

/**
 * Anything as bounded JSON: secret-looking keys replaced, cycles cut, getters that throw survived, and `Date`, `Map`,
 * `Set`, `BigInt`, errors, functions and DOM nodes made readable. At most 6 levels, 50 entries each, 2,000 characters
 * a text.
 *
 * @example
 * scrub({ user: 'ada', apiKey: 's3cret', at: new Date(0) })
 * // { user: 'ada', apiKey: '[removed]', at: '1970-01-01T00:00:00.000Z' }
 */
export function scrub(value: unknown, key = '', above: unknown[] = []): Json {
  if (looksSecret(key) && value != null) return removed
  if (value == null || typeof value === 'boolean') return value ?? null
  if (typeof value === 'number') return Number.isFinite(value) ? value : String(value)
  if (typeof value === 'bigint') return String(value)
  if (typeof value !== 'object') return cut(typeof value === 'string' ? value : `[${typeof value}]`)
  if (above.includes(value)) return '[cycle]'
  if (above.length >= depthMax) return '[deep]'
  try {
    return scrubObject(value, [...above, value])
  } catch {
    // An invalid date, a revoked proxy, a hostile toString: there is nothing to read.
    return '[unreadable]'
  }
}

function scrubObject(value: object, above: unknown[]): Json {
  if (value instanceof Date) return value.toISOString()
  if (value instanceof Error) return { name: value.name, message: cut(value.message), stack: cut(value.stack ?? '') }
  if ('nodeName' in value) return `<${String(value.nodeName).toLowerCase()}>`
  if (value instanceof Set) value = [...value]
  if (value instanceof Map) value = Object.fromEntries(value) as object
  if (Array.isArray(value)) return value.slice(0, entriesMax).map((item) => scrub(item, '', above))
  const copy: { [key: string]: Json } = {}
  for (const key of Object.keys(value).slice(0, entriesMax)) {
    let item: unknown
    try {
      item = (value as Record<string, unknown>)[key]
    } catch {
      // A getter that throws says so in place of its value.
      item = '[throws]'
    }
    if (item !== undefined && key !== '__proto__') copy[cut(key)] = scrub(item, key, above)
  }
  return copy
}

/** A tag's value: primitives as they are, everything else as short text. */
export function scrubTag(name: string, value: unknown): Primitive {
  const clean = scrub(value, name)
  return clean !== null && typeof clean !== 'object' ? clean : JSON.stringify(clean)
}

function cut(text: string): string {
  return text.length > textMaxChars ? `${text.slice(0, textMaxChars)}…` : text
}

/**
 * An address without user, password, query and hash; `allow` names query parameters that stay.
 *
 * @example
 * scrubUrl('https://a.example/pay?plan=pro&token=x#top', ['plan']) // 'https://a.example/pay?plan=pro'
 */
export function scrubUrl(url: string, allow: readonly string[] = []): string {
  try {
    const clean = new URL(url)
    const query = [...clean.searchParams].filter(([name]) => allow.includes(name))
    clean.hash = clean.username = clean.password = ''
    clean.search = String(new URLSearchParams(query))
    return clean.href
  } catch {
    // Not an address: everything after the path goes all the same.
    return url.replace(/[?#].*/s, '')
  }
}
