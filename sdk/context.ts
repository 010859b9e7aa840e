import { limits } from './wire/index.ts'
import type { Context, Page } from './wire/index.ts'
import { scrubUrl } from './scrub.ts'

/** What the page says of itself now. Empty where there is no page (a server, a worker). */
export function readPage(query?: readonly string[] | string): Page {
  if (!globalThis.document) return {}
  return {
    url: scrubUrl(location.href, query).slice(0, limits.urlMaxChars),
    title: document.title.slice(0, limits.titleMaxChars),
    // Its origin, never its path.
    referrer: /^\w+:\/\/[^/]+/.exec(document.referrer)?.[0],
    locale: document.documentElement.lang || navigator.language,
    timeZone: Intl.DateTimeFormat().resolvedOptions().timeZone,
    viewport: { width: innerWidth, height: innerHeight, ratio: devicePixelRatio },
    device: { userAgent: navigator.userAgent },
  }
}

/** All crumbs together, as UTF-8 JSON: with context and words they stay small enough for `keepalive`. */
export const crumbsMaxBytes = 24_000

/** What fits into this many bytes of JSON together, the first ones first. */
export function fit<Item>(items: Item[], maxBytes: number): Item[] {
  let bytes = 0
  return items.filter((item) => {
    const size = byteLength(toJson(item))
    return bytes + size <= maxBytes && (bytes += size)
  })
}

/** Context objects that fit into `limits.contextMaxBytes` together, in the order they came. */
export function fitContext(context: Context): Context {
  return Object.fromEntries(fit(Object.entries(context), limits.contextMaxBytes))
}

/** Length as UTF-8, wherever this runs. */
export function byteLength(text: string): number {
  return text.replace(/[\x80-\u07ff\ud800-\udfff]/g, '--').replace(/[\u0800-\uffff]/g, '---').length
}

// Taken at load: pages patch what comes later.
const { stringify } = JSON

/** As `JSON.stringify`, but blind to a `toJSON` that a page's library has put on arrays or texts. */
export function toJson(value: unknown): string {
  return stringify(value, function (this: Record<string, unknown>, key: string, given: unknown) {
    return this[key] instanceof Date ? given : this[key]
  })
}
