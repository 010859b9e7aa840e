import { existsSync } from 'node:fs'
import { launch } from 'puppeteer-core'
import { makeTab } from './tab.ts'
import type { Tab } from './tab.ts'

const viewport = { width: 1280, height: 800 }

/** The first Firefox that is there: `$FIREFOX`, else the usual places of each system. */
export function findFirefox(): string | undefined {
  const places = [
    process.env.FIREFOX,
    '/usr/bin/firefox-esr',
    '/usr/bin/firefox',
    '/Applications/Firefox.app/Contents/MacOS/firefox',
    'C:\\Program Files\\Mozilla Firefox\\firefox.exe',
  ]
  return places.find((place) => place && existsSync(place))
}

/** Firefox over WebDriver BiDi, with a profile that goes when it is closed. */
export async function openFirefox(executablePath: string): Promise<Tab> {
  const browser = await launch({
    browser: 'firefox',
    executablePath,
    headless: true,
    defaultViewport: viewport,
    // Nothing goes out, and what is on screen does not move.
    extraPrefsFirefox: { 'app.update.enabled': false, 'network.captive-portal-service.enabled': false },
  })
  const page = await browser.newPage()
  return makeTab({
    engine: (await browser.version()).replace(/^firefox./, 'Firefox '),
    goto: (url) => page.goto(url),
    run: (expression) => page.evaluate(expression),
    pressAt: (x, y) => page.mouse.click(x, y),
    type: (text) => page.keyboard.type(text),
    press: (key) => page.keyboard.press(key),
    shoot: () => page.screenshot({ encoding: 'base64' }),
    close: () => browser.close(),
  })
}
