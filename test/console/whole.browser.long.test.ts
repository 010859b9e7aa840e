import { gzipSync } from 'node:zlib'
import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { launchBrowser } from '../support/chromium.ts'
import { startSystem, type System } from '../support/system.ts'
import { violationsOf } from './axe.ts'
import { fill, openConsole, rows } from './desk.ts'

const firstLoadMaxBytes = 80_000
const count = 1_300

let browser: Browser
let system: System

beforeAll(async () => {
  browser = await launchBrowser()
  system = await startSystem()
  const items = Array.from({ length: count }, (_, index) => ({
    message: `item ${index}`,
    labels: ['one', 'two', 'three'],
  }))
  await fill(system, items)
})
afterAll(() => browser.close())

describe('a long list', () => {
  it('comes whole as somebody scrolls, with a screenful of rows in the page', async () => {
    const page = await openConsole(browser, system)
    const last = rows(page).getByText(`item ${count - 1}`, { exact: true })
    while ((await last.count()) === 0) {
      await page.locator('.rows').evaluate((list) => list.scrollTo(0, list.scrollHeight))
      await page.waitForTimeout(50)
    }
    expect(await rows(page).count()).toBeLessThan(60)
    expect(await page.locator('.toolbar-count').innerText()).toBe('1,300')
    await page.context().close()
  })
})

describe('loading', () => {
  it('asks for the list once, and not again and again when that fails', async () => {
    const page = await openConsole(browser, system)
    const asked: string[] = []
    page.on('request', (request) => {
      const { pathname, searchParams } = new URL(request.url())
      if (pathname === '/v1/feedback' && searchParams.get('limit') === '50') asked.push(request.url())
    })
    await page.reload()
    await rows(page).first().waitFor()
    await page.waitForTimeout(500)
    expect(asked).toHaveLength(1)
    await page.route('**/v1/feedback?*', (route) => route.abort())
    await page.reload()
    await page.getByText('The collector could not be reached.').waitFor()
    await page.waitForTimeout(500)
    expect(asked).toHaveLength(2)
    await page.unroute('**/v1/feedback?*')
    await page.getByRole('button', { name: 'Try again' }).click()
    await rows(page).first().waitFor()
    await page.context().close()
  })
})

describe('the policy', () => {
  it('is kept, and nothing is asked of anybody else', async () => {
    const page = await openConsole(browser, system)
    const origins = new Set<string>()
    const complaints: string[] = []
    page.on('request', (request) => origins.add(new URL(request.url()).origin))
    page.on('console', (message) => ['error', 'warning'].includes(message.type()) && complaints.push(message.text()))
    page.on('pageerror', (error) => complaints.push(error.message))
    await page.reload()
    await rows(page).first().waitFor()
    for (const key of [
      'j',
      'l',
      'Escape',
      'f',
      'Escape',
      '?',
      'Escape',
      'Control+k',
      'Escape',
      'Shift+E',
      'Escape',
      'v',
    ]) {
      await page.keyboard.press(key)
      await page.waitForTimeout(60)
    }
    expect(complaints).toEqual([])
    expect([...origins]).toEqual([system.origin])
    await page.context().close()
  })

  it('is the strict one', async () => {
    const response = await fetch(`${system.origin}/console/`)
    const policy = response.headers.get('content-security-policy') ?? ''
    for (const part of ["default-src 'none'", "trusted-types 'none'", "require-trusted-types-for 'script'"]) {
      expect(policy).toContain(part)
    }
  })

  it('loads in less than its budget', async () => {
    const page = await (await fetch(`${system.origin}/console/`)).text()
    const files = [...page.matchAll(/\/console\/assets\/[\w.-]+/g)].map(([path]) => path)
    const bodies = await Promise.all(
      files.map(async (path) => Buffer.from(await (await fetch(system.origin + path)).arrayBuffer())),
    )
    const total = bodies.reduce((sum, body) => sum + gzipSync(body).length, gzipSync(page).length)
    expect(files.length).toBeGreaterThan(2)
    expect(total).toBeLessThan(firstLoadMaxBytes)
  })
})

describe('every view is clean for axe', () => {
  const views: [name: string, open: (page: Page) => Promise<unknown>][] = [
    ['the list', () => Promise.resolve()],
    ['an item', (page) => page.keyboard.press('j')],
    ['the filter menu', (page) => page.keyboard.press('f')],
    ['the labels of an item', (page) => page.keyboard.press('j').then(() => page.keyboard.press('l'))],
    ['the status of many', (page) => page.keyboard.press('Control+a').then(() => page.keyboard.press('s'))],
    ['the palette', (page) => page.keyboard.press('Control+k')],
    ['the help sheet', (page) => page.keyboard.press('?')],
    ['the export', (page) => page.keyboard.press('Shift+E')],
    ['nothing found', (page) => page.keyboard.press('/').then(() => page.keyboard.type('giraffe'))],
    ['everything again', (page) => page.keyboard.press('Shift+F')],
    [
      'signed out',
      async (page) => {
        await page.context().clearCookies()
        await page.keyboard.press('.')
      },
    ],
  ]
  const looks = [
    { colorScheme: 'light', viewport: { width: 1440, height: 900 } },
    { colorScheme: 'dark', viewport: { width: 360, height: 740 } },
  ] as const

  it.each(looks)(
    'in $colorScheme colours at $viewport.width pixels',
    async (look) => {
      // The policy would keep out axe itself; it is tested on its own.
      const page = await openConsole(browser, system, '/console/inbox', {
        ...look,
        reducedMotion: 'reduce',
        bypassCSP: true,
      })
      const found: string[] = []
      for (const [name, open] of views) {
        if (name === 'signed out' && look.viewport.width < 1100)
          await page.getByRole('button', { name: 'Views' }).click()
        await open(page)
        await page.waitForTimeout(100)
        // Behind what is open now stands the same list.
        const violations = await violationsOf(page, name === 'the list' ? [] : ['.rows-all'])
        found.push(...violations.map((violation) => `${name}: ${violation}`))
        for (let closing = 0; closing < 3; closing += 1) await page.keyboard.press('Escape')
      }
      expect(found).toEqual([])
      await page.context().close()
    },
    90_000,
  )
})
