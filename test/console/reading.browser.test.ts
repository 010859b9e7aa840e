import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { launchBrowser } from '../support/chromium.ts'
import { newId, startSystem, type System } from '../support/system.ts'
import { fill, listed, openConsole, pane, rows } from './desk.ts'

const markup = '<img src=x onerror="document.title=1"><script>document.title=2</script> & “quotes”\n\nsecond paragraph'
const arabic = 'عند محاولة إضافة عميل جديد تظهر رسالة خطأ'

let browser: Browser
let system: System
let ids: string[]

beforeAll(async () => {
  browser = await launchBrowser()
  system = await startSystem('Clinic desk')
  ids = await fill(system, [
    { message: markup, tags: { plan: 'pro' } },
    { message: arabic, rating: { scale: 'nps', value: 3 } },
    { message: '', rating: { scale: 'stars', value: 4 } },
  ])
})
afterAll(() => browser.close())

describe('reading', () => {
  it('asks for a link when nobody is signed in, and keeps the address for afterwards', async () => {
    const page = await browser.newPage()
    await page.goto(`${system.origin}/console/inbox?status=new`)
    await page.getByRole('heading', { name: 'You are signed out' }).waitFor()
    expect(page.url()).toContain('?status=new')
    await page.close()
  })

  it('shows what somebody wrote to the letter, as text and nothing else', async () => {
    const page = await openConsole(browser, system, `/console/inbox?item=${ids[0]}`)
    const words = pane(page).locator('.words')
    expect(await words.textContent()).toBe(markup)
    expect(await words.locator('*').count()).toBe(0)
    await expect.poll(() => page.title()).toContain('Clinic desk')
    await page.context().close()
  })

  it('sets words from right to left where they are written so', async () => {
    const page = await openConsole(browser, system, `/console/inbox?item=${ids[1]}`)
    const words = pane(page).locator('.words')
    expect(await words.evaluate((element) => getComputedStyle(element).direction)).toBe('rtl')
    await pane(page).getByRole('img', { name: 'NPS 3 of 10, detractor' }).waitFor()
    await page.context().close()
  })

  it('opens the same item for whoever follows its address', async () => {
    const page = await openConsole(browser, system)
    await rows(page).nth(2).getByRole('link').click()
    const address = page.url()
    const other = await openConsole(browser, system, new URL(address).pathname + new URL(address).search)
    expect(address).toContain(`item=${ids[2]}`)
    await pane(other).getByText('No words came with it.').waitFor()
    await Promise.all([page.context().close(), other.context().close()])
  })

  it('shows who, where and what was left out of a submission from a page', async () => {
    const id = newId()
    const at = new Date().toISOString()
    await system.submit({
      id,
      kind: 'bug',
      message: 'The total is wrong',
      person: { id: 'u1', name: 'Ada Okafor', account: { id: 'acme', name: 'Acme Dental' } },
      token: 'a.b.c',
      page: { url: 'https://app.example.com/billing', device: { browser: 'Firefox 145', os: 'Windows 11' } },
      release: '4.2.0',
      tags: { screen: 'billing', bad: {} as unknown as string },
      context: { cart: { total: 12.5, lines: [{ sku: 'A-1' }] } },
      crumbs: [{ at, type: 'error', message: 'TypeError: total is undefined' }],
      createdAt: at,
      sentAt: at,
    })
    const page = await openConsole(browser, system, `/console/inbox?item=${id}`)
    const { reference } = await system.find(id)
    const shown = await pane(page).innerText()
    for (const part of [
      reference,
      'Ada Okafor',
      'Not verified\n\nThis is no JWT: its header cannot be read.',
      'Acme Dental',
      '/billing',
      'Firefox 145 on Windows 11',
    ]) {
      expect(shown).toContain(part)
    }
    for (const part of ['4.2.0', 'TypeError: total is undefined', 'A-1', 'tags.bad']) expect(shown).toContain(part)
    await page.context().close()
  })

  it('says so when there is no such item', async () => {
    const page = await openConsole(browser, system, `/console/inbox?item=${newId()}`)
    expect(await pane(page).getByRole('alert').innerText()).toContain('no such item')
    await page.context().close()
  })

  it('announces what came in and leaves the list where it is until asked', async () => {
    const page = await openConsole(browser, system)
    const before = await listed(page)
    await system.submit({ id: newId(), message: 'Brand new' })
    await page.evaluate(() => document.dispatchEvent(new Event('visibilitychange')))
    const button = page.getByRole('button', { name: '1 new' })
    await button.waitFor()
    expect(await listed(page)).toEqual(before)
    await button.click()
    await rows(page).getByText('Brand new').waitFor()
    await page.context().close()
  })

  it('is a list, then an item with a way back, on a phone', async () => {
    const page = await openConsole(browser, system, '/console/inbox', { viewport: { width: 360, height: 740 } })
    const sideways = () => page.evaluate(() => document.documentElement.scrollWidth > innerWidth)
    expect(await sideways()).toBe(false)
    await rows(page).first().getByRole('link').click()
    await pane(page).waitFor()
    expect(await rows(page).count()).toBe(0)
    expect(await sideways()).toBe(false)
    await page.getByRole('button', { name: 'Back to the list' }).click()
    await rows(page).first().waitFor()
    await expect.poll(() => page.evaluate(() => document.activeElement?.className)).toBe('row-link')
    await page.context().close()
  })

  it('keeps the colours and the density somebody chose', async () => {
    const page = await openConsole(browser, system, '/console/inbox', { colorScheme: 'light' })
    const ground = () => page.evaluate(() => getComputedStyle(document.body).color)
    const light = await ground()
    await page.getByRole('button', { name: 'Colours follow the system' }).click()
    await page.getByRole('button', { name: 'Light colours' }).click()
    await page.keyboard.press('v')
    await page.reload()
    await rows(page).first().waitFor()
    expect(await ground()).not.toBe(light)
    expect((await rows(page).first().boundingBox())?.height).toBe(40)
    await page.context().close()
  })
})
