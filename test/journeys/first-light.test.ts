import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import Papa from 'papaparse'
import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { launchBrowser } from '../support/chromium.ts'
import { startSystem, type System } from '../support/system.ts'

let system: System
let browser: Browser
let shop: Server
let shopUrl: string

beforeAll(async () => {
  system = await startSystem('First light')
  browser = await launchBrowser()
  // A customer's page under a policy that forbids inline scripts and styles: one tag is all it has.
  shop = createServer((_request, response) => {
    response.writeHead(200, {
      'content-type': 'text/html; charset=utf-8',
      'content-security-policy': `default-src 'none'; script-src ${system.origin}; connect-src ${system.origin}`,
    })
    response.end(`<!doctype html><html lang="en"><meta charset="utf-8"><title>Checkout</title><h1>Checkout</h1>
      <script async src="${system.origin}/earshot.js" data-key="${system.publishableKey}" data-release="1.4.2"></script></html>`)
  })
  await new Promise<void>((resolve) => shop.listen(0, '127.0.0.1', resolve))
  shopUrl = `http://localhost:${(shop.address() as AddressInfo).port}/checkout?session=secret#top`
})

afterAll(async () => {
  await browser.close()
  shop.close()
})

const words = `The total is wrong — "twice", =SUM(A1), 合計が違います 🧾`

async function openPage(): Promise<{ page: Page; violations: string[]; requests: string[] }> {
  const page = await browser.newPage()
  const violations: string[] = []
  const requests: string[] = []
  page.on('console', (message) => {
    if (/Content Security Policy|Trusted Type/i.test(message.text())) violations.push(message.text())
  })
  page.on('pageerror', (error) => violations.push(String(error)))
  page.on('request', (request) => requests.push(request.url()))
  return { page, violations, requests }
}

describe('one submission, from a click in a page to a spreadsheet', () => {
  it('is sent from a page under a strict policy, and asks the worker for nothing before that', async () => {
    const { page, violations, requests } = await openPage()
    await page.goto(shopUrl)
    const launcher = page.getByRole('button', { name: /feedback/i })
    await launcher.waitFor()
    await page.waitForTimeout(500)
    expect(requests.filter((url) => url.includes('/v1/'))).toEqual([])
    await launcher.click()
    await page.getByRole('textbox').first().fill(words)
    await page.getByRole('button', { name: 'Send', exact: true }).click()
    await page.getByText(/[0-9A-HJKMNP-TV-Z]{4}[ -]?[0-9A-HJKMNP-TV-Z]{4}/).waitFor()
    expect(violations).toEqual([])
    const { items } = await system.list()
    expect(items).toHaveLength(1)
    expect(items[0]).toMatchObject({ message: words, release: '1.4.2', status: 'new', source: 'widget' })
    expect(items[0]?.page?.url).toBe(shopUrl.replace(/\?.*/, ''))
    expect(await page.getByText(items[0]?.reference ?? 'none').count()).toBeGreaterThan(0)
    await page.close()
  })

  it('is read, found and triaged in the console, and exported exactly as it was said', async () => {
    const { page, violations } = await openPage()
    await page.goto(system.signInUrl)
    await page.getByRole('button', { name: 'Sign in' }).click()
    await page.waitForURL(/\/console\/inbox/)
    await page.getByText('The total is wrong').first().click()
    await page.getByText(words, { exact: true }).last().waitFor()
    await page.goto(`${system.origin}/console/inbox?q=${encodeURIComponent('合計')}`)
    await page.getByText('The total is wrong').first().waitFor()
    await page.keyboard.press('j')
    await page.keyboard.press('e')
    await expect.poll(async () => (await system.list()).items[0]?.status).toBe('done')
    await page.goto(`${system.origin}/console/inbox?status=done`)
    await page.getByText('The total is wrong').first().waitFor()
    const csv = await page.evaluate(async () => (await fetch('/v1/export?format=csv&status=done&guard=off')).text())
    const { data } = Papa.parse<Record<string, string>>(csv.replace(/^\uFEFF/, ''), {
      header: true,
      skipEmptyLines: true,
    })
    expect(data.map((row) => row['Message'])).toEqual([words])
    expect(violations).toEqual([])
    await page.close()
  })
})
