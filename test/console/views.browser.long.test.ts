import type { Browser, Page } from 'playwright-core'
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import type { SavedView } from '../../sdk/wire/index.ts'
import { launchBrowser } from '../support/chromium.ts'
import { startSystem, type System } from '../support/system.ts'
import { violationsOf } from './axe.ts'
import { fill, listed, openConsole, pressTogether, rows, said } from './desk.ts'

let browser: Browser
let system: System
let page: Page
const narrow = { width: 360, height: 740 }
/** For axe, which is a script of its own. */
const looked = { bypassCSP: true }

beforeAll(async () => {
  browser = await launchBrowser()
  system = await startSystem()
})
afterAll(() => browser.close())
afterEach(() => page.context().close())

const press = async (...keys: string[]) => {
  for (const key of keys) await page.keyboard.press(key)
}
const count = async (query: string) =>
  ((await (await system.call(`/v1/feedback/count?${query}`)).json()) as { count: number }).count
const sideLink = (name: string) => page.getByRole('navigation', { name: 'Views' }).getByRole('link', { name })
/** Requests of one kind from here on. */
function sent(path: string): string[] {
  const seen: string[] = []
  page.on('request', (request) => {
    if (new URL(request.url()).pathname === path) seen.push(request.postData() ?? '')
  })
  return seen
}

describe('changing many', () => {
  beforeAll(async () => {
    await fill(
      system,
      Array.from({ length: 1_040 }, (_, i) => ({ message: `row ${i}`, tags: { run: 'many' } })),
    )
  })

  it('changes hundreds of rows in one request, undone by one key in another', async () => {
    page = await openConsole(browser, system, '/console/inbox?tag.run=many&status=new')
    const bulk = sent('/v1/feedback/bulk')
    // Until two hundred and more are loaded.
    await page.locator('.rows').evaluate((scroller) => scroller.scrollTo({ top: 3_000 }))
    await expect.poll(() => rows(page).first().getAttribute('aria-setsize')).toBe('250')
    await press('Control+a')
    await page.getByRole('toolbar', { name: '250 items selected' }).waitFor()
    await press('e')
    await said(page).getByText('Marked 250 items as done').waitFor()
    expect(bulk.length).toBe(1)
    expect(await count('tag.run=many&status=done')).toBe(250)
    await press('u')
    await said(page).getByText('Undone: Marked 250 items as done').waitFor()
    expect(bulk.length).toBe(2)
  })

  it('changes everything that matches by filter, undone by one key', async () => {
    page = await openConsole(browser, system, '/console/inbox?tag.run=many&status=new')
    const bulk = sent('/v1/feedback/bulk')
    await press('Control+a')
    await page.getByRole('button', { name: 'Select all 1,040 that match' }).click()
    await page.getByRole('toolbar', { name: '1,040 items selected' }).waitFor()
    await press('e')
    await said(page).getByText('Marked 1,040 items as done').waitFor()
    expect(bulk.length).toBe(3)
    expect(await count('tag.run=many&status=done')).toBe(1_040)
    expect(await page.getByRole('toolbar', { name: /selected/ }).count()).toBe(0)
    await press('u')
    await said(page).getByText('Undone: Marked 1,040 items as done').waitFor()
    expect(await count('tag.run=many&status=new')).toBe(1_040)
    expect(await page.locator('.row').first().locator('.row-status').textContent()).toBe('New')
  })

  it('stops when told to, says how far it came, and gives back what is only on the screen', async () => {
    page = await openConsole(browser, system, '/console/inbox?tag.run=many&sort=oldest')
    let second: () => void = () => undefined
    const asked = new Promise<void>((resolve) => {
      second = resolve
    })
    let go: () => void = () => undefined
    const stopped = new Promise<void>((resolve) => {
      go = resolve
    })
    await page.route('**/v1/feedback/bulk', async (route) => {
      const body = route.request().postDataJSON() as { cursor?: string }
      if (body.cursor !== undefined) {
        second()
        await stopped
      }
      await route.continue()
    })
    await press('Control+a', 'Control+a')
    await page.getByRole('toolbar', { name: '1,040 items selected' }).waitFor()
    await press('e')
    await asked
    await said(page).getByText('500 of 1,040 items so far').waitFor()
    // The oldest stand last in time, and first on this screen: shown as done before they are.
    expect(await page.locator('.row').first().locator('.row-status').textContent()).toBe('Done')
    await page.getByRole('button', { name: 'Stop' }).click()
    go()
    await said(page).getByText('Stopped: 1,000 items changed, 40 items left as they were.').waitFor()
    expect(await page.locator('.row').first().locator('.row-status').textContent()).toBe('New')
    expect(await count('tag.run=many&status=done')).toBe(1_000)
    await press('u')
    await said(page).getByText('Undone').waitFor()
    expect(await count('tag.run=many&status=done')).toBe(0)
  })

  it('takes back what did not get through, leaves what a colleague changed, and says both', async () => {
    const ids = await fill(
      system,
      ['one', 'two', 'three'].map((message) => ({ message, tags: { run: 'few' } })),
    )
    page = await openConsole(browser, system, '/console/inbox?tag.run=few', looked)
    await press('j', 'x')
    await page.getByRole('button', { name: 'Select all 3 that match' }).waitFor()
    expect(await violationsOf(page)).toEqual([])
    await page.route('**/v1/feedback/bulk', (route) => route.abort())
    await press('Control+a', 'e')
    await said(page).getByText('Not changed: 3 items. The collector could not be reached.').waitFor()
    expect(await page.locator('.row-status').allTextContents()).toEqual(['New', 'New', 'New'])
    await page.unroute('**/v1/feedback/bulk')
    await page.getByRole('button', { name: 'Try again' }).click()
    await said(page).getByText('Marked 3 items as done').waitFor()
    await system.call(`/v1/feedback/${ids[1]}`, {
      method: 'PATCH',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ status: 'planned' }),
    })
    await press('u')
    await said(page).getByText('Undone, but for 1 item that somebody changed since.').waitFor()
    await expect.poll(() => page.locator('.row-status').allTextContents()).toEqual(['New', 'Planned', 'New'])
  })
})

