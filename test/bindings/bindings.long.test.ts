import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import type { Browser, BrowserContext, Page } from 'playwright-core'
import type { Example } from '../../examples/server.mjs'
import { serveFolder } from '../../examples/server.mjs'
import type { Sent } from '../../sdk/index.ts'
import type { Widget } from '../../widget/index.ts'
import { launchBrowser } from '../support/chromium.ts'
import { startSystem } from '../support/system.ts'
import type { System } from '../support/system.ts'
import { makeProject } from './project.ts'
import type { Framework, Project } from './project.ts'

/** What a page and its test share. */
interface Shared {
  earshot: Widget
  /** What the first view sent the moment it was mounted, long before the widget's code is there. */
  first: Promise<Sent>
  /** How many widgets were put into the page so far. */
  mounts: number
  onView: (earshot: Widget) => void
  change: (part: object) => void
}

let system: System
let browser: Browser
let project: Project
let context: BrowserContext
let page: Page
let site: Example
const built: Partial<Record<Framework, Promise<string>>> = {}
let said: string[]

beforeAll(async () => {
  ;[system, browser, project] = await Promise.all([startSystem('Bindings'), launchBrowser(), makeProject()])
}, 60_000)
afterEach(async () => {
  await context.close()
  await site.close()
})
afterAll(async () => {
  await browser.close()
  await project.remove()
})

/** Opens a framework's page, with what its console complains of written down. */
async function visit(framework: Framework, prepare?: () => Promise<unknown>): Promise<string> {
  const folder = await (built[framework] ??= project.build(framework))
  const policy = `default-src 'none'; script-src 'self'; style-src 'self'; connect-src ${system.origin}; base-uri 'none'`
  const { origin: endpoint, publishableKey: key } = system
  site = await serveFolder({ folder, endpoint, key, port: 0, headers: { 'content-security-policy': policy } })
  context = await browser.newContext()
  page = await context.newPage()
  page.setDefaultTimeout(20_000)
  said = []
  page.on('pageerror', (error) => said.push(String(error)))
  page.on('console', (line) => /error|warning/.test(line.type()) && said.push(line.text()))
  await page.addInitScript(() => {
    const shared = globalThis as unknown as Shared
    shared.mounts = 0
    shared.onView = (earshot) => {
      shared.earshot = earshot
      shared.first ??= earshot.send({ message: 'Before the chunk' })
    }
    new MutationObserver((records) => {
      for (const node of records.flatMap(({ addedNodes }) => [...addedNodes])) {
        if (node.nodeName === 'EARSHOT-WIDGET') shared.mounts++
      }
    }).observe(document, { childList: true, subtree: true })
  })
  await prepare?.()
  await page.goto(site.origin)
  return readFile(join(folder, 'index.html'), 'utf8')
}

const change = (part: object) => page.evaluate((part) => (globalThis as unknown as Shared).change(part), part)
const mounts = () => page.evaluate(() => (globalThis as unknown as Shared).mounts)

/** What came of what the first view sent. */
async function firstSent(): Promise<Sent> {
  await page.waitForFunction(() => 'first' in globalThis)
  return page.evaluate(() => (globalThis as unknown as Shared).first)
}

/** Sends with what the page says right now; answers with what the collector stored. */
async function sendNow(message: string) {
  const sent = await page.evaluate((message) => (globalThis as unknown as Shared).earshot.send({ message }), message)
  expect(sent.state).toBe('stored')
  return system.find(sent.id)
}

