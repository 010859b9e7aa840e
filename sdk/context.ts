import { limits } from './wire/index.ts'
import type { Context, Device, Page } from './wire/index.ts'
import { scrub, scrubUrl } from './scrub.ts'

/** What the page says of itself now. Empty where there is no page (a server, a worker). */
export function readPage(query?: readonly string[]): Page {
  if (typeof document === 'undefined') return {}
  return {
    url: scrubUrl(location.href, query).slice(0, limits.urlMaxChars),
    title: document.title.slice(0, limits.titleMaxChars),
    // Its origin, never its path.
    referrer: /^\w+:\/\/[^/]+/.exec(document.referrer)?.[0],
    locale: document.documentElement.lang || navigator.language,
    timeZone: Intl.DateTimeFormat().resolvedOptions().timeZone,
    viewport: { width: innerWidth, height: innerHeight, ratio: devicePixelRatio },
    device: readDevice(navigator.userAgent, navigator.maxTouchPoints),
  }
}

// In this order: Edge also says Chrome, Chrome also says Safari, Android also says Linux.
const browsers = ['Edge:Edg', 'Opera:OPR', 'Firefox:FxiOS', 'Firefox', 'Chrome:CriOS', 'Chrome', 'Safari:Version']
const systems = ['iOS:iPhone', 'iOS:iPad', 'Android', 'Windows', 'macOS:Mac', 'ChromeOS:CrOS', 'Linux']

/** Browser, system and form out of the user agent. An iPad says it is a Mac; its touch points tell. */
export function readDevice(userAgent: string, touchPoints = 0): Device {
  const agent = touchPoints > 1 ? userAgent.replace('Macintosh', 'iPad') : userAgent
  const find = (names: string[], version = '') => {
    for (const entry of names) {
      const [name = '', said = name] = entry.split(':')
      const found = new RegExp(said + version).exec(agent)
      if (found) return [name, found[1]].join(' ').trim()
    }
    return undefined
  }
  const mobile = agent.includes('Mobi') && !agent.includes('iPad')
  return {
    browser: find(browsers, '\\w*/(\\d+)'),
    os: find(systems),
    form: mobile ? 'phone' : /iPad|Tablet|Android/.test(agent) ? 'tablet' : 'desktop',
    userAgent,
  }
}

/** Context objects that fit into `limits.contextMaxBytes` together, in the order they came. */
export function fitContext(context: Context): Context {
  let bytes = 0
  return Object.fromEntries(
    Object.entries(context).filter((entry) => (bytes += byteLength(JSON.stringify(entry))) <= limits.contextMaxBytes),
  )
}

/** Length as UTF-8. */
export function byteLength(text: string): number {
  return new TextEncoder().encode(text).length
}

/** A context object or a crumb's data as bounded, scrubbed JSON; something else becomes `{ value }`. */
export function scrubRecord(value: unknown): Context[string] {
  const clean = scrub(value)
  return clean && typeof clean === 'object' && !Array.isArray(clean) ? clean : { value: clean }
}