describe('saved views', () => {
  it('are saved, opened by key and palette, changed, updated, renamed, shared and deleted with undo', async () => {
    await fill(system, [
      { message: 'a broken bug', labels: ['ux'], tags: { run: 'views' } },
      { message: 'a fine idea', kind: 'idea', tags: { run: 'views' } },
    ])
    page = await openConsole(browser, system, '/console/inbox?kind=idea&tag.run=views', looked)
    await press('Shift+S')
    expect(await violationsOf(page)).toEqual([])
    await page.keyboard.type('Ideas of the week')
    await press('Enter')
    await said(page).getByText('Saved the view “Ideas of the week”').waitFor()
    const link = sideLink('Ideas of the week')
    expect(await link.getAttribute('aria-current')).toBe('page')
    await expect.poll(() => link.locator('.view-count').innerText()).toBe('1')

    await pressTogether(page, 'g', 'i')
    await expect.poll(() => link.getAttribute('aria-current')).toBeNull()
    expect(await sideLink('All feedback').getAttribute('aria-current')).toBe('page')
    await pressTogether(page, 'g', '1')
    await expect.poll(() => listed(page)).toEqual(['a fine idea'])
    await page.getByRole('button', { name: 'Remove the filter Kind is Idea' }).click()
    const changed = page.getByRole('group', { name: 'The opened view was changed' })
    await changed.getByText('Changed from “Ideas of the week”').waitFor()
    expect(await violationsOf(page)).toEqual([])
    // A reload is the same screen: the opened view stands in the address.
    await page.reload()
    await changed.waitFor()
    await changed.getByRole('button', { name: 'Reset' }).click()
    await expect.poll(() => listed(page)).toEqual(['a fine idea'])
    await page.getByRole('button', { name: 'Remove the filter Kind is Idea' }).click()
    await changed.getByRole('button', { name: 'Update view' }).click()
    await said(page).getByText('Updated the view').waitFor()
    await expect.poll(() => link.locator('.view-count').innerText()).toBe('2')

    await page.getByRole('button', { name: 'Edit the view Ideas of the week' }).click()
    await page.getByRole('textbox', { name: 'Name' }).fill('Everything of the week')
    await page.getByText('Everybody', { exact: true }).click()
    await page.getByRole('button', { name: 'Save changes' }).click()
    await sideLink('Everything of the week').waitFor()
    const shared = (await (await system.call('/v1/views')).json()) as { items: SavedView[] }
    expect(shared.items.map(({ name, query }) => [name, query])).toEqual([['Everything of the week', 'tag.run=views']])

    await press('Control+k')
    await page.keyboard.type('delete the view')
    await press('Enter')
    await said(page).getByText('Deleted the view “Everything of the week”').waitFor()
    expect(await sideLink('Everything of the week').count()).toBe(0)
    await page.getByRole('button', { name: 'Undo' }).click()
    await sideLink('Everything of the week').waitFor()
  })

  it('say why one was not saved, keep what was typed, and are there on a narrow screen', async () => {
    page = await openConsole(browser, system, '/console/inbox?label=ux', {
      viewport: narrow,
      colorScheme: 'dark',
      ...looked,
    })
    await page.getByRole('button', { name: 'Save view' }).click()
    await page.getByRole('textbox', { name: 'Name' }).fill('Narrow')
    await page.route('**/v1/views', (route) => (route.request().method() === 'POST' ? route.abort() : route.continue()))
    const dialog = page.getByRole('dialog')
    await dialog.getByRole('button', { name: 'Save view' }).click()
    await page.getByRole('alert').getByText('The collector could not be reached.').waitFor()
    expect(await page.getByRole('textbox', { name: 'Name' }).inputValue()).toBe('Narrow')
    await page.unroute('**/v1/views')
    await dialog.getByRole('button', { name: 'Save view' }).click()
    await said(page).getByText('Saved the view “Narrow”').waitFor()
    await page.getByRole('button', { name: 'Views' }).click()
    await page.getByRole('button', { name: 'Edit the view Narrow' }).click()
    await page.getByRole('dialog', { name: 'Edit the view' }).waitFor()
    expect(await violationsOf(page)).toEqual([])
    await page.getByRole('button', { name: 'Delete view' }).click()
    await said(page).getByText('Deleted the view “Narrow”').waitFor()
  })
})

