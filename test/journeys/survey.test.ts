import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Survey } from '../../sdk/wire/index.ts'
import { launchBrowser } from '../support/chromium.ts'
import { startSystem, type System } from '../support/system.ts'

let system: System
let browser: Browser
let shop: Server
let shopUrl: string

beforeAll(async () => {
  system = await startSystem('A survey')
  browser = await launchBrowser()
  shop = createServer((_request, response) => {
    response.writeHead(200, {
      'content-type': 'text/html; charset=utf-8',
      'content-security-policy': `default-src 'none'; script-src ${system.origin}; connect-src ${system.origin}`,
    })
    response.end(`<!doctype html><html lang="en"><meta charset="utf-8"><title>Thanks</title><h1>Thanks</h1>
      <script async src="${system.origin}/earshot.js" data-key="${system.publishableKey}" data-surveys></script></html>`)
  })
  await new Promise<void>((resolve) => shop.listen(0, '127.0.0.1', resolve))
  shopUrl = `http://localhost:${(shop.address() as AddressInfo).port}/thanks/42`
})

afterAll(async () => {
  await browser.close()
  shop.close()
})

const survey = {
  id: 'after-buying',
  name: 'After buying',
  state: 'live',
  language: 'en',
  targeting: { paths: ['/thanks/*'] },
  questions: [
    {
      id: 'score',
      type: 'nps',
      text: { en: 'Would you recommend us?' },
      next: [{ when: { min: 9 }, go: 'end' }],
    },
    { id: 'why', type: 'long', text: { en: 'What is missing?' } },
  ],
}

/** Somebody who has never been here. */
async function visit(): Promise<Page> {
  const page = await (await browser.newContext()).newPage()
  await page.goto(shopUrl)
  await page.getByRole('dialog', { name: 'Would you recommend us?' }).waitFor()
  return page
}
const read = async () => (await (await system.call(`/v1/surveys/${survey.id}`)).json()) as Survey
const answers = async () =>
  (await system.list()).items.map(({ id, rating, survey }) => ({ id, rating: rating?.value, answers: survey?.answers }))

describe('one survey, from its definition to the answers', () => {
  it('keeps the first tap of a page that is left right after it, and amends that of one that goes on', async () => {
    const headers = { 'content-type': 'application/json' }
    const made = await system.call('/v1/surveys', { method: 'POST', headers, body: JSON.stringify(survey) })
    expect(made.status).toBe(201)

    const hasty = await visit()
    const leaving = hasty.waitForRequest(/v1\/feedback/)
    await hasty.getByRole('radio', { name: /^9 / }).click()
    await leaving
    await hasty.goto('about:blank')
    const score = (value: number) => ({ question: 'score', value })
    await expect.poll(answers).toEqual([{ id: expect.any(String), rating: 9, answers: [score(9)] }])
    const [kept] = await answers()

    const patient = await visit()
    await patient.getByRole('radio', { name: /^4 / }).click()
    await expect.poll(async () => (await answers()).length).toBe(2)
    await patient.getByRole('button', { name: 'Next' }).click()
    await patient.getByRole('textbox').fill('A search')
    await patient.getByRole('button', { name: 'Send' }).click()
    await patient.getByText('Your answer arrived and is stored.').waitFor()
    const amended = { id: expect.any(String), rating: 4, answers: [score(4), { question: 'why', value: 'A search' }] }
    expect(await answers()).toEqual([amended, kept])

    await patient.goto('about:blank')
    await patient.context().close()
    await hasty.context().close()
    await expect.poll(read).toMatchObject({ displays: 2, responses: 2, version: 1 })
  })
})
