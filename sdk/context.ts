import { limits } from './wire/index.ts'
import type { Context, Device, Page } from './wire/index.ts'
import { scrubUrl } from './scrub.ts'

/** What the page says of itself now. Empty where there is no page (a server, a worker). */
export function readPage(query?: readonly string[]): Page {
  if (typeof document === 'undefined') return {}
  return {
    url: scrubUrl(location.href, query),
    title: document.title,
    // Its origin, never its path.
    referrer: /^\w+:\/\/[^/]+/.exec(document.referrer)?.[0],
    locale: document.documentElement.lang || navigator.language,
    timeZone: Intl.DateTimeFormat().resolvedOptions().timeZone,
    viewport: { width: innerWidth, height: innerHeight, ratio: devicePixelRatio },
    device: readDevice(navigator.userAgent, navigator.maxTouchPoints),
  }
}

const names: Record<string, string> = {
  Edg: 'Edge',
  OPR: 'Opera',
  FxiOS: 'Firefox',
  CriOS: 'Chrome',
  Version: 'Safari',
  iPhone: 'iOS',
  iPad: 'iOS',
  Macintosh: 'macOS',
  CrOS: 'ChromeOS',
}

/** Browser, system and form out of the user agent. An iPad says it is a Mac; its touch points tell. */
export function readDevice(userAgent: string, touchPoints = 0): Device {
  const agent = touchPoints > 1 ? userAgent.replace('Macintosh', 'iPad') : userAgent
  // The last name counts: Edge also says Chrome, and everybody says Safari behind it.
  const [, browser = '', version] = /.*(Edg|OPR|FxiOS|Firefox|CriOS|Chrome|Version)\w*\/(\d+)/.exec(agent) ?? []
  const [os = ''] = /iPhone|iPad|Windows|Macintosh|CrOS|Android|Linux(?!.*Android)/.exec(agent) ?? []
  const tablet = /iPad|Tablet|Android(?!.*Mobi)/.test(agent)
  return {
    browser: browser && `${names[browser] ?? browser} ${version}`,
    os: names[os] ?? os,
    form: tablet ? 'tablet' : agent.includes('Mobi') ? 'phone' : 'desktop',
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
  return new Blob([text]).size
}
