import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { launchBrowser } from '../support/chromium.ts'
import { startSystem, type System } from '../support/system.ts'
import { fill, openConsole, rows } from './desk.ts'

let browser: Browser
let system: System

beforeAll(async () => {
  ;[browser, system] = await Promise.all([launchBrowser(), startSystem('Spoken')])
  const items = Array.from({ length: 30 }, (_, at) => ({ message: at % 3 ? `item ${at}` : `item ${at} parrot` }))
  await fill(system, items)
})
afterAll(() => browser.close())

/** Writes down what live regions say, as a screen reader would: the whole region, whenever its words change. */
async function listen(page: Page): Promise<void> {
  await page.evaluate(() => {
    const log: string[] = []
    Object.assign(globalThis, { heard: log })
    const region = '[role="status"], [role="alert"], [aria-live="polite"]'
    const words = new Map<Element, string>()
    const wordsOf = (one: Element) => (one.textContent ?? '').replaceAll(/\s+/g, ' ').trim()
    for (const one of document.querySelectorAll(region)) words.set(one, wordsOf(one))
    new MutationObserver(() => {
      for (const one of document.querySelectorAll(region)) {
        const text = wordsOf(one)
        // What is polite and appears with its words is said by few screen readers: it counts as silence here.
        const isHeard = words.has(one) || one.role === 'alert'
        if (text !== '' && isHeard && text !== words.get(one)) log.push(text)
        words.set(one, text)
      }
    }).observe(document.body, { subtree: true, childList: true, characterData: true })
  })
}

/** What was said since the last time. */
const heard = (page: Page) => page.evaluate(() => (globalThis as unknown as { heard: string[] }).heard.splice(0))
const untilHeard = async (page: Page, wanted: RegExp): Promise<string[]> => {
  const all: string[] = []
  await expect.poll(async () => all.push(...(await heard(page))) && all.join('\n'), { timeout: 15_000 }).toMatch(wanted)
  return all
}

