import { launchBrowser } from './chromium.ts'
import { findFirefox, openFirefox } from './firefox.ts'
import { makeTab } from './tab.ts'
import type { Tab } from './tab.ts'
import { findWebKit, openWebKit } from './webkit.ts'
import type { WebKit } from './webkit.ts'

export type { Tab } from './tab.ts'

/** One of the engines that the widget is for. */
export interface Engine {
  name: string
  /** Why it cannot be tested on this machine and what would change that; undefined where it can. */
  missing?: string
  open: () => Promise<Tab>
}

const firefox = findFirefox()
const webkit = findWebKit()

/** Chromium, Firefox and WebKit, each as it is found on this machine. */
export const engines: Engine[] = [
  { name: 'Chromium', open: openChromium },
  {
    name: 'Firefox',
    missing: firefox ? undefined : 'Firefox is not installed (Debian: firefox-esr; or set FIREFOX to its path)',
    open: () => openFirefox(firefox as string),
  },
  {
    name: 'WebKit',
    missing: webkit ? undefined : 'WebKitGTK is not installed (Debian: webkit2gtk-driver and xvfb)',
    open: () => openWebKit(webkit as WebKit),
  },
]

/**
 * True, and said aloud, for an engine, or lists, that this machine lacks. With `EARSHOT_ENGINES=all`, as where it is decided what
 * is merged, none may be lacking: nothing is left out, and opening it fails.
 */
export function isLeftOut({ missing }: Pick<Engine, 'missing'>): boolean {
  if (!missing || process.env.EARSHOT_ENGINES === 'all') return false
  console.warn(`Skipped: ${missing}.`)
  return true
}

/** Opens an engine, or says what it takes. */
export async function openEngine({ missing, open }: Engine): Promise<Tab> {
  if (missing) throw new Error(`EARSHOT_ENGINES=all, but ${missing}.`)
  return open()
}

async function openChromium(): Promise<Tab> {
  const browser = await launchBrowser()
  const page = await browser.newPage({ viewport: { width: 1280, height: 800 } })
  return makeTab({
    engine: `Chromium ${browser.version()}`,
    goto: (url) => page.goto(url),
    run: (expression) => page.evaluate(expression),
    pressAt: (x, y) => page.mouse.click(x, y),
    type: (text) => page.keyboard.type(text),
    press: (key) => page.keyboard.press(key),
    shoot: async () => (await page.screenshot()).toString('base64'),
    close: () => browser.close(),
  })
}
