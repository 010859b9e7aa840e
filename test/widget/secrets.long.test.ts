import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import type { Feedback } from '../../sdk/wire/index.ts'
import { type RawSystem, serveRaw } from '../bench/raw/serve.mjs'
import { launchBrowser } from '../support/chromium.ts'
import { everyTable, tracesIn } from '../support/everything.ts'
import { startSite, stub } from '../support/site.ts'
import type { Site } from '../support/site.ts'
import { newId } from '../support/system.ts'
import { arrived } from './harness.ts'

declare global {
  var warnBefore: typeof console.warn
}

let browser: Browser
let site: Site
let raw: RawSystem
let page: Page
beforeAll(async () => {
  ;[browser, site, raw] = await Promise.all([launchBrowser(), startSite(), serveRaw({ quiet: true })])
}, 120_000)
beforeEach(async () => {
  site.reset()
  page = await (await browser.newContext()).newPage()
  page.setDefaultTimeout(20_000)
})
afterAll(async () => {
  await browser.close()
  await Promise.all([site.close(), raw.stop()])
})

/** What must never leave the page: each of these begins alike. */
const canary = 'zqxw'
const card = '4242 4242 4242 4242'
const jwt = 'eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiJ6cXh3In0.c2lnbmF0dXJl'

const html = () => `<title>Orders</title>
<h1>Orders</h1>
<form onsubmit="return false">
  <input id="password" type="password" value="${canary}-password">
  <input type="hidden" name="csrf" value="${canary}-csrf">
  <input id="card" aria-label="${card}" value="${card}">
  <textarea id="draft">${canary}-draft</textarea>
  <button id="pay">Pay with ${card}</button>
</form>
<p id="private" data-private>${canary}-private</p>
<button id="bearer">Bearer ${jwt}</button>
${stub}
<script async src="${site.collector}/earshot.js" data-key="${raw.publishableKey}" data-endpoint="${raw.origin}" data-crumbs></script>`

/** A page that does with secrets whatever pages do. */
async function leak({ isRecording = true } = {}): Promise<void> {
  const errors: unknown[] = []
  page.on('pageerror', (error) => errors.push(error))
  await page.addInitScript(() => Object.assign(globalThis, { warnBefore: console.warn }))
  await page.goto(`${site.page}/?token=${canary}-arrived#access_token=${canary}-arrived`)
  await page.waitForFunction(() => 'open' in (window.earshot ?? {}))
  await page.evaluate(
    ([secret, number]) => {
      document.cookie = `session=${secret}-cookie`
      localStorage.setItem('jwt', `${secret}-local`)
      sessionStorage.setItem('jwt', `${secret}-session`)
      window.earshot?.identify({ id: 'u_1', traits: { plan: 'pro', apiKey: `${secret}-trait` } })
      window.earshot?.tag({ plan: 'pro', secret_token: `${secret}-tag`, 'X-Auth': `${secret}-tag` })
      window.earshot?.context('cart', {
        items: 3,
        password: `${secret}-context`,
        user: { passwd: `${secret}-deep`, headers: { Authorization: `Bearer ${secret}`, Cookie: secret ?? '' } },
        payment: new Map([['card_number', `${number}`]]),
        credentials: [`${secret}-list`],
      })
      window.earshot?.crumb('coupon rejected', { code: 'SPRING', session: `${secret}-crumb` })
    },
    [canary, card],
  )
  // Crumbs are recorded once their chunk is there, and never by GPC's leave.
  if (isRecording) await page.waitForFunction(() => console.warn !== globalThis.warnBefore)
  await page.evaluate(
    async ([secret, number, token]) => {
      console.error('paid with', `${number}`, `Bearer ${token}`)
      console.warn(`see https://ada:${secret}@api.example.com/pay?card=${secret}-console#${secret}`)
      console.error('request failed', {
        password: `${secret}-logged`,
        headers: { authorization: `Bearer ${secret}-0123456789` },
      })
      const headers = { authorization: `Bearer ${secret}-header`, 'x-api-key': `${secret}-header` }
      const body = JSON.stringify({ password: `${secret}-body` })
      await fetch(`/api/pay?key=${secret}-parameter`, { method: 'POST', headers, body }).catch(() => undefined)
      await new Promise((resolve) => {
        const request = new XMLHttpRequest()
        request.open('GET', `/api/me?session=${secret}-xhr`)
        request.setRequestHeader('authorization', `Bearer ${secret}-xhr`)
        request.onloadend = resolve
        request.send()
      })
      history.pushState({ secret }, '', `/orders/7?code=${secret}-pushed#id_token=${secret}-pushed`)
      history.replaceState({ secret }, '', `/orders/8?code=${secret}-replaced`)
      location.hash = `${secret}-hash`
      setTimeout(() => {
        throw new Error(
          `GET https://api.example.com/x?token=${secret}-thrown failed for ${number} with Bearer ${token}`,
        )
      })
      void Promise.reject(new Error(`rejected: https://api.example.com/y?token=${secret}-rejected`))
    },
    [canary, card, jwt],
  )
  for (const id of ['password', 'card', 'draft', 'pay', 'private', 'bearer']) await page.locator(`#${id}`).click()
  await expect.poll(() => errors.length).toBe(2)
}

