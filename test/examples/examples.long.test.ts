import { readdirSync } from 'node:fs'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Browser, Page } from 'playwright-core'
import type { Example, ExampleOptions } from '../../examples/server.mjs'
import type { CreatedKey } from '../../sdk/wire/index.ts'
import { launchBrowser } from '../support/chromium.ts'
import { refuse, startSite, store } from '../support/site.ts'
import { startSystem } from '../support/system.ts'
import type { System } from '../support/system.ts'

const root = new URL('../../examples/', import.meta.url)
let system: System
let identitySecret: string
let browser: Browser
let page: Page
let errors: string[]

type Serve = (options: ExampleOptions) => Promise<Example>

beforeAll(async () => {
  ;[system, browser] = await Promise.all([startSystem('Examples'), launchBrowser()])
  const made = await system.call(`/v1/projects/${system.project}/keys`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ type: 'identity', name: 'Examples' }),
  })
  ;({ key: identitySecret } = (await made.json()) as CreatedKey)
}, 60_000)
afterAll(() => browser.close())

/** Serves an example against the collector under test, and looks at it in a browser. */
async function visit(name: string, work: () => Promise<void>): Promise<void> {
  const module = (await import(new URL(`${name}/serve.mjs`, root).href)) as { serve: Serve }
  const { origin: endpoint, publishableKey: key, project } = system
  const example = await module.serve({ endpoint, key, project, identitySecret, port: 0 })
  const context = await browser.newContext({ reducedMotion: 'reduce' })
  errors = []
  try {
    page = await context.newPage()
    page.setDefaultTimeout(20_000)
    page.on('pageerror', (error) => errors.push(String(error)))
    page.on('console', (message) => {
      if (/Content Security Policy|TrustedScript/i.test(message.text())) errors.push(message.text())
    })
    await page.goto(example.origin)
    await work()
    expect(errors).toEqual([])
  } finally {
    await context.close()
    await example.close()
  }
}

async function send(message: string): Promise<void> {
  await page.locator('earshot-widget textarea').fill(message)
  await page.locator('earshot-widget [type=submit]').click()
  await page.getByText('Thank you. It arrived and is stored.').waitFor()
}

const newest = async () => (await system.list()).items[0]

