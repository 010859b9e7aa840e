import type { Device } from '../../sdk/wire/index.ts'

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