/** Writes and sends by the form, with everything that goes along switched on. */
async function send(message: string, { isRecording = true } = {}): Promise<void> {
  await page.locator('.launcher').click()
  await page.locator('dialog[open] textarea').fill(message)
  // What reads the errors of before.
  if (isRecording) await arrived(page, site, 'diagnostics')
  await page.locator('[type=submit]').click()
  await page
    .locator('dialog[open]')
    .getByText(/[0-9A-Z]{8}/)
    .first()
    .waitFor()
}

const stored = async (message: string): Promise<Feedback> => {
  const { items } = (await (await raw.call('/v1/feedback?limit=200')).json()) as { items: Feedback[] }
  return items.find((item) => item.message === message) as Feedback
}

describe('what a page holds in secret', () => {
  it('never reaches the database, the log or an export', async () => {
    site.serve(html())
    await leak()
    await send('The total is wrong')
    await raw.schedule()
    const item = await stored('The total is wrong')
    // It did go along, all of it: else there would be nothing to be found.
    expect(item.page?.url).toBe(`${site.page}/orders/8`)
    expect(item.tags).toMatchObject({ plan: 'pro', secret_token: '[removed]' })
    expect(item.context?.['cart']).toMatchObject({ items: 3, password: '[removed]' })
    expect(new Set(item.crumbs?.map(({ type }) => type))).toEqual(
      new Set(['console', 'click', 'request', 'navigation', 'error', 'manual']),
    )
    const exported = await (await raw.call('/v1/export?format=ndjson')).text()
    const csv = await (await raw.call('/v1/export?format=csv')).text()
    for (const secret of [canary, card, card.replaceAll(' ', ''), jwt, jwt.slice(21)]) {
      expect([secret, tracesIn(await everyTable(raw), secret)]).toEqual([secret, []])
      expect([secret, raw.log().includes(secret), exported.includes(secret), csv.includes(secret)]).toEqual([
        secret,
        false,
        false,
        false,
      ])
    }
  }, 120_000)
})

describe('an address of the network', () => {
  it('is stored nowhere and logged nowhere, whatever becomes of the request', async () => {
    const addresses = ['203.0.113.77', '198.51.100.77', '2001:db8:77::77', '192.0.2.177']
    const headers = {
      'cf-connecting-ip': '203.0.113.77',
      'x-forwarded-for': '198.51.100.77, 192.0.2.177',
      'x-real-ip': '198.51.100.77',
      'cf-connecting-ipv6': '2001:db8:77::77',
      'true-client-ip': '192.0.2.177',
      forwarded: 'for=198.51.100.77',
      'user-agent': 'Mozilla/5.0',
    }
    const post = (key: string, body: string, more = {}) =>
      fetch(`${raw.origin}/v1/feedback?key=${key}`, { method: 'POST', headers: { ...headers, ...more }, body })
    expect((await post(raw.publishableKey, JSON.stringify({ id: newId(), message: 'Hello' }))).status).toBe(201)
    expect((await post(`pub_${'0'.repeat(24)}`, '{}')).status).toBe(401)
    expect((await post(raw.publishableKey, 'no json')).status).toBe(400)
    expect((await post(raw.publishableKey, JSON.stringify({ id: newId() }))).status).toBe(422)
    expect((await post(raw.publishableKey, '{}', { 'content-encoding': 'gzip' })).status).toBe(415)
    await fetch(`${raw.origin}/v1/sign-in?token=wrong`, { headers })
    await fetch(`${raw.origin}/v1/feedback`, { headers: { ...headers, authorization: 'Bearer sec_wrong' } })
    await raw.schedule()
    const texts = await everyTable(raw)
    const exported = await (await raw.call('/v1/export?format=ndjson&spam=with')).text()
    for (const address of addresses) {
      expect([address, tracesIn(texts, address)]).toEqual([address, []])
      expect([address, raw.log().includes(address), exported.includes(address)]).toEqual([address, false, false])
    }
  })
})

describe('Global Privacy Control', () => {
  it('leaves what the person types and what the page itself hands in, and nothing beside', async () => {
    await page.addInitScript(() => Object.defineProperty(navigator, 'globalPrivacyControl', { value: true }))
    site.serve(html())
    await leak({ isRecording: false })
    await send('Private words', { isRecording: false })
    await raw.schedule()
    const item = await stored('Private words')
    expect(item).toMatchObject({ message: 'Private words', page: null, tags: { plan: 'pro' } })
    expect(item.person?.anonymousId).toBeUndefined()
    expect(item.crumbs).toBeUndefined()
    const left = await page.evaluate(() => Object.keys(localStorage).filter((name) => name.startsWith('earshot')))
    expect(left).toEqual([])
  }, 120_000)
})