describe('who hears the page', () => {
  it('is told once how much a search, a filter and another view list', async () => {
    const page = await openConsole(browser, system)
    await listen(page)
    await page.getByRole('searchbox', { name: 'Search feedback' }).fill('parrot')
    expect(await untilHeard(page, /10 items/)).toEqual(['Search: 10 items'])
    await page.getByRole('searchbox', { name: 'Search feedback' }).fill('"parrot item"')
    expect(await untilHeard(page, /no items/)).toEqual(['Search: no items'])
    await page.getByRole('button', { name: 'Clear search' }).click()
    expect(await untilHeard(page, /30 items/)).toEqual(['All feedback: 30 items'])
    await page.getByRole('link', { name: 'Surveys' }).click()
    expect(await untilHeard(page, /Surveys/)).toEqual(['Surveys'])
    await page.context().close()
  })

  it('is told of items that came in, together, and of what was done and undone', async () => {
    const page = await openConsole(browser, system)
    await listen(page)
    await fill(
      system,
      Array.from({ length: 3 }, (_, at) => ({ message: `new ${at}`, kind: 'idea' })),
    )
    // As a reader who comes back to the tab.
    await page.evaluate(() => document.dispatchEvent(new Event('visibilitychange')))
    expect(await untilHeard(page, /came in/)).toEqual(['3 new items came in'])
    await page.evaluate(() => document.dispatchEvent(new Event('visibilitychange')))
    await page.keyboard.press('j')
    // The row has the focus, and its words are read with it.
    await expect
      .poll(() => page.evaluate(() => document.activeElement?.closest('.row')?.textContent))
      .toContain('item 0 parrot')
    await page.keyboard.press('x')
    expect(await untilHeard(page, /selected/)).toEqual(['1 item selected'])
    await page.keyboard.press('e')
    const done = await untilHeard(page, /Marked it as done/)
    expect(done.filter((one) => one.includes('Marked'))).toHaveLength(1)
    await page.keyboard.press('u')
    const undone = await untilHeard(page, /Undone/)
    expect(undone.filter((one) => one.startsWith('Undone'))).toHaveLength(1)
    await page.context().close()
  })

  it('is led to the first field that is wrong, which says why', async () => {
    const page = await openConsole(browser, system, '/console/setup/keys')
    await page.getByRole('button', { name: 'New secret key' }).click()
    await page.getByRole('button', { name: 'Make key' }).click()
    const focused = () =>
      page.evaluate(() => {
        const field = document.activeElement
        const ids = field?.getAttribute('aria-describedby')?.split(' ') ?? []
        return {
          invalid: field?.getAttribute('aria-invalid'),
          why: ids.map((id) => document.getElementById(id)?.textContent).join(' '),
        }
      })
    await expect.poll(focused).toEqual({ invalid: 'true', why: expect.stringContaining('Say where it is used, so') })
    await page.getByRole('textbox', { name: 'Name' }).fill('Spoken')
    await page.getByRole('checkbox', { name: /^Read feedback/ }).uncheck()
    await page.getByRole('button', { name: 'Make key' }).click()
    await expect.poll(focused).toEqual({ invalid: 'true', why: 'Choose one at least.' })
    await page.keyboard.press('Escape')
    await page.goto(`${system.origin}/console/setup/webhooks`)
    await page.getByRole('button', { name: 'New webhook' }).click()
    await page.getByRole('button', { name: 'Make webhook' }).click()
    await expect.poll(focused).toEqual({ invalid: 'true', why: expect.stringContaining('Say what it is for') })
    await page.context().close()
  })

  it('hears that the connection went and came back, how an export ended, and of being signed out', async () => {
    const page = await openConsole(browser, system)
    await listen(page)
    await page.context().setOffline(true)
    expect(await untilHeard(page, /No connection/)).toEqual([expect.stringContaining('No connection')])
    await page.context().setOffline(false)
    expect((await untilHeard(page, /is back/)).filter((one) => one.includes('is back'))).toHaveLength(1)
    await rows(page).first().waitFor()

    // A dialog of the operating system would be in the way.
    await page.evaluate(() => Reflect.deleteProperty(window, 'showSaveFilePicker'))
    await page.keyboard.press('Shift+E')
    await page.getByRole('button', { name: /^Export \d/ }).click()
    const ended = (await untilHeard(page, /whole/)).filter((one) => one.includes('whole'))
    expect(ended).toEqual([expect.stringMatching(/^33 rows, whole\. earshot-.*\.csv, [\d.,]+ kB\.$/)])
    await page.getByRole('button', { name: 'Close' }).last().click()

    // Not by its button: this session is other tests' too.
    await page.route('**/v1/session', (route) => route.fulfill({ status: 204 }))
    await page.getByRole('button', { name: 'Sign out' }).click()
    await page.getByRole('heading', { name: 'You are signed out' }).waitFor()
    await expect.poll(() => page.evaluate(() => document.activeElement?.textContent)).toBe('You are signed out')
    expect(await page.title()).toBe('Signed out · Earshot')
    await page.context().close()
  })

  it('stays within the palette as Tab goes round', async () => {
    const page = await openConsole(browser, system)
    await page.keyboard.press('Control+k')
    const inside = () => page.evaluate(() => document.activeElement?.closest('dialog') !== null)
    await expect.poll(inside).toBe(true)
    for (const key of ['Tab', 'Tab', 'Shift+Tab', 'Shift+Tab', 'Tab']) {
      await page.keyboard.press(key)
      expect(await page.evaluate(() => document.hasFocus())).toBe(true)
      expect(await inside()).toBe(true)
    }
    await page.keyboard.type('Numbers')
    await page.keyboard.press('Enter')
    await page.getByRole('heading', { name: 'Scores' }).waitFor()
    await page.context().close()
  })
})
