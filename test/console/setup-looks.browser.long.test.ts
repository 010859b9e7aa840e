import type { Browser, BrowserContextOptions, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { sectionNames } from '../../worker/console/setup/sections.ts'
import { launchBrowser } from '../support/chromium.ts'
import { startSystem, type System } from '../support/system.ts'
import { violationsOf } from './axe.ts'
import { openConsole } from './desk.ts'

let browser: Browser
let system: System

beforeAll(async () => {
  ;[browser, system] = await Promise.all([launchBrowser(), startSystem('Set-up looks')])
})
afterAll(() => browser.close())

async function openSetup(section: string, options: BrowserContextOptions = {}): Promise<Page> {
  const page = await openConsole(browser, system, `/console/setup/${section}`, options)
  page.setDefaultTimeout(20_000)
  await page.getByRole('heading', { name: 'Set up', exact: true }).waitFor()
  return page
}

describe('the set-up', () => {
  it.each([
    { colorScheme: 'light', viewport: { width: 1440, height: 900 } },
    { colorScheme: 'dark', viewport: { width: 360, height: 740 } },
  ] as const)('is clean for axe in $colorScheme colours at $viewport.width pixels', async (look) => {
    const page = await openSetup('start', { ...look, bypassCSP: true })
    const found: string[] = []
    const check = async (name: string) => {
      found.push(...(await violationsOf(page, ['.widget-stage'])).map((one) => `${name}: ${one}`))
      if (await page.evaluate(() => document.documentElement.scrollWidth > innerWidth))
        found.push(`${name} is too wide`)
    }
    await page.getByText('Nothing arrives?').click()
    await page.getByText('If your pages have a Content-Security-Policy').click()
    await check('start')
    for (const [name, ready] of [
      ['Widget', 'Questions and words'],
      ['Project', 'Statuses'],
      ['Keys', 'Secret keys'],
      ['Webhooks', 'Slack'],
      ['Health', 'Why'],
    ] as const) {
      await page.getByRole('link', { name, exact: true }).click()
      await page.getByRole('heading', { name: ready }).waitFor()
      await check(name)
    }
    await page.getByRole('link', { name: 'Keys', exact: true }).click()
    await page.getByRole('button', { name: 'New secret key' }).click()
    await check('new key')
    expect(found).toEqual([])
    await page.context().close()
  })

  it('says what did not come, and tries again', async () => {
    const page = await openConsole(browser, system)
    await page.route('**/v1/projects/*/keys*', (route) => route.abort(), { times: 1 })
    await page.goto(`${system.origin}/console/setup/keys`)
    await page.getByText('The collector could not be reached.').waitFor()
    await page.getByRole('button', { name: 'Try again' }).click()
    await page.getByRole('table', { name: 'Publishable keys' }).waitFor()
    await page.goto(`${system.origin}/console/setup/nothing`)
    await page.getByText('There is no such part of the set-up').waitFor()
    expect(await page.getByRole('navigation', { name: 'Parts of the set-up' }).getByRole('link').count()).toBe(
      sectionNames.length,
    )
    await page.context().close()
  })
})
