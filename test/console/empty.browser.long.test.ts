import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { launchBrowser } from '../support/chromium.ts'
import { startSystem, type System } from '../support/system.ts'
import { violationsOf } from './axe.ts'
import { openConsole } from './desk.ts'

let browser: Browser
let system: System

beforeAll(async () => {
  ;[browser, system] = await Promise.all([launchBrowser(), startSystem('Empty')])
})
afterAll(() => browser.close())

/** Each view of a project in which nothing has happened, what it says of itself, and the next step that it offers. */
const views = [
  ['/console/inbox', 'Nothing has come in yet', 'Install the widget'],
  ['/console/inbox?q=tram', 'Nothing has come in yet', 'Install the widget'],
  ['/console/inbox?group=label', 'Nothing has come in yet', 'Install the widget'],
  ['/console/inbox?spam=only', 'No spam', 'Show all feedback'],
  ['/console/numbers', 'Nothing to count yet', 'Install the widget'],
  ['/console/surveys', 'No survey yet', 'Make the first one'],
  ['/console/surveys/none', 'There is no survey “none”.', 'Show all surveys'],
  ['/console/setup/start', 'Waiting for feedback', 'Look now'],
  ['/console/setup/webhooks', 'None yet.', 'New webhook'],
  ['/console/setup/health', 'Nothing was ever sent.', 'Install the widget'],
  ['/console/setup/keys', 'None yet.', 'New identity secret'],
  ['/console/import', 'Bring in what was said elsewhere', 'Choose a file'],
  ['/console/audit?action=survey', 'Nothing that fits was done', 'Clear filters'],
] as const

describe('a project in which nothing has happened', () => {
  it.each([
    { colorScheme: 'light', viewport: { width: 1440, height: 900 } },
    { colorScheme: 'dark', viewport: { width: 360, height: 740 } },
  ] as const)(
    'says in every view what it is for and what to do next, at $viewport.width pixels',
    async (look) => {
      const page = await openConsole(browser, system, '/console/inbox', { ...look, bypassCSP: true })
      page.setDefaultTimeout(20_000)
      const found: string[] = []
      for (const [path, what, next] of views) {
        await page.goto(system.origin + path)
        await page.getByText(what).first().waitFor()
        await page.locator(`main :is(a, button):has-text("${next}"):visible`).first().waitFor()
        await page.waitForFunction(() => !document.querySelector('main [aria-busy="true"], main .bone'))
        const text = await page.locator('main').innerText()
        if (/NaN|Infinity|undefined|\[object/.test(text)) found.push(`${path}: ${text}`)
        if (await page.evaluate(() => document.documentElement.scrollWidth > innerWidth))
          found.push(`${path} is too wide`)
        found.push(...(await violationsOf(page)).map((one) => `${path}: ${one}`))
      }
      expect(found).toEqual([])
      await page.context().close()
    },
    120_000,
  )
})
