import type { Browser, Page } from 'playwright-core'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { launchBrowser } from '../support/chromium.ts'
import { newId, startSystem, type System } from '../support/system.ts'
import { violationsOf } from './axe.ts'
import { fill, listed, openConsole, pane, rows } from './desk.ts'

const day = 86_400_000
const iso = (daysAgo: number) => new Date(Date.now() - daysAgo * day).toISOString()
const dayOf = (daysAgo: number) => iso(daysAgo).slice(0, 10)

let browser: Browser
let system: System
let page: Page

beforeAll(async () => {
  browser = await launchBrowser()
  system = await startSystem('Long list')
  await fill(
    system,
    Array.from({ length: 90 }, (_, i) => ({
      message: `item ${i}`,
      kind: i % 3 === 0 ? 'bug' : 'idea',
      createdAt: iso(i),
      page: { url: `https://app.example.com/page/${i % 60}` },
      labels: i % 10 === 0 ? ['checkout'] : [],
      person: { id: `u_${i % 70}`, name: `Person ${i % 70}`, verified: true },
    })),
  )
})
afterAll(() => browser.close())
beforeEach(async () => {
  page = await openConsole(browser, system, '/console/inbox', { bypassCSP: true })
})
afterEach(() => page.context().close())

const first = (words: string) =>
  page.waitForFunction(
    (wanted) => document.querySelector('[aria-posinset="1"] .row-words')?.textContent === wanted,
    words,
  )
const option = (name: string, value: string) =>
  page.waitForFunction(([key, wanted]) => new URLSearchParams(location.search).get(key!) === wanted, [name, value])

describe('a date', () => {
  it('is gone to by a key, stands in the address, and leads back to the newest', async () => {
    await page.keyboard.press('t')
    const menu = page.getByRole('dialog', { name: 'Go to a date' })
    await menu.getByLabel(/^Day in/).fill(dayOf(40))
    expect(await violationsOf(page, ['.rows-all'])).toEqual([])
    await menu.getByRole('button', { name: 'Go there' }).click()
    await option('start', dayOf(40))
    await first('item 40')
    expect(await page.locator('.toolbar-count').innerText()).toBe('90')
    await page.reload()
    await first('item 40')
    const id = newId()
    await system.submit({ id, message: 'Said just now', kind: 'praise' })
    await page.keyboard.press('Shift+t')
    await first('Said just now')
    expect(new URL(page.url()).search).toBe('')
    await system.call(`/v1/feedback/${id}`, { method: 'DELETE' })
  })

  it('makes a search one by time, and says so where there is nothing', async () => {
    await page.getByRole('searchbox').fill('item')
    await option('q', 'item')
    await page.keyboard.press('Escape')
    await page.keyboard.press('Escape')
    await page.keyboard.press('t')
    await page.getByRole('option', { name: 'A month ago' }).click()
    await first('item 30')
    await page.goto(`${system.origin}/console/inbox?start=2001-01-01`)
    await page.getByText('Nothing was said there').waitFor()
    await page.getByRole('button', { name: 'Back to the beginning' }).click()
    await rows(page).first().waitFor()
    expect(new URL(page.url()).searchParams.has('start')).toBe(false)
  })
})

describe('groups', () => {
  it('open and close, are read through by keys, and count everything', async () => {
    await page.keyboard.press('b')
    await page.getByRole('option', { name: 'Label' }).click()
    await option('group', 'label')
    const checkout = page.getByRole('button', { name: /^checkout\s*, 9 items/ })
    const none = page.getByRole('button', { name: /^No label\s*, 81 items/ })
    await checkout.waitFor()
    expect(await checkout.getAttribute('aria-expanded')).toBe('true')
    await page.getByRole('list', { name: 'checkout' }).getByRole('listitem').nth(8).waitFor()
    await none.click()
    await page.getByRole('list', { name: 'No label' }).getByRole('listitem').first().waitFor()
    for (let step = 0; step < 10; step += 1) await page.keyboard.press('j')
    await pane(page).locator('.words').getByText('item 1', { exact: true }).waitFor()
    await page.keyboard.press('k')
    await pane(page).locator('.words').getByText('item 80', { exact: true }).waitFor()
    expect(await violationsOf(page)).toEqual([])
    await checkout.click()
    expect(await page.getByRole('list', { name: 'checkout' }).count()).toBe(0)
    await page.keyboard.press('Shift+z')
    expect(await page.getByRole('button', { expanded: true }).count()).toBe(0)
    await page.getByRole('link', { name: 'List only checkout' }).click()
    await page.waitForFunction(() => location.search.startsWith('?label=checkout'))
    expect(new URL(page.url()).searchParams.has('group')).toBe(false)
    await page.waitForFunction(() => document.querySelectorAll('.rows-all .row').length === 9)
  }, 90_000)

  it('beyond fifty are one that leads to all the others', async () => {
    await page.goto(`${system.origin}/console/inbox?group=path&sort=oldest`)
    await page.getByRole('button', { name: /^All other pages, and none/ }).click()
    const others = page.getByRole('list', { name: 'All other pages, and none' })
    await others.getByRole('listitem').first().waitFor()
    expect(await others.getByRole('listitem').count()).toBeGreaterThan(9)
  })
})

describe('filters', () => {
  it('exclude by a switch that the keyboard reaches, and find a rare value by typing', async () => {
    await page.keyboard.press('f')
    await page.keyboard.type('page')
    await page.keyboard.press('Enter')
    await page.getByText('The 50 most frequent. Type to find others.').waitFor()
    await page.keyboard.type('ge/59')
    await page.getByRole('option', { name: '/page/59' }).waitFor()
    await page.keyboard.press('Shift+Tab')
    await page.keyboard.press('Enter')
    await page.getByRole('combobox', { name: 'Page is not' }).focus()
    await page.keyboard.press('Enter')
    await option('not.path', '/page/59')
    await page.keyboard.press('Escape')
    expect(await page.getByRole('group', { name: 'Filters' }).innerText()).toMatch(/Page\s+is not\s+\/page\/59/)
    await page.waitForFunction(() => !document.querySelector('.rows-all')?.textContent.includes('item 59'))
    await page.getByTitle('Change to “is”').click()
    await page.waitForFunction(() => document.querySelectorAll('.rows-all .row').length === 1)
    expect(await listed(page)).toEqual(['item 59'])
  })

  it('call people by name, in the menu and in the address that a colleague opens', async () => {
    await page.keyboard.press('f')
    await page.getByRole('option', { name: 'Person', exact: true }).click()
    await page.keyboard.type('rson 69')
    await page.getByRole('option', { name: /^Person 69/ }).click()
    await option('person', 'u_69')
    await page.reload()
    await page.getByRole('button', { name: 'Person 69', exact: true }).waitFor()
    await expect.poll(() => listed(page)).toEqual(['item 69'])
  })
})

describe('what comes in', () => {
  it('is announced without moving the list, and listed by a key', async () => {
    await rows(page).nth(5).getByRole('link').click()
    const before = await listed(page)
    const open = await pane(page).locator('.words').innerText()
    await system.submit({ id: newId(), message: 'Brand new', kind: 'bug' })
    await page.evaluate(() => document.dispatchEvent(new Event('visibilitychange')))
    await page.getByRole('status').getByText('1 new item came in').waitFor()
    expect(await listed(page)).toEqual(before)
    await page.keyboard.press('Shift+n')
    await first('Brand new')
    expect(await pane(page).locator('.words').innerText()).toBe(open)
  })
})
