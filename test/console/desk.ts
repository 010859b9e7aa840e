import type { Browser, BrowserContext, BrowserContextOptions, Page } from 'playwright-core'
import { afterEach, expect } from 'vitest'
import type { Feedback } from '../../sdk/wire/index.ts'
import { newId, type System } from '../support/system.ts'

type StorageState = Awaited<ReturnType<BrowserContext['storageState']>>

const wide = { width: 1440, height: 900 }

const sessions = new WeakMap<System, Promise<StorageState>>()

/** What browsers complained of since the last test; see `watch`. */
const complaints: string[] = []

afterEach(() => expect(complaints.splice(0), 'what the browser complained of').toEqual([]))

/** What browsers complained of so far; for a test that provokes it, which then passes. */
export const takeComplaints = (): string[] => complaints.splice(0)

/**
 * Has the test fail in which a page of this context breaks the policy (scripts, styles, Trusted Types, frames of its
 * own too) or throws what nobody catches. A context with `bypassCSP` has no policy to break.
 */
export function watch(context: BrowserContext): void {
  context.on('weberror', (thrown) => complaints.push(`${thrown.page()?.url()}: ${thrown.error().stack}`))
  context.on('console', (message) => {
    if (/content security policy|trusted(?: ?types?|html|script)/i.test(message.text())) complaints.push(message.text())
  })
}

/** Opens the console, signed in. */
export async function openConsole(
  browser: Browser,
  system: System,
  path = '/console/inbox',
  options: BrowserContextOptions = {},
): Promise<Page> {
  const session = sessions.get(system) ?? signIn(browser, system)
  sessions.set(system, session)
  const storageState = await session
  const place = { viewport: wide, locale: 'en-GB', timezoneId: 'Europe/Berlin', reducedMotion: 'reduce' } as const
  const context = await browser.newContext({ ...place, storageState, ...options })
  watch(context)
  const page = await context.newPage()
  await page.goto(system.origin + path)
  await page.locator('.list[aria-busy="false"], .place-body').first().waitFor({ state: 'attached' })
  return page
}

/** Takes a fresh link and its one button, as a person would. */
async function signIn(browser: Browser, system: System): Promise<StorageState> {
  const context = await browser.newContext()
  watch(context)
  const page = await context.newPage()
  const made = await system.call('/v1/sign-in-links', { method: 'POST' })
  const { url } = (await made.json()) as { url: string }
  await page.goto(url)
  await page.getByRole('button', { name: 'Sign in' }).click()
  await page.waitForURL(/\/console\/inbox/)
  const state = await context.storageState()
  await context.close()
  return state
}

/** Imports items, each a minute older than the one before, so that the first stands at the top; answers with their ids. */
export async function fill(system: System, items: Partial<Feedback>[]): Promise<string[]> {
  const ids = items.map(() => newId())
  const now = Date.now()
  for (let start = 0; start < items.length; start += 500) {
    const lines = items.slice(start, start + 500).map((item, index) => {
      const at = new Date(now - (start + index) * 60_000).toISOString()
      return { id: ids[start + index], kind: 'bug', source: 'widget', createdAt: at, ...item }
    })
    const results = await system.importLines(lines)
    const refused = results.find(({ result }) => result !== 'stored')
    if (refused) throw new Error(`Line ${refused.line} was not taken: ${refused.reason}`)
  }
  await system.runSchedule()
  return ids
}

export function rows(page: Page) {
  return page.getByRole('list', { name: 'Feedback' }).getByRole('listitem')
}

/** The words of the rows that are drawn, from the top. */
export async function listed(page: Page): Promise<string[]> {
  return page
    .locator('.rows-all .row')
    .evaluateAll((drawn) =>
      drawn
        .toSorted((one, other) => Number(one.ariaPosInSet) - Number(other.ariaPosInSet))
        .map((row) => row.querySelector('.row-words')?.textContent ?? ''),
    )
}

export function pane(page: Page) {
  return page.getByRole('region', { name: 'Reading pane' })
}

export function statusOf(page: Page) {
  return pane(page).locator('.status-button')
}

/** Presses keys that mean something together, such as `g i`, at once: a pause of a second between them ends it. */
export async function pressTogether(page: Page, ...keys: string[]): Promise<void> {
  await Promise.all(keys.map((key) => page.keyboard.press(key)))
}

/** What is said at the foot of the screen. */
export function said(page: Page) {
  return page.locator('.notice-text')
}
