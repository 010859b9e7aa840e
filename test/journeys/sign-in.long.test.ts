import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { violationsOf } from '../console/axe.ts'
import { launchBrowser } from '../support/chromium.ts'
import { startSystem, type System } from '../support/system.ts'
import { invite } from '../support/visitor.ts'

let browser: Browser
let system: System
beforeAll(async () => {
  ;[browser, system] = await Promise.all([launchBrowser(), startSystem('Atelier')])
})
afterAll(() => browser?.close())

it('has nothing that a screen reader would trip over, in light and dark', async () => {
  const { url } = await invite(system, { role: 'viewer' })
  for (const colorScheme of ['light', 'dark'] as const) {
    const context = await browser.newContext({ bypassCSP: true, colorScheme, viewport: { width: 360, height: 720 } })
    const page = await context.newPage()
    for (const address of ['/console/sign-in', '/console/sign-in?token=x', '/console/invitation?token=x', url]) {
      await page.goto(new URL(address, system.origin).href)
      expect([address, await violationsOf(page)]).toEqual([address, []])
      expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBe(360)
    }
    await context.close()
  }
})
