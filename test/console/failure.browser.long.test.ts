import type { Browser, Page, Route } from 'playwright-core'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { launchBrowser } from '../support/chromium.ts'
import { startSystem, type System } from '../support/system.ts'
import { violationsOf } from './axe.ts'
import { fill, openConsole, pane, rows, takeComplaints } from './desk.ts'

let browser: Browser
let system: System
let page: Page

beforeAll(async () => {
  ;[browser, system] = await Promise.all([launchBrowser(), startSystem('Failing')])
  await fill(system, [{ message: 'The export is empty' }, { message: 'Lovely' }])
})
afterAll(() => browser.close())
beforeEach(async () => {
  page = await openConsole(browser, system, '/console/inbox', { bypassCSP: true })
})
afterEach(() => page.context().close())

const failed = () => page.getByText('This part of the page failed')
const again = () => page.getByRole('button', { name: 'Try again' })

/** The collector's answer, with something in it that no view can draw. */
const meddle = (change: (body: Record<string, unknown>) => void) => async (route: Route) => {
  const response = await route.fetch()
  const body = (await response.json()) as Record<string, unknown>
  change(body)
  await route.fulfill({ response, json: body })
}

/** What throws is reported, as the browser reports any error. */
function expectReported(): void {
  const complaints = takeComplaints()
  expect(complaints.length).toBeGreaterThan(0)
  expect(complaints.every((one) => one.includes('TypeError'))).toBe(true)
}

describe('a part that throws', () => {
  it('is the reading pane alone, and the next item is read as ever', async () => {
    const ids = (await system.list()).items.map(({ id }) => id)
    await page.route(
      `**/v1/feedback/${ids[0]}*`,
      meddle((item) => {
        item['crumbs'] = [null]
      }),
    )
    await page.route(
      '**/v1/feedback?*',
      meddle((list) => {
        list['items'] = (list['items'] as { id: string }[]).filter(({ id }) => id !== ids[0])
      }),
    )
    await page.goto(`${system.origin}/console/inbox?item=${ids[0]}`)
    await pane(page).getByText('This part of the page failed').waitFor()
    expectReported()
    expect(await violationsOf(page)).toEqual([])
    await page.getByRole('link', { name: 'Numbers' }).waitFor()
    // The same item fails again, and the keys go on from there.
    await again().press('Enter')
    const load = page.getByRole('button', { name: 'Load the page again' })
    await load.waitFor()
    await expect.poll(() => load.evaluate((button) => button === document.activeElement)).toBe(true)
    takeComplaints()
    await page.getByText('Lovely').click()
    await pane(page).locator('.words').getByText('Lovely').waitFor()
    expect(await failed().count()).toBe(0)
  })

  it('is the list alone, and the side bar leads on', async () => {
    await page.route(
      '**/v1/feedback?*',
      meddle((list) => {
        for (const item of list['items'] as Record<string, unknown>[]) item['labels'] = null
      }),
    )
    await page.reload()
    await failed().waitFor()
    expectReported()
    await page.getByRole('link', { name: /^Surveys/ }).click()
    await page.getByRole('heading', { name: 'Surveys', exact: true }).waitFor()
    await page.goBack()
    await failed().waitFor()
    takeComplaints()
    await page.unroute('**/v1/feedback?*')
    await again().click()
    await page.getByRole('button', { name: 'Load the page again' }).click()
    await rows(page).getByText('Lovely').waitFor()
    expect(await failed().count()).toBe(0)
    expectReported()
  })

  it('is one place, which is drawn again when asked', async () => {
    await page.route(
      '**/v1/insight/**',
      meddle((body) => {
        for (const name of Object.keys(body)) body[name] = null
      }),
    )
    await page.route(
      '**/v1/projects/*/keys*',
      meddle((body) => {
        body['items'] = [null]
      }),
    )
    await page.goto(`${system.origin}/console/setup/keys`)
    await failed().waitFor()
    expectReported()
    await page.keyboard.press('?')
    await page.getByRole('dialog', { name: 'Keyboard shortcuts' }).waitFor()
    await page.keyboard.press('Escape')
    await page.unroute('**/v1/projects/*/keys*')
    await again().press('Enter')
    await page.getByRole('heading', { name: 'Secret keys' }).waitFor()
    await expect.poll(() => page.evaluate(() => document.activeElement?.className)).toContain('place')
    await page.goto(`${system.origin}/console/numbers`)
    await failed().waitFor()
    expectReported()
    await page.getByRole('link', { name: 'All feedback' }).click()
    await rows(page).getByText('Lovely').waitFor()
  })

  it('is a window, which can be closed', async () => {
    await page.route('**/v1/people/search*', (route) => route.fulfill({ json: { items: [null] } }))
    await page.route('**/v1/members*', (route) => route.fulfill({ json: { items: [null] } }))
    await page.getByText('Lovely').click()
    await page.keyboard.press('a')
    await page.getByRole('dialog', { name: 'This did not work' }).waitFor()
    expectReported()
    expect(await violationsOf(page, ['.rows-all'])).toEqual([])
    await page.keyboard.press('Escape')
    await expect.poll(() => failed().count()).toBe(0)
    await page.keyboard.press('s')
    await page.getByRole('combobox', { name: 'Set status' }).waitFor()
  })
})

describe('a part that does not load', () => {
  it('says so, leads elsewhere, and is loaded again when asked', async () => {
    await page.route('**/console/assets/view-*.js', (route) => route.abort())
    await page.setViewportSize({ width: 360, height: 740 })
    await page.goto(`${system.origin}/console/numbers`)
    await page.getByText('This part of the console did not load').waitFor()
    await page.getByRole('button', { name: 'Views' }).waitFor()
    await page.unroute('**/console/assets/view-*.js')
    await page.getByRole('button', { name: 'Load again' }).click()
    await page.getByRole('heading', { name: 'Volume' }).waitFor()
    expect(await page.getByText('did not load').count()).toBe(0)
  })

  it('is offered again where it is a window', async () => {
    await page.route('**/console/assets/dialogs-*.js', (route) => route.abort())
    await page.keyboard.press('+')
    await page.getByText('This part of the console did not load.').waitFor()
    await page.unroute('**/console/assets/dialogs-*.js')
    await page.getByRole('button', { name: 'Load again' }).click()
    await rows(page).first().waitFor()
    await page.keyboard.press('+')
    const dialog = page.getByRole('dialog', { name: 'Add feedback' })
    await dialog.waitFor()
    expect(await dialog.getByRole('textbox').count()).toBeGreaterThan(0)
  })
})
