import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Receipt } from '../../sdk/wire/index.ts'
import { launchBrowser } from '../support/chromium.ts'
import { makePng } from '../support/images.ts'
import { newId, startSystem, type System } from '../support/system.ts'
import { violationsOf } from './axe.ts'
import { openConsole, pane, rows } from './desk.ts'

let browser: Browser
let system: System
let id: string

beforeAll(async () => {
  browser = await launchBrowser()
  system = await startSystem('Images')
  id = newId()
  const response = await system.submit({
    id,
    message: 'See the pictures',
    attachments: [1, 2, 3].map(() => ({ type: 'image/png', bytes: 48_000 })),
  })
  const { upload = [] } = (await response.json()) as Receipt
  for (const [n, image] of [makePng(1_200, 800), makePng(300, 900)].entries()) {
    const query = `key=${system.publishableKey}&upload=${upload[n]}`
    await fetch(`${system.origin}/v1/feedback/${id}/attachments/${n}?${query}`, { method: 'PUT', body: image })
  }
  await system.runSchedule()
})
afterAll(() => browser.close())

const focusedName = (page: Page) => page.evaluate(() => document.activeElement?.getAttribute('aria-label'))
const drawn = (page: Page) =>
  page.locator('.viewer img').evaluate((image: HTMLImageElement) => [image.naturalWidth, image.clientWidth])

describe('the images of an item', () => {
  it('are told in the list, stand in the item, and say when one has not come', async () => {
    const page = await openConsole(browser, system, `/console/inbox?item=${id}`, { bypassCSP: true })
    expect(await rows(page).first().locator('.row-images').innerText()).toBe('2 images')
    const images = pane(page).getByRole('region', { name: 'Images' })
    await images.getByRole('heading', { name: '3 images' }).waitFor()
    await images.getByRole('button', { name: 'Image 1 of 3, PNG, 1200 × 800' }).waitFor()
    await images.getByText('Not here yet').waitFor()
    await page.waitForFunction(() =>
      [...document.querySelectorAll<HTMLImageElement>('.images img')].every((image) => image.naturalWidth > 0),
    )
    expect(await violationsOf(page)).toEqual([])
    await page.context().close()
  })

  it('open whole, grow and shrink, and give the focus back, by keyboard alone', async () => {
    const page = await openConsole(browser, system, `/console/inbox?item=${id}`, { bypassCSP: true })
    const complaints: string[] = []
    page.on('pageerror', (error) => complaints.push(error.message))
    const first = pane(page).getByRole('button', { name: 'Image 1 of 3' })
    await first.focus()
    await page.keyboard.press('Enter')
    const viewer = page.getByRole('dialog', { name: 'Image 1 of 2' })
    await viewer.waitFor()
    await page.waitForFunction(() => (document.querySelector<HTMLImageElement>('.viewer img')?.naturalWidth ?? 0) > 0)
    expect(await violationsOf(page)).toEqual([])
    const fitted = await drawn(page)
    expect(fitted[1]).toBeLessThanOrEqual(1_440)
    await page.keyboard.press('+')
    await page.keyboard.press('+')
    expect((await drawn(page))[1]).toBeGreaterThan(1_200)
    await page.keyboard.press('-')
    expect(await viewer.getByRole('status').innerText()).toMatch(/^\d+%$/)
    await page.keyboard.press('0')
    expect(await drawn(page)).toEqual(fitted)
    await page.keyboard.press('ArrowRight')
    await page.getByRole('dialog', { name: 'Image 2 of 2' }).waitFor()
    // The inbox behind it does not move.
    await page.keyboard.press('j')
    expect(new URL(page.url()).searchParams.get('item')).toBe(id)
    await page.keyboard.press('Escape')
    expect(await page.getByRole('dialog').count()).toBe(0)
    expect(await focusedName(page)).toMatch(/^Image 1 of 3/)
    expect(complaints).toEqual([])
    await page.context().close()
  })

  it('are asked for again where a link has expired, and say so where that does not help', async () => {
    let isDown = true
    const page = await openConsole(browser, system, '/console/inbox')
    await page.route('**/files/*', (route) => (isDown ? route.fulfill({ status: 403, body: '{}' }) : route.continue()))
    await rows(page).first().getByRole('link').click()
    const broken = pane(page).getByRole('button', { name: 'Could not be shown' })
    await expect.poll(() => broken.count()).toBe(2)
    isDown = false
    for (const left of [1, 0]) {
      await broken.first().click()
      await expect.poll(() => broken.count()).toBe(left)
    }
    await page.waitForFunction(() => {
      const images = [...document.querySelectorAll<HTMLImageElement>('.images img')]
      return images.length === 2 && images.every((image) => image.naturalWidth > 0)
    })
    expect(await broken.count()).toBe(0)
    await page.context().close()
  })
})
