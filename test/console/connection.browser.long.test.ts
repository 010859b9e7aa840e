import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { launchBrowser } from '../support/chromium.ts'
import { startSystem, type System } from '../support/system.ts'
import { fill, listed, openConsole, pane, rows, said, statusOf } from './desk.ts'

let browser: Browser
let system: System
let ids: string[]

beforeAll(async () => {
  ;[browser, system] = await Promise.all([launchBrowser(), startSystem('Connection')])
  const items = Array.from({ length: 120 }, (_, at) => ({
    message: `item ${at}`,
    rating: { scale: 'nps' as const, value: at % 11 },
  }))
  ids = await fill(system, items)
})
afterAll(() => browser.close())

const lost = (page: Page) => page.getByText('No connection. You can read on')
const cut = async (page: Page) => {
  await page.context().setOffline(true)
  await lost(page).waitFor()
}
const mend = async (page: Page) => {
  await page.context().setOffline(false)
  await lost(page).waitFor({ state: 'detached' })
}
const topOf = (page: Page) => page.locator('.rows').evaluate((list) => list.scrollTop)

describe('without a connection', () => {
  it('what is on screen stays, changes are taken back and sent again, and nothing jumps when it is back', async () => {
    const page = await openConsole(browser, system)
    await rows(page).getByText('item 2', { exact: true }).click()
    await pane(page).locator('.words').getByText('item 2', { exact: true }).waitFor()
    const drawn = await rows(page).count()
    await page.locator('.rows').evaluate((list) => list.scrollTo(0, 320))
    await expect.poll(() => rows(page).count()).toBeGreaterThan(drawn)
    const before = await listed(page)

    await cut(page)
    // Read on: what is listed can be opened, and the list stays where it was asked for anew.
    await rows(page).getByText('item 7', { exact: true }).click()
    await pane(page).locator('.words').getByText('item 7', { exact: true }).waitFor()
    await page.keyboard.press('.')
    await said(page).getByText('The list stays as it was.').waitFor()
    expect(await listed(page)).toEqual(before)

    // Triage: shown at once, taken back, and offered together.
    await page.keyboard.press('e')
    await said(page).getByText('Not changed: 1 item.').waitFor()
    expect(await statusOf(page).innerText()).toBe('New')
    await page.keyboard.press('j')
    await pane(page).locator('.words').getByText('item 8', { exact: true }).waitFor()
    await page.keyboard.press('e')
    await said(page).getByText('Not changed: 2 items.').waitFor()
    await page.keyboard.press('n')
    await page.keyboard.type('Ask them again')
    await page.keyboard.press('Control+Enter')
    await said(page).getByText('The note was not added.').waitFor()
    const note = page.getByRole('textbox', { name: 'Note for the team' })
    await expect.poll(() => note.inputValue()).toBe('Ask them again')
    await page.keyboard.press('Escape')
    await page.keyboard.press('e')
    await said(page).getByText('Not changed: 3 items.').waitFor({ timeout: 10_000 })

    // Meanwhile somebody else works, and something comes in.
    const headers = { 'content-type': 'application/json' }
    const patch = { method: 'PATCH', headers, body: JSON.stringify({ labels: ['by-a-colleague'] }) }
    expect((await system.call(`/v1/feedback/${ids[8]}`, patch)).status).toBe(200)
    await fill(system, [{ message: 'came meanwhile' }])
    const top = await topOf(page)

    await mend(page)
    await pane(page).getByText('by-a-colleague').waitFor()
    await page.getByRole('button', { name: '1 new' }).waitFor()
    expect(await listed(page)).not.toContain('came meanwhile')
    expect(await topOf(page)).toBe(top)

    await page.getByRole('button', { name: 'Try again' }).click()
    await expect.poll(async () => (await system.find(ids[7] ?? '')).status).toBe('done')
    await expect.poll(async () => (await system.find(ids[8] ?? '')).status).toBe('done')
    await expect.poll(() => statusOf(page).innerText()).toBe('Done')
    expect((await system.find(ids[8] ?? '')).labels).toEqual(['by-a-colleague'])
    expect(await topOf(page)).toBe(top)

    await page.getByRole('button', { name: '1 new' }).click()
    await rows(page).getByText('came meanwhile').waitFor()
    await page.context().close()
  }, 60_000)

  it('views that did not come are asked for again by themselves, and settings keep what was typed', async () => {
    const page = await openConsole(browser, system, '/console/setup/project')
    const name = page.getByRole('textbox', { name: 'Name', exact: true })
    await name.waitFor()
    await cut(page)
    await name.fill('Another name')
    await page.getByRole('button', { name: 'Save name' }).click()
    await said(page).getByText('The collector could not be reached.').waitFor()
    expect(await name.inputValue()).toBe('Another name')
    await mend(page)
    await page.getByRole('button', { name: 'Save name' }).click()
    await said(page).getByText('Saved.').waitFor()

    await cut(page)
    await page.getByRole('link', { name: 'Numbers' }).click()
    await page.getByText('This part of the console did not load').waitFor()
    await page.getByRole('link', { name: 'Keys' }).waitFor({ state: 'detached' })
    await mend(page)
    await page.getByRole('heading', { name: 'Scores' }).waitFor()
    const tile = page.getByRole('group', { name: 'Scale' }).getByRole('button').first()
    await tile.waitFor()

    // What is drawn stays while another range cannot be had; that one comes by itself, too.
    await cut(page)
    await page.getByRole('button', { name: 'Day', exact: true }).click()
    await page.getByText('The collector could not be reached.').first().waitFor()
    await mend(page)
    await tile.waitFor()
    await page.context().close()
  }, 60_000)

  it('where the first load fails the page asks again by itself', async () => {
    const page = await openConsole(browser, system)
    await page.route('**/v1/session', (route) => route.abort())
    await page.route('**/healthz', (route) => route.abort())
    await page.reload()
    await page.getByText('The collector could not be reached.').waitFor()
    await page.unroute('**/v1/session')
    await page.unroute('**/healthz')
    await rows(page).first().waitFor()
    expect(await page.getByText('The collector could not be reached.').count()).toBe(0)
    await page.context().close()
  })
})
