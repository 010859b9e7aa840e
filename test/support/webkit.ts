import { existsSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import { Builder, Key as Keys } from 'selenium-webdriver'
import { freePort } from '../../worker/dev/server.mjs'
import { startDisplay } from './display.ts'
import { startProgram } from './program.ts'
import { makeTab } from './tab.ts'
import type { Tab } from './tab.ts'

/** What WebKitGTK takes: its driver, a browser that the driver can start, and a virtual display. */
export interface WebKit {
  driver: string
  browser: string
  display: string
}

const folders = ['/usr/lib', '/usr/libexec']
const keys = { Tab: Keys.TAB, Enter: Keys.ENTER, Escape: Keys.ESCAPE, Space: ' ' }

/** WebKitGTK and a virtual display, where both are there. */
export function findWebKit(): WebKit | undefined {
  const driver = '/usr/bin/WebKitWebDriver'
  const display = '/usr/bin/Xvfb'
  const browser = findMiniBrowser()
  return browser && existsSync(driver) && existsSync(display) ? { driver, browser, display } : undefined
}

/** Stands in a folder named by its version, on Debian in one named by the machine's kind before that. */
function findMiniBrowser(): string | undefined {
  const inside = (folder: string) => (existsSync(folder) ? readdirSync(folder) : []).map((name) => join(folder, name))
  return folders
    .flatMap((folder) => inside(folder).flatMap((path) => [path, ...(/linux-gnu/.test(path) ? inside(path) : [])]))
    .filter((path) => /webkit2?gtk-\d/.test(path))
    .map((path) => join(path, 'MiniBrowser'))
    .find((path) => existsSync(path))
}

/** WebKitGTK over classic WebDriver, on a display of its own; an automated session keeps nothing. */
export async function openWebKit({ driver, browser, display }: WebKit): Promise<Tab> {
  const screen = await startDisplay(display)
  const port = await freePort()
  const server = startProgram(driver, [`--port=${port}`], { DISPLAY: screen.name, WEBKIT_DISABLE_DMABUF_RENDERER: '1' })
  const close = async () => {
    await server.stop()
    await screen.stop()
  }
  try {
    await untilReady(`http://127.0.0.1:${port}`)
    const session = await new Builder()
      .usingServer(`http://127.0.0.1:${port}`)
      .withCapabilities({
        browserName: 'MiniBrowser',
        'webkitgtk:browserOptions': { binary: browser, args: ['--automation'] },
      })
      .build()
    const version = (await session.getCapabilities()).getBrowserVersion()
    return makeTab({
      engine: `WebKitGTK ${version}`,
      goto: (url) => session.get(url),
      // A promise's result comes back through a callback: classic scripts do not wait for promises.
      run: async (expression) => {
        const { value, error } = await session.executeAsyncScript<{ value?: unknown; error?: string }>(`
          const done = arguments[arguments.length - 1];
          (async () => ${expression})().then((value) => done({ value }), (error) => done({ error: String(error) }))`)
        if (error) throw new Error(error)
        return value
      },
      pressAt: (x, y) => session.actions().move({ x, y }).click().perform(),
      type: (text) => session.actions().sendKeys(text.replaceAll('\n', Keys.ENTER)).perform(),
      press: (key) => session.actions().sendKeys(keys[key]).perform(),
      shoot: () => session.takeScreenshot(),
      async close() {
        // One that has crashed has no session to quit.
        await session.quit().catch(() => undefined)
        await close()
      },
    })
  } catch (error) {
    await close()
    throw error
  }
}

/** Waits until the driver listens, which it says nothing of itself. */
async function untilReady(address: string): Promise<void> {
  for (const until = Date.now() + 30_000; Date.now() < until;) {
    const answer = await fetch(`${address}/status`).catch(() => undefined)
    if (answer) return
    await new Promise((resolve) => setTimeout(resolve, 50))
  }
  throw new Error('The driver of WebKitGTK did not start.')
}
