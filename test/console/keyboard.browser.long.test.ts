import type { Browser, Page } from 'playwright-core'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { launchBrowser } from '../support/chromium.ts'
import { startSystem, type System } from '../support/system.ts'
import { fill, listed, openConsole, rows } from './desk.ts'

let browser: Browser
let system: System
let page: Page

const stopsMax = 200

beforeAll(async () => {
  ;[browser, system] = await Promise.all([launchBrowser(), startSystem('Keys alone')])
  const person = { id: 'u_1', name: 'Mara', verified: false, account: { id: 'acc_1', name: 'Pots' } }
  await fill(
    system,
    Array.from({ length: 120 }, (_, index) => ({ message: `item ${index}`, person, labels: ['print', 'late'] })),
  )
})
afterAll(() => browser.close())
beforeEach(async () => {
  page = await openConsole(browser, system)
  page.setDefaultTimeout(20_000)
})
afterEach(() => page.context().close())

/** What has the focus, in the words that it is read out with. */
const focused = () =>
  page.evaluate(() => {
    const element = document.activeElement
    if (!(element instanceof HTMLElement) || element === document.body) return null
    const isField = element instanceof HTMLInputElement || element instanceof HTMLSelectElement
    const label = isField ? element.labels?.[0]?.textContent : null
    return element.ariaLabel ?? label ?? element.textContent.trim()
  })

/** Walks the page with Tab: what is reached, in which order, and what cannot be reached or not be seen. */
async function walk(): Promise<{ stops: number; isInOrder: boolean; missed: string[]; unseen: string[] }> {
  await page.evaluate(() => (document.activeElement as HTMLElement | null)?.blur())
  const reached = await page.evaluateHandle(() => new Set<Element>())
  const unseen: string[] = []
  for (let stops = 0; stops < stopsMax; stops += 1) {
    await page.keyboard.press('Tab')
    const at = await page.evaluate((reached) => {
      const outer = document.activeElement
      if (!outer || outer === document.body) return null
      // The preview of the widget is a page of its own in this one.
      const element = outer.shadowRoot?.activeElement ?? outer
      const isNew = !reached.has(outer)
      reached.add(outer)
      const near = [element, element.parentElement, element.parentElement?.parentElement, element.nextElementSibling]
      const isRinged = near.some((one) => one && getComputedStyle(one).outlineStyle !== 'none')
      const { top, bottom } = element.getBoundingClientRect()
      return { isNew, isSeen: isRinged && bottom > 0 && top < innerHeight, html: element.outerHTML.slice(0, 120) }
    }, reached)
    if (at === null) break
    if (at.isNew && !at.isSeen) unseen.push(at.html)
  }
  return page.evaluate(
    ([reached, unseen]) => {
      const all = [...reached]
      const isInOrder = all.every((one, index) => {
        const before = all[index - 1]
        return !before || (before.compareDocumentPosition(one) & Node.DOCUMENT_POSITION_FOLLOWING) !== 0
      })
      const controls = [...document.querySelectorAll<HTMLElement>('a[href], button, input, select, textarea, summary')]
      const missed = controls.filter(
        (one) =>
          !reached.has(one) &&
          one.checkVisibility() &&
          !one.matches(':disabled, [type=radio], [inert] *, .row *') &&
          one.tabIndex >= 0,
      )
      return { stops: all.length, isInOrder, missed: missed.map((one) => one.outerHTML.slice(0, 120)), unseen }
    },
    [reached, unseen] as const,
  )
}

describe('the Tab key', () => {
  it.each([
    ['the inbox', '/console/inbox', 'Search feedback'],
    ['the numbers', '/console/numbers', 'Split by'],
    ['a new survey', '/console/surveys?new', null],
    ['the guide', '/console/setup/start', 'Open it'],
    ['the widget’s settings', '/console/setup/widget', 'Add a kind'],
    ['the project', '/console/setup/project', 'Name of a new status'],
    ['the keys', '/console/setup/keys', 'New secret key'],
    ['the import', '/console/import', null],
    ['a person', '/console/people/external:u_1', null],
    ['an account', '/console/accounts/acc_1', 'People'],
  ])('reaches every control of %s in its order, each with a ring, and comes out again', async (_, path, control) => {
    await page.goto(system.origin + path)
    await page.locator('[aria-busy="true"]').first().waitFor({ state: 'detached' })
    // What comes last of what is asked for: nothing may be added behind somebody's back.
    if (control)
      await page
        .getByLabel(control)
        .or(page.getByRole('button', { name: control }))
        .or(page.getByRole('link', { name: control }))
        .first()
        .waitFor()
    const { stops, ...walked } = await walk()
    expect(walked).toEqual({ isInOrder: true, missed: [], unseen: [] })
    expect(stops).toBeGreaterThan(14)
    expect(stops).toBeLessThan(stopsMax)
  })

  it('stops at a long list once and goes on to what is open', async () => {
    await rows(page).nth(3).getByRole('link').press('Enter')
    await page.getByRole('region', { name: 'Item' }).waitFor()
    await rows(page).nth(3).getByRole('link').focus()
    for (let key = 0; key < 12; key += 1) {
      await page.keyboard.press('Tab')
      if ((await focused()) === 'Item') break
      expect(await page.evaluate(() => document.activeElement?.closest('.row'))).toBeNull()
    }
    expect(await page.evaluate(() => document.activeElement?.className)).toBe('pane-scroll')
  })
})