describe.each<Framework>(['react', 'vue', 'svelte'])('earshot/%s', (framework) => {
  it('renders on a server, hydrates without a word, mounts once, follows its props, and goes whole', async () => {
    const html = await visit(framework)
    expect(html).toMatch(/<h1[^>]*>(React|Vue|Svelte)<\/h1>/)
    expect(html).toContain('The view cart')
    expect(html).not.toContain('earshot-widget')

    // Sent before the widget's code was there; person, tags and context of the props go along.
    const first = await firstSent()
    expect(first.state).toBe('stored')
    expect(await system.find(first.id)).toMatchObject({
      message: 'Before the chunk',
      release: '3.1.4+2',
      person: { id: 'u_1', traits: { plan: 'pro' }, verified: false },
      tags: { view: 'cart', step: 1 },
      context: { cart: { items: 2 } },
    })
    await page.locator('earshot-widget .launcher').waitFor()

    // Equal props are not said again: what the page itself said since stands.
    await page.evaluate(() => {
      const { earshot } = globalThis as unknown as Shared
      earshot.tag('step', 'own')
      earshot.identify({ id: 'u_1', name: 'Ada' })
      earshot.crumb('of the first person')
    })
    await change({ cart: 2 })
    expect(await sendNow('Equal props')).toMatchObject({ tags: { step: 'own' }, person: { id: 'u_1', name: 'Ada' } })

    await change({ step: undefined, cart: 3 })
    const changed = await sendNow('Changed props')
    expect(changed).toMatchObject({ tags: { view: 'cart' }, context: { cart: { items: 3 } } })
    expect(changed.tags).not.toHaveProperty('step')
    // The `beforeSend` of the latest render, which the hook beside it, without one, took nothing from.
    expect(changed.release).toBe('3.1.4+3')

    // Another person finds nothing of the one before; what the page is about still holds.
    await change({ person: { id: 'u_2' } })
    await expect.poll(async () => (await sendNow('Somebody else')).person?.id).toBe('u_2')
    const other = await sendNow('Somebody else')
    expect(other).toMatchObject({ tags: { view: 'cart' }, context: { cart: { items: 3 } } })
    expect(other.person?.name).toBeUndefined()
    expect(other.crumbs ?? []).toEqual([])
    await change({ person: null })
    await expect.poll(async () => (await sendNow('Nobody')).person?.id).toBeUndefined()

    // From view to view it stays the same widget; the tags of the one that left are gone.
    await change({ view: 'checkout', cart: undefined })
    const moved = await sendNow('Another view')
    expect(moved.tags).toEqual({ view: 'checkout' })
    expect(moved.context ?? {}).toEqual({})
    expect(await mounts()).toBe(1)

    await change({ view: '' })
    await expect.poll(() => page.locator('earshot-widget').count()).toBe(0)
    await change({ view: 'cart', person: { id: 'u_3' } })
    await page.locator('earshot-widget .launcher').waitFor()
    expect(await sendNow('Back again')).toMatchObject({ tags: { view: 'cart' }, person: { id: 'u_3' } })
    expect(await mounts()).toBe(2)
    expect(said).toEqual([])
  })
})

describe('a binding', () => {
  it('goes while a view is kept aside, and is whole again with it', async () => {
    await visit('react')
    await page.locator('earshot-widget .launcher').waitFor()
    await change({ mode: 'hidden' })
    await expect.poll(() => page.locator('earshot-widget').count()).toBe(0)
    await change({ mode: 'visible' })
    await page.locator('earshot-widget .launcher').waitFor()
    expect(await sendNow('Shown again')).toMatchObject({ tags: { view: 'cart', step: 1 }, person: { id: 'u_1' } })
    expect(said).toEqual([])
  })

  it('does nothing at all where it is not enabled', async () => {
    await visit('react', () => page.addInitScript(() => Object.assign(globalThis, { settings: { enabled: false } })))
    expect((await firstSent()).state).toBe('cancelled')
    const flushed = await page.evaluate(() => {
      const { earshot } = globalThis as unknown as Shared
      earshot.on('ready', () => {})()
      return earshot.flush()
    })
    expect(flushed).toBe(0)
    expect(await mounts()).toBe(0)
    expect(said).toEqual([])
  })
})

describe('a binding whose widget does not load', () => {
  it('says so, throws nothing, keeps what was said, and tries again at its next use', async () => {
    const isWidget = /\/assets\/(?!app)/
    await visit('react', () => page.route(isWidget, (route) => route.abort()))
    const first = await firstSent()
    expect(first).toEqual({ id: '', state: 'cancelled' })
    const complaint = expect.stringContaining('earshot: the widget did not load; its next use tries again.') as string
    expect(said.filter((line) => !line.startsWith('Failed to load resource'))).toEqual([complaint])
    const left = await page.evaluate(() => {
      const { earshot } = globalThis as unknown as Shared
      const heard: string[] = []
      Object.assign(globalThis, { heard })
      earshot.on('ready', () => heard.push('left'))()
      earshot.on('ready', () => heard.push('stayed'))
      return earshot.flush()
    })
    expect(left).toBe(0)
    await page.unroute(isWidget)
    expect(await sendNow('After all')).toMatchObject({ tags: { view: 'cart', step: 1 }, person: { id: 'u_1' } })
    expect(await page.evaluate(() => (globalThis as unknown as { heard: string[] }).heard)).toEqual(['stayed'])
    expect(await mounts()).toBe(1)
  })

  it('sends what was said on the way out, and then goes', async () => {
    let free = () => {}
    const isFree = new Promise<void>((resolve) => (free = resolve))
    await visit('react', () => page.route('**/assets/**', (route) => isFree.then(() => route.continue())))
    await page.waitForFunction(() => 'change' in globalThis)
    await change({ view: '' })
    free()
    const first = await firstSent()
    expect(first.state).toBe('stored')
    await expect.poll(() => page.locator('earshot-widget').count()).toBe(0)
    expect(said).toEqual([])
  })
})
