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

/**
 * What a user agent says of browser, system and form, where the sender did not say it. An iPad says it is a Mac; that it
 * is a tablet is for the sender to tell, who knows its touch points.
 */
export function fillDevice(device: Device): Device {
  const { userAgent, form, browser: given } = device
  if (!userAgent || given) return device
  const agent = form === 'tablet' ? userAgent.replace('Macintosh', 'iPad') : userAgent
  // The last name counts: Edge also says Chrome, and everybody says Safari behind it.
  const [, browser = '', version] = /^[^]*(Edg|OPR|FxiOS|Firefox|CriOS|Chrome|Version)\w*\/(\d+)/.exec(agent) ?? []
  const [os = ''] = /iPhone|iPad|Windows|Macintosh|CrOS|Android|Linux(?!.*Android)/.exec(agent) ?? []
  const isTablet = /iPad|Tablet|Android(?!.*Mobi)/.test(agent)
  return {
    ...(browser && { browser: `${names[browser] ?? browser} ${version}` }),
    ...(os && { os: names[os] ?? os }),
    form: form ?? (isTablet ? 'tablet' : agent.includes('Mobi') ? 'phone' : 'desktop'),
    userAgent,
  }
}