describe('a menu', () => {
  const menus = () => page.getByRole('dialog')

  it('is left by Tab at either end, and the keys go on from where they were', async () => {
    const button = page.getByRole('button', { name: 'Go to a date' })
    await button.press('Enter')
    await page.getByRole('combobox', { name: 'Go to a date' }).waitFor()
    await page.keyboard.press('Shift+Tab')
    await menus().waitFor({ state: 'detached' })
    expect(await focused()).toBe('Go to a date')
    await page.keyboard.press('Enter')
    await page.getByLabel(/^Day in/).fill('2026-01-02')
    await page.getByRole('button', { name: 'Go there' }).focus()
    await page.keyboard.press('Tab')
    await menus().waitFor({ state: 'detached' })
    expect(await focused()).toBe('Group the list')
  })

  it.each(['Shift+Tab', 'Escape'])('left by %s opens again at the very next key', async (way) => {
    await page.getByRole('button', { name: 'Go to a date' }).press('Enter')
    const field = page.getByRole('combobox', { name: 'Go to a date' })
    for (let time = 0; time < 10; time += 1) {
      await field.waitFor()
      await page.keyboard.press(way)
      await page.keyboard.press('Enter')
      await field.waitFor()
      expect(await focused()).toBe('Go to a date')
    }
    await page.keyboard.press('Escape')
    await menus().waitFor({ state: 'detached' })
    expect(await focused()).toBe('Go to a date')
    expect(await field.count()).toBe(0)
  })

  it('gives the focus back at Escape, from any of its fields', async () => {
    await page.getByRole('button', { name: 'Filter', exact: true }).press('Enter')
    await page.keyboard.type('rating')
    await page.keyboard.press('Enter')
    await page.getByRole('combobox', { name: 'Rating is' }).waitFor()
    await page.keyboard.press('Tab')
    expect(await focused()).toContain('Or a range of')
    await page.keyboard.press('Escape')
    await menus().waitFor({ state: 'detached' })
    expect(await focused()).toBe('Filter')
  })
})

describe('a search', () => {
  it('is left with Enter, and the keys go through what it found', async () => {
    await page.keyboard.press('/')
    await page.keyboard.type('"item 7"')
    await page.keyboard.press('Enter')
    await expect.poll(() => listed(page)).toEqual(['item 7'])
    await page.keyboard.press('j')
    await page.getByRole('region', { name: 'Reading pane' }).getByText('item 7', { exact: true }).waitFor()
    expect(await page.getByRole('searchbox').inputValue()).toBe('"item 7"')
    expect(new URL(page.url()).searchParams.get('q')).toBe('"item 7"')
  })
})

describe('when what had the focus goes away', () => {
  it('its neighbour has it: a filter, then the button that adds one', async () => {
    await page.goto(`${system.origin}/console/inbox?kind=bug&label=late`)
    await page.getByRole('button', { name: 'Remove the filter Kind is Bug' }).press('Enter')
    await expect.poll(focused).toBe('is')
    await page.getByRole('button', { name: 'Remove the filter Label is late' }).press('Enter')
    await expect.poll(focused).toBe('Filter')
  })

  it('the next line has it once a status is removed, and the part where none is left', async () => {
    await page.goto(`${system.origin}/console/setup/project`)
    // What was counted before it was made knows nothing of it, so that it is asked about.
    await page.getByRole('list', { name: 'Statuses' }).getByText('120 items').waitFor()
    await page.getByLabel('Name of a new status').fill('Zeta')
    await page.keyboard.press('Enter')
    await page.getByRole('button', { name: 'Remove Zeta' }).press('Enter')
    await page.getByRole('dialog').getByRole('button', { name: 'Move and remove' }).press('Enter')
    await page.getByRole('button', { name: 'Remove Zeta' }).waitFor({ state: 'detached' })
    await expect.poll(focused).toMatch(/^Name of|^Move|^Remove/)
  })

  it('a field that was left with Escape does not have it back from a window, and takes no keys', async () => {
    await page.keyboard.press('j')
    for (const [key, name] of [
      ['n', 'Note for the team'],
      ['/', 'Search feedback'],
    ] as const) {
      await page.keyboard.press(key)
      await page
        .getByRole(key === 'n' ? 'textbox' : 'searchbox', { name })
        .and(page.locator(':focus'))
        .waitFor()
      await page.keyboard.press('Escape')
      await page.keyboard.press('?')
      await page.getByRole('dialog', { name: 'Keyboard shortcuts' }).waitFor()
      await page.keyboard.press('Escape')
      await page.getByRole('dialog').waitFor({ state: 'detached' })
      // What puts the focus back does so a task later.
      await page.evaluate(() => new Promise((resolve) => setTimeout(resolve)))
      expect(await focused()).not.toBe(name)
    }
  })

  it('what opened a window has it back, and a field that takes its place at once', async () => {
    await page.goto(`${system.origin}/console/surveys?new`)
    await page.getByRole('button', { name: /^One open question/ }).press('Enter')
    await page.getByRole('button', { name: 'Add a question' }).press('Enter')
    await expect.poll(focused).toBe('Cancel')
    await page.keyboard.press('Enter')
    await expect.poll(focused).toBe('Add a question')
    await page.getByRole('button', { name: 'Discard' }).press('Enter')
    await expect.poll(() => page.evaluate(() => document.activeElement !== document.body)).toBe(true)
  })
})
