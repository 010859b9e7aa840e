import axe from 'axe-core'
import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { launchBrowser } from '../support/chromium.ts'
import { startKilnyard } from './kilnyard.ts'
import type { Kilnyard } from './kilnyard.ts'

let browser: Browser
let demo: Kilnyard

beforeAll(async () => {
  ;[browser, demo] = await Promise.all([launchBrowser(), startKilnyard()])
}, 120_000)
afterAll(async () => {
  await browser?.close()
  await demo?.stop()
})

const paths = ['/', '/firings/', '/pieces/', '/settings/']

/** Opens a page of its own; `complaints` gathers what the browser has against it. */
async function open(path: string, width = 1440, colorScheme: 'light' | 'dark' = 'light') {
  const context = await browser.newContext({ viewport: { width, height: 800 }, colorScheme, reducedMotion: 'reduce' })
  const page = await context.newPage()
  const complaints: string[] = []
  page.on('pageerror', (error) => complaints.push(error.message))
  page.on('console', (message) => {
    // The collector of these tests has no settings for the widget, which then uses its own.
    if (message.type() === 'error' && !message.location().url.includes('/v1/widget')) complaints.push(message.text())
  })
  await page.goto(demo.origin + path)
  return { page, complaints, close: () => context.close() }
}

describe.each([
  [1440, 'light'],
  [360, 'dark'],
] as const)('Kilnyard at %i px, %s', (width, scheme) => {
  it.each(paths)('%s fits, satisfies axe and breaks no policy', async (path) => {
    const { page, complaints, close } = await open(path, width, scheme)
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(width)
    expect(await violations(page)).toEqual([])
    expect(complaints).toEqual([])
    await close()
  })

  it('so does the booking', async () => {
    const { page, complaints, close } = await open('/', width, scheme)
    await page.getByRole('button', { name: 'Book shelf space' }).click()
    await page.waitForTimeout(200)
    expect(await violations(page)).toEqual([])
    expect(complaints).toEqual([])
    await close()
  })
})

describe('Kilnyard', () => {
  it.each(paths)('%s fits at every width', async (path) => {
    const { page, close } = await open(path)
    for (const width of [320, 600, 768, 900, 1024]) {
      await page.setViewportSize({ width, height: 800 })
      expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(width)
    }
    await close()
  })

  it('books with a price that follows the fields, and says so', async () => {
    const { page, close } = await open('/')
    await page.getByRole('button', { name: 'Book shelf space' }).click()
    await page.locator('[name=height]').fill('30')
    await page.locator('[name=share]').selectOption('Whole')
    expect(await page.locator('output[name=price]').textContent()).toBe('£18.90')
    await page.getByRole('button', { name: 'Book', exact: true }).click()
    expect(await page.getByRole('status').textContent()).toContain('Booked: the next glaze in Bertha.')
    expect(await page.locator('#booking').isVisible()).toBe(false)
    await close()
  })

  it('narrows its lists by state and by words, and says when nothing is left', async () => {
    const { page, close } = await open('/firings/')
    const rows = page.locator('tbody tr:visible')
    expect(await rows.count()).toBe(12)
    await page.getByRole('button', { name: 'Planned' }).click()
    expect(await rows.count()).toBe(5)
    await page.getByPlaceholder('Kiln, cone, technician').fill('raku tomasz')
    expect(await rows.count()).toBe(1)
    await page.getByPlaceholder('Kiln, cone, technician').fill('zzz')
    await page.getByRole('button', { name: 'Show all firings' }).click()
    expect(await rows.count()).toBe(12)
    await close()
  })

  it('goes back to what was saved last, not to what the page came with', async () => {
    const { page, close } = await open('/settings/')
    const name = page.getByRole('textbox', { name: 'Name' })
    const zone = page.locator('[name=zone]')
    await name.fill('Second')
    await zone.selectOption('Asia/Tokyo')
    await page.getByRole('button', { name: 'Save changes' }).click()
    await name.fill('Third')
    await page.getByRole('switch', { name: 'Members may book cone 10' }).check()
    await page.getByRole('button', { name: 'Discard' }).click()
    expect(await name.inputValue()).toBe('Second')
    expect(await zone.inputValue()).toBe('Asia/Tokyo')
    expect(await page.getByRole('switch', { name: 'Members may book cone 10' }).isChecked()).toBe(false)
    await close()
  })

  it('keeps a chosen theme from page to page and hands it on to the form', async () => {
    const { page, close } = await open('/settings/')
    await page.getByRole('radio', { name: 'Dark' }).check()
    await page.goto(`${demo.origin}/pieces/`)
    expect(await page.evaluate(() => getComputedStyle(document.body).colorScheme)).toBe('dark')
    await close()
  })

  it('sends what its user says, with who she is, through its own button', async () => {
    const { page, complaints, close } = await open('/firings/')
    await page.getByRole('button', { name: 'Send feedback' }).click()
    await page.getByRole('textbox', { name: /wrong/ }).fill('The load meter goes to 104 %.')
    await page.getByRole('button', { name: 'Send', exact: true }).click()
    await expect.poll(() => demo.submissions.length).toBe(1)
    expect(demo.submissions[0]).toMatchObject({
      kind: 'bug',
      message: 'The load meter goes to 104 %.',
      release: '1.2.3',
      tags: { plan: 'studio', area: 'firings' },
      context: { studio: { kilns: 3 } },
      person: { id: 'usr_maren', email: 'maren@sliproom.example', account: { name: 'The Slip Room' } },
    })
    expect(complaints).toEqual([])
    await close()
  })
})

async function violations(page: Page): Promise<string[]> {
  await page.evaluate(axe.source)
  return page.evaluate(async () => {
    const { axe: loaded } = window as unknown as { axe: typeof axe }
    const { violations: found } = await loaded.run(document, { resultTypes: ['violations'], preload: false })
    return found.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html.slice(0, 120)).join(' | ')}`)
  })
}
