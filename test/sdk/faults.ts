import { join } from 'node:path'
import { build } from 'esbuild'
import type { Browser, BrowserContext, Page } from 'playwright-core'
import { afterAll, afterEach, beforeAll, beforeEach, expect, vi } from 'vitest'
import type { Earshot, EarshotEvents, Sent, createEarshot } from '../../sdk/index.ts'
import type { Feedback as Item, Submission } from '../../sdk/wire/index.ts'
import { holds } from '../faults/record.ts'
import { launchBrowser } from '../support/chromium.ts'
import { serve, startRelay } from '../support/relay.ts'
import type { Relay, Served } from '../support/relay.ts'
import { startSystem } from '../support/system.ts'
import type { System } from '../support/system.ts'

declare global {
  interface Window {
    client: Earshot
    make: typeof createEarshot
    note: (heard: [name: string, detail: { id: string; reason?: string }][]) => void
  }
}

/** One fault: a real collector behind a relay, and pages with the headless client; what they heard is kept here. */
export interface Fault {
  system: System
  relay: Relay
  context: BrowserContext
  /** Submissions that reached the relay, repeats included. */
  posts: Submission[]
  /** Opens a tab with a client. */
  open: (options?: { at?: string }) => Promise<Page>
  /** Makes the client of a page that was loaded again. */
  start: (page: Page) => Promise<void>
  /** Sends; the id counts as said. Gives how it went at the first attempt. */
  send: (page: Page, feedback: { message: string }) => Promise<Sent>
  /** Counts ids as said that the page sent by itself. */
  said: (...ids: string[]) => void
  /** Counts an id as not said: what kept it was taken from the page, with the words and the count. */
  unsaid: (id: string) => void
  /** How many were given up, by reason, as the pages were told. */
  dropped: () => Record<string, number>
  /** The item as the collector has it. */
  find: (id: string) => Promise<Item | undefined>
  /**
   * What must hold after any fault: all is well again, nothing waits, and of what was said everything is stored once or
   * counted as dropped; what was acknowledged is stored; all drops were told to the collector, none twice.
   */
  hold: (page: Page) => Promise<void>
}

// A browser on a busy machine; nothing here waits for time to pass.
vi.setConfig({ testTimeout: 60_000, hookTimeout: 120_000 })

const count = (reasons: string[]) => {
  const counts: Record<string, number> = {}
  for (const reason of reasons) counts[reason] = (counts[reason] ?? 0) + 1
  return counts
}

/** Rounds in which nothing gets on before an outbox counts as stuck, and how far apart they are, in ms. */
const stillMax = 200
const stillMs = 100

/**
 * Sends all that waits. A hundred submissions go one after the other, each a request and two writes to the disk, which
 * takes a slow machine most of a minute; so what is bounded is not how long it takes but how long nothing comes of it.
 *
 * @returns how many wait for good
 */
async function drain(page: Page): Promise<number> {
  let left = Number.POSITIVE_INFINITY
  for (let still = 0; left > 0 && still < stillMax; still++) {
    const now = await page.evaluate(() => window.client.flush())
    if (now < left) still = 0
    else await new Promise((resolve) => setTimeout(resolve, stillMs))
    left = now
  }
  return left
}

/** Sets one up for each test. */
export function useFault(): Fault {
  let browser: Browser
  let shop: Served
  let script: string
  let acknowledged: string[]
  let givenUp: { id: string; reason: string }[]
  let ids: Set<string>
  const fault = {
    said: (...more) => {
      for (const id of more) ids.add(id)
    },
    unsaid: (id) => void ids.delete(id),
    dropped: () => count(givenUp.map(({ reason }) => reason)),
    async open({ at = '/' } = {}) {
      const page = await fault.context.newPage()
      await page.goto(shop.origin + at)
      await fault.start(page)
      return page
    },
    async start(page) {
      await page.waitForFunction(() => 'make' in window)
      await page.evaluate(
        ([key, endpoint]) => {
          const client = (window.client = window.make({ key, endpoint }))
          let heard: Parameters<Window['note']>[0] = []
          const tell = (name: string) => (detail: EarshotEvents['dropped'] | EarshotEvents['sent']) => {
            // Thousands at once are told in one go.
            if (heard.push([name, detail]) === 1) setTimeout(() => window.note(heard.splice(0)))
          }
          client.on('sent', tell('sent'))
          client.on('dropped', tell('dropped'))
        },
        [fault.system.publishableKey, fault.relay.origin] as const,
      )
    },
    async send(page, feedback) {
      const sent = await page.evaluate((what) => window.client.send(what), feedback)
      ids.add(sent.id)
      return sent
    },
    async find(id) {
      const response = await fault.system.call(`/v1/feedback/${id}`)
      return response.ok ? ((await response.json()) as Item) : undefined
    },
    async hold(page) {
      fault.relay.down = false
      fault.relay.meddle = undefined
      expect(await drain(page)).toBe(0)
      const last = await fault.send(page, { message: 'The last word' })
      expect(last.state).toBe('stored')
      await expect.poll(() => acknowledged).toContain(last.id)
      const listed = await fault.system.list('?limit=200&spam=with')
      const rows = listed.items.map(({ id }) => id)
      const lost = givenUp.map(({ id }) => id)
      expect([...rows, ...lost].toSorted()).toEqual([...ids].toSorted())
      const told: Record<string, number> = {}
      for (const { dropped = {} } of await Promise.all(rows.map(async (id) => (await fault.find(id)) ?? ({} as Item))))
        for (const [reason, n] of Object.entries(dropped)) told[reason] = (told[reason] ?? 0) + n
      expect(told).toEqual(fault.dropped())
      const counted = Object.values(told).reduce((sum, n) => sum + n, 0)
      holds({ acknowledged, rows, dropped: lost, counted })
      // The database goes after the last word is stored.
      await expect.poll(() => page.evaluate(async () => (await indexedDB.databases()).length).catch(() => 0)).toBe(0)
    },
  } as Fault

  beforeAll(async () => {
    const bundled = await build({
      stdin: {
        contents: "import { createEarshot } from './sdk/index.ts'; window.make = createEarshot",
        resolveDir: join(import.meta.dirname, '../..'),
      },
      bundle: true,
      format: 'esm',
      write: false,
    })
    script = bundled.outputFiles[0]?.text ?? ''
    browser = await launchBrowser()
    shop = await serve((request, response) => {
      const isScript = request.url === '/client.js'
      response.writeHead(200, { 'content-type': isScript ? 'text/javascript' : 'text/html' })
      response.end(
        isScript ? script : '<!doctype html><title>A shop</title><script type=module src=/client.js></script>',
      )
    })
  })
  beforeEach(async () => {
    acknowledged = []
    givenUp = []
    ids = new Set()
    fault.posts = []
    fault.system = await startSystem('Faults')
    fault.relay = await startRelay(fault.system.origin)
    fault.context = await browser.newContext()
    await fault.context.exposeFunction('note', (heard: Parameters<Window['note']>[0]) => {
      for (const [name, { id, reason = '' }] of heard)
        if (name === 'sent') acknowledged.push(id)
        else givenUp.push({ id, reason })
    })
    fault.context.on('request', (request) => {
      if (request.method() === 'POST') fault.posts.push(request.postDataJSON() as Submission)
    })
  })
  afterEach(async () => {
    await fault.context.close()
    await fault.relay.close()
  })
  afterAll(async () => {
    await Promise.all([browser?.close(), shop?.close()])
  })
  return fault
}
