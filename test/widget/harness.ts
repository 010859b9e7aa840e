import { afterAll, afterEach, beforeAll, beforeEach, expect } from 'vitest'
import type { Browser, BrowserContext, BrowserContextOptions, Page } from 'playwright-core'
import { record } from '../faults/record.ts'
import { launchBrowser } from '../support/chromium.ts'
import { startSite, tag } from '../support/site.ts'
import type { Site } from '../support/site.ts'

export type { EarshotGlobal } from '../../widget/auto.ts'

/** A site and a fresh page for each test; a page error fails the test, since the widget throws nothing into a page. */
export interface Harness {
  site: Site
  context: BrowserContext
  page: Page
  /** Opens another context, such as a phone. Nothing moves in it: a click need not wait for an animation. */
  renew(options: BrowserContextOptions): Promise<void>
  /** Serves this body with the widget's tag and goes there. */
  visit(body?: string, attributes?: string): Promise<void>
  open(): Promise<void>
  write(message: string): Promise<void>
  submit(): Promise<void>
  /** Waits until the page has run a part that is loaded beside what asks for it, such as `outcome`. */
  arrived(part: string): Promise<void>
}

export const phone: BrowserContextOptions = {
  viewport: { width: 360, height: 740 },
  isMobile: true,
  hasTouch: true,
  deviceScaleFactor: 2,
}

/** Waits until a page of the site has run a part of the widget that is loaded beside what asks for it. */
export async function arrived(page: Page, { requests, collector }: Site, part: string): Promise<void> {
  const find = () => requests.find((request) => request.startsWith(`GET /chunks/${part}.`))
  await expect.poll(find).toBeDefined()
  // As text: the test runner would rewrite an import. Whoever asked before is told before.
  await page.evaluate(`import('${collector}${find()?.slice('GET '.length)}').then(() => true)`)
}

/** @param mayFail errors that a test makes the page throw itself */
export function useHarness({ mayFail }: { mayFail?: RegExp } = {}): Harness {
  let browser: Browser
  let errors: Error[] = []
  const harness = {
    async renew(options: BrowserContextOptions) {
      await harness.context?.close()
      harness.context = await browser.newContext({ reducedMotion: 'reduce', ...options })
      harness.page = await harness.context.newPage()
      harness.page.on('pageerror', (error) => mayFail?.test(String(error)) || errors.push(error))
      harness.page.setDefaultTimeout(20_000)
    },
    async visit(body = '<main><h1>Orders</h1></main>', attributes = '') {
      harness.site.serve(body + tag(harness.site, attributes))
      await harness.page.goto(harness.site.page)
      await harness.page.waitForFunction(() => 'open' in (window.earshot ?? {}))
    },
    async open() {
      await harness.page.locator('.launcher').click()
      await harness.page.locator('dialog[open]').waitFor()
    },
    write: (message: string) => harness.page.locator('textarea').fill(message),
    submit: () => harness.page.locator('[type=submit]').click(),
    arrived: (part: string) => arrived(harness.page, harness.site, part),
  } as Harness

  beforeAll(async () => {
    ;[browser, harness.site] = await Promise.all([launchBrowser(), startSite()])
  })
  beforeEach(async () => {
    await harness.renew({ viewport: { width: 1280, height: 800 } })
    // Only now: the page of the test before may have said something until it was closed.
    errors = []
    harness.site.reset()
  })
  afterEach(() => {
    const taken = new Set(harness.site.acknowledged).size
    record({ acknowledged: taken, stored: taken })
    if (errors.length > 0) throw new Error(`The page got an error: ${String(errors[0]?.stack)}`)
  })
  afterAll(async () => {
    await browser.close()
    await harness.site.close()
  })
  return harness
}