describe('the examples', () => {
  it('are all looked at here', () => {
    const names = readdirSync(root, { withFileTypes: true }).filter((entry) => entry.isDirectory())
    expect(names.map(({ name }) => name).sort()).toEqual([
      'demo',
      'node',
      'react',
      'script-tag',
      'shop',
      'single-page-app',
      'strict-csp',
      'svelte',
      'vue',
    ])
  })

  it('script-tag: says who speaks, and opens by an element of its own', async () => {
    await visit('script-tag', async () => {
      await page.getByRole('button', { name: 'This invoice is wrong' }).click()
      await send('The total is wrong')
      expect(await newest()).toMatchObject({
        kind: 'bug',
        message: 'The total is wrong',
        release: '1.4.2',
        tags: { plan: 'pro' },
        context: { invoice: { number: 'A-1042' } },
        person: { id: 'u_42', email: 'ada@example.com' },
      })
    })
  })

  it('strict-csp: works whole under its policy, without a violation', async () => {
    await visit('strict-csp', async () => {
      await page.locator('.launcher').click()
      await page.getByRole('heading', { name: 'Tell payroll' }).waitFor()
      await send('Strictly spoken')
      expect(await newest()).toMatchObject({
        message: 'Strictly spoken',
        tags: { area: 'payroll' },
        context: { run: { people: 12 } },
        person: { id: 'u_7' },
      })
    })
  })

  it('single-page-app: outlives its views, follows them, and forgets who signs out', async () => {
    await visit('single-page-app', async () => {
      await page.getByRole('link', { name: 'Settings' }).click()
      await page.getByRole('button', { name: 'Tell us' }).click()
      await send('From the second view')
      const item = await newest()
      expect(item).toMatchObject({ tags: { screen: 'settings' }, page: { title: 'Settings' }, person: { id: 'u_42' } })
      expect(item?.page?.url).toMatch(/\/settings$/)
      expect(item?.crumbs?.map(({ message }) => message)).toEqual(['opened Notes', 'opened Settings'])
      await page.getByRole('button', { name: 'Done' }).click()
      await page.getByRole('button', { name: 'Sign out' }).click()
      await page.getByRole('button', { name: 'Tell us' }).click()
      await send('From somebody else')
      expect((await newest())?.person?.id).toBeUndefined()
    })
  })

  it('shop: opens above its modal, by button and by shortcut', async () => {
    await visit('shop', async () => {
      await page.getByRole('button', { name: 'Buy' }).click()
      await page.getByLabel('Coupon').fill('SPRING')
      await page.getByLabel('Coupon').blur()
      await page.getByRole('button', { name: 'Something is wrong here' }).click()
      await send('The coupon should still work')
      expect(await newest()).toMatchObject({ kind: 'bug', tags: { screen: 'checkout' } })
      expect((await newest())?.crumbs?.[0]).toMatchObject({ message: 'coupon rejected', data: { code: 'SPRING' } })
      await page.getByRole('button', { name: 'Done' }).click()
      await page.keyboard.press('Alt+Shift+KeyF')
      await send('By the shortcut')
      expect((await newest())?.message).toBe('By the shortcut')
    })
  })

  const built = [
    {
      name: 'react',
      view: 'Garden',
      screen: 'garden',
      act: 'Water',
      crumb: 'watered Tomatoes',
      id: 'u_42',
      context: { garden: { beds: 3, left: 1 } },
    },
    {
      name: 'vue',
      view: 'Loans',
      screen: 'loans',
      act: 'Renew',
      crumb: 'renewed The Sea Around Us',
      id: 'u_7',
      context: { shelf: { books: 3, renewed: 1 } },
    },
    {
      name: 'svelte',
      view: 'Departures',
      screen: 'departures',
      act: 'Save',
      crumb: 'saved Vienna',
      id: 'u_19',
      context: { board: { trains: 3, saved: ['t_1'] } },
    },
  ]
  it.each(built)('$name: follows views and person, and sends with one tap', async ({ name, view, screen, ...rest }) => {
    await visit(name, async () => {
      await page.getByRole('link', { name: view }).click()
      await page.getByRole('button', { name: rest.act, exact: true }).first().click()
      await page.getByRole('button', { name: 'Not quite' }).click()
      await page.getByText('Thank you. It arrived.').waitFor()
      const tapped = await newest()
      expect(tapped).toMatchObject({
        kind: 'idea',
        release: '2.3.0',
        tags: { screen },
        person: { id: rest.id },
        context: rest.context,
      })
      expect(tapped?.crumbs?.map(({ message }) => message)).toEqual([rest.crumb])
      await page.getByRole('button', { name: 'Sign out' }).click()
      await page.getByRole('button', { name: 'Something is wrong here' }).click()
      await send('Said by nobody in particular')
      const item = await newest()
      expect(item).toMatchObject({ kind: 'bug', message: 'Said by nobody in particular', tags: { screen } })
      expect(item?.person?.id).toBeUndefined()
      expect(item?.crumbs ?? []).toEqual([])
    })
  })

  it('node: proves who is signed in, from the page and from the server, and delivers before it ends', async () => {
    await visit('node', async () => {
      const token = await page.request.get(new URL('/earshot-token', page.url()).href)
      expect(token.status()).toBe(401)
      await page.getByRole('button', { name: 'Send' }).click()
      await page.getByText('Please say in a few words').waitFor()
      await page.getByLabel('What is it about?').fill('Where is my invoice?')
      await page.getByLabel('Your e-mail').fill('grace@example.com')
      await page.getByRole('button', { name: 'Send' }).click()
      await page.getByText('It is stored').waitFor()
      const anonymous = await newest()
      expect(anonymous).toMatchObject({ kind: 'question', email: 'grace@example.com', tags: { from: 'support form' } })
      expect(anonymous?.person?.id).toBeUndefined()

      await page.getByRole('button', { name: 'Sign in as Ada' }).click()
      await page.getByLabel('What is it about?').fill('May I have a receipt?')
      await page.getByRole('button', { name: 'Send' }).click()
      await page.getByText('It is stored').waitFor()
      const ada = { id: 'u_42', name: 'Ada Lovelace', email: 'ada@example.com', verified: true }
      expect(await newest()).toMatchObject({ message: 'May I have a receipt?', person: ada })
      await page.locator('.launcher').click()
      await send('From the page')
      expect(await newest()).toMatchObject({ message: 'From the page', person: ada })
    })

    const site = await startSite()
    const { serve } = (await import(new URL('node/serve.mjs', root).href)) as { serve: Serve }
    const example = await serve({ endpoint: site.collector, key: 'pub_x', port: 0 })
    // Refused once: what is tried again by itself, by chance right away, is taken.
    site.behave((...request) => (site.submissions.length > 1 ? store : refuse(503, 'unavailable'))(...request))
    const body = new URLSearchParams({ message: 'While you were away' })
    const answer = await fetch(`${example.origin}/support`, { method: 'POST', body, redirect: 'manual' })
    expect(answer.headers.get('location')).toBe('/?sent=queued')
    await example.close()
    expect(site.submissions.map(({ message }) => message)).toEqual(['While you were away', 'While you were away'])
    await site.close()
  })
})