describe('what is new since the last visit', () => {
  it('is the first view, with its count and a line in the list, in every tab', async () => {
    system = await startSystem('News')
    const hour = 3_600_000
    const at = (hours: number) => new Date(Date.now() - hours * hour).toISOString()
    await fill(
      system,
      [1, 2, 30, 40].map((hours) => ({
        message: `${hours} hours ago`,
        createdAt: at(hours),
        receivedAt: at(hours),
      })),
    )
    page = await openConsole(browser, system, '/console/inbox', looked)
    // The first visit: everything is new, so nothing is. What is counted says that the collector was asked.
    await sideLink('All feedback').locator('.view-count').waitFor()
    expect(await sideLink('New since last visit').count()).toBe(0)
    const since = at(10)
    await page.context().route('**/v1/visits*', (route) => route.fulfill({ json: { since } }))
    const counts = sent('/v1/views/counts')
    await page.reload()
    const link = sideLink('New since last visit')
    await link.waitFor()
    const line = page.locator('.news-line')
    await line.waitFor()
    const [above, below] = [await rows(page).nth(1).boundingBox(), await line.boundingBox()]
    expect(below!.y + below!.height / 2).toBeCloseTo(above!.y + above!.height, -0.5)
    expect(await rows(page).nth(2).innerText()).toContain('Here at your last visit')
    await expect.poll(() => link.locator('.view-count').innerText()).toBe('2')
    expect(counts.length).toBe(1)
    await pressTogether(page, 'g', 'w')
    await expect.poll(() => new URL(page.url()).searchParams.get('since')).toBe(since)
    expect(await link.getAttribute('aria-current')).toBe('page')
    await expect.poll(() => listed(page)).toEqual(['1 hours ago', '2 hours ago'])
    // Another view lists other items and changes no count. Had it asked, that timer would have run out before this one.
    await page.evaluate(() => new Promise((resolve) => setTimeout(resolve, 1_000)))
    expect(counts.length).toBe(1)
    expect(await violationsOf(page)).toEqual([])
  })
})
