import type { Browser, Page } from 'playwright-core'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { launchBrowser } from '../support/chromium.ts'
import { startSystem, type System } from '../support/system.ts'
import { fill, openConsole, rows, said, statusOf } from './desk.ts'

let browser: Browser
let system: System
let page: Page
let ids: string[]
let run = 0

beforeAll(async () => {
  browser = await launchBrowser()
  system = await startSystem()
})
afterAll(() => browser.close())
beforeEach(async () => {
  run += 1
  ids = await fill(
    system,
    ['first', 'second', 'third'].map((message) => ({ message, tags: { run } })),
  )
  page = await openConsole(browser, system, `/console/inbox?tag.run=${run}`)
  await rows(page).nth(2).waitFor()
})
afterEach(() => page.context().close())

async function press(...keys: string[]): Promise<void> {
  for (const key of keys) await page.keyboard.press(key)
}

async function statuses(): Promise<string[]> {
  return Promise.all(ids.map(async (id) => (await system.find(id)).status))
}

async function labelsOf(index: number): Promise<string[]> {
  return (await system.find(ids[index] ?? '')).labels
}

describe('triage by keyboard', () => {
  it('goes down with j and up with k, and the open item stands in the address', async () => {
    await press('j', 'j', 'k', 'j', 'j')
    // The driver hears of a new address a moment later.
    await expect.poll(() => new URL(page.url()).searchParams.get('item')).toBe(ids[2])
    await press('j', 'Escape')
    await expect.poll(() => new URL(page.url()).search).toBe(`?tag.run=${run}`)
  })

  it('marks as done with e and takes it back with u', async () => {
    await press('j', 'e')
    await said(page).getByText('Marked it as done').waitFor()
    expect(await statuses()).toEqual(['done', 'new', 'new'])
    await press('u')
    await said(page).getByText('Undone').waitFor()
    expect(await statuses()).toEqual(['new', 'new', 'new'])
  })

  it('sets a status by name, however fast somebody types', async () => {
    await press('j', 's')
    await page.keyboard.type('plan')
    await press('Enter')
    await said(page).getByText('Marked it as planned').waitFor()
    expect(await statusOf(page).innerText()).toBe('Planned')
    expect(await statuses()).toEqual(['planned', 'new', 'new'])
  })

  it('makes a new label, puts it on, and offers it from then on', async () => {
    await press('j', 'l')
    await page.keyboard.type('front desk')
    await press('Enter', 'Escape')
    await said(page).getByText('Labelled it front desk').waitFor()
    expect(await labelsOf(0)).toEqual(['front desk'])
    await press('j', 'l')
    await page.getByRole('option', { name: 'front desk' }).click()
    await expect.poll(() => labelsOf(1)).toEqual(['front desk'])
  })

  it('does not offer a label that was refused', async () => {
    await page.route('**/v1/feedback/bulk*', (route) => route.abort())
    await press('j', 'l')
    await page.keyboard.type('back desk')
    await press('Enter', 'Escape')
    await said(page).getByText('Not changed: 1 item.').waitFor()
    await press('j', 'l')
    await page.getByRole('option', { name: 'front desk' }).waitFor()
    expect(await page.getByRole('option', { name: 'back desk' }).count()).toBe(0)
  })

  it('changes everything ticked at once, and takes all of it back at once', async () => {
    await press('j', 'x', 'Shift+J')
    await page.getByRole('toolbar', { name: '2 items selected' }).waitFor()
    await press('e')
    await said(page).getByText('Marked 2 items as done').waitFor()
    expect(await statuses()).toEqual(['done', 'done', 'new'])
    await page.getByRole('button', { name: /^Undo/ }).click()
    await said(page).getByText('Undone').waitFor()
    expect(await statuses()).toEqual(['new', 'new', 'new'])
  })

  it('leaves keys alone while somebody types', async () => {
    await press('j')
    await page.getByRole('searchbox').pressSequentially('eeek')
    await press('Escape')
    expect(await statuses()).toEqual(['new', 'new', 'new'])
  })

  it('lists every key in the help sheet and every command in the palette, from one registry', async () => {
    await press('j', '?')
    const keyed = await page.getByRole('dialog').locator('dt').allTextContents()
    await press('Escape')
    await page.getByRole('dialog').waitFor({ state: 'hidden' })
    await press('Control+k')
    await page.getByRole('option', { name: 'Mark as done' }).waitFor()
    const commands = await page.getByRole('option').allTextContents()
    for (const title of ['Mark as done', 'Set the status', 'Edit labels', 'Search', 'Export what is listed']) {
      expect(keyed).toContain(title)
      expect(commands.join('\n')).toContain(title)
    }
    await page.keyboard.type('compact')
    await press('Enter')
    await expect.poll(async () => (await rows(page).first().boundingBox())?.height).toBe(40)
  })
})

describe('when the collector answers something else', () => {
  it('shows what a colleague did first, and changes it only when told to', async () => {
    await press('j')
    await system.call(`/v1/feedback/${ids[0]}`, {
      method: 'PATCH',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ status: 'planned' }),
    })
    await press('e')
    await said(page).getByText('Somebody changed 1 item first').waitFor()
    expect(await statusOf(page).innerText()).toBe('Planned')
    await page.getByRole('button', { name: 'Change it anyway' }).click()
    await said(page).getByText('Marked it as done').waitFor()
    expect(await statuses()).toEqual(['done', 'new', 'new'])
  })

  it('takes a change back that did not get through, and sends it again when asked', async () => {
    await press('j')
    await page.route('**/v1/feedback/*', (route) => route.abort())
    await press('e')
    await said(page).getByText('Not changed: 1 item. The collector could not be reached.').waitFor()
    expect(await statusOf(page).innerText()).toBe('New')
    await page.unroute('**/v1/feedback/*')
    await page.getByRole('button', { name: 'Try again' }).click()
    await said(page).getByText('Marked it as done').waitFor()
    expect(await statuses()).toEqual(['done', 'new', 'new'])
  })

  it('shows the sign-in screen when the session ends meanwhile', async () => {
    await page.context().clearCookies()
    await press('j', 'e')
    await page.getByRole('heading', { name: 'You are signed out' }).waitFor()
    expect(await statuses()).toEqual(['new', 'new', 'new'])
  })
})
