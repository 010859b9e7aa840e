import type { Json } from './wire/index.ts'

/** What stands in place of a value whose key looks secret. */
export const removed = '[removed]'

const depthMax = 6
const entriesMax = 50
const textMaxChars = 2_000
const nameMaxChars = 100
// Leaves room under `limits.contextMaxBytes`, so that one big object is cut rather than left out.
const allMaxChars = 12_000
const valueChars = 8

// Whole words for what is also part of harmless words (postcard, author, spin).
const secretKey =
  /passw|pwd|secret|token|credential|authori[sz]ation|(api|private).?key|\b(pass(phrase)?|auth|cookies?|session|jwt|card|cv[cv]|iban|ssn|pin|otp)\b/i

/** True for keys such as `password`, `apiKey`, `X-Auth`, `card_number`; false for `postcard`. */
export function looksSecret(key: string): boolean {
  return secretKey.test(key.replace(/_|(?<=[a-z\d])(?=[A-Z])/g, ' '))
}

/**
 * Anything as bounded JSON: secret-looking keys replaced, cycles cut, getters that throw survived, and `Date`, `Map`,
 * `Set`, `BigInt`, errors, functions and DOM nodes made readable. At most 6 levels, 50 entries each, 2,000 characters
 * a text, and about 12,000 characters in all, or `left`. What is given stays as it is.
 *
 * @example
 * scrub({ user: 'ada', apiKey: 's3cret', at: new Date(0) })
 * // { user: 'ada', apiKey: '[removed]', at: '1970-01-01T00:00:00.000Z' }
 */
export function scrub(given: unknown, left = allMaxChars): Json {
  const visit = (holder: Record<string, unknown>, key: string, above: unknown[]): Json => {
    left -= key.length + valueChars
    try {
      let value = holder[key]
      if (value == null) return null
      if (looksSecret(key)) return removed
      if (typeof value === 'boolean' || Number.isFinite(value)) return value as boolean | number
      if (typeof value === 'function') return '[function]'
      if (typeof value !== 'object') {
        const text = readText(value)
        left -= text.length
        return text
      }
      if (above.includes(value) || above.length >= depthMax) return '[?]'
      const path = [...above, value]
      if (value instanceof Date) return value.toISOString()
      if (value instanceof Error) value = { name: value.name, message: value.message, stack: value.stack }
      if (value instanceof Map) value = Object.fromEntries(take(value))
      const isList = Array.isArray(value) || value instanceof Set || ArrayBuffer.isView(value)
      const record = (isList ? take(value as unknown[]) : value) as Record<string, unknown>
      if ('nodeName' in record && !Object.hasOwn(record, 'nodeName'))
        return `<${String(record.nodeName).toLowerCase()}>`
      // Null prototype: a key named __proto__ is a key like any other, and nothing the page put there shines through.
      const copy = Object.create(null) as { [key: string]: Json }
      for (const name of Object.keys(record).slice(0, entriesMax)) {
        if (left > 0) copy[name.slice(0, nameMaxChars)] = visit(record, name, path)
      }
      return isList ? Object.values(copy) : copy
    } catch {
      // A getter that throws, an invalid date, a revoked proxy.
      return '[?]'
    }
  }
  return visit({ '': given }, '', [])
}

/** The first entries, however many there are. */
function take<T>(items: Iterable<T>): T[] {
  const taken: T[] = []
  for (const item of items) if (taken.push(item) >= entriesMax) break
  return taken
}

function readText(value: unknown): string {
  const text = String(value)
  return text.length > textMaxChars ? `${text.slice(0, textMaxChars)}…` : text
}

/**
 * An address without user, password, query and hash; `allow` names query parameters that stay, as a list or as
 * `plan,tab`.
 *
 * @example
 * scrubUrl('https://a.example/pay?plan=pro&token=x#top', ['plan']) // 'https://a.example/pay?plan=pro'
 */
export function scrubUrl(address: string, allow: readonly string[] | string = []): string {
  const url = new URL(address)
  const query = [...url.searchParams].filter(([name]) => String(allow).split(',').includes(name))
  url.hash = url.username = url.password = ''
  url.search = String(new URLSearchParams(query))
  return url.href
}
