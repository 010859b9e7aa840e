import type { Browser, BrowserContextOptions, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { verifyWebhook } from '../../sdk/server/index.ts'
import type { Feedback, OriginList, Project, Webhook } from '../../sdk/wire/index.ts'
import { launchBrowser } from '../support/chromium.ts'
import { type Receiver, startReceiver } from '../support/receiver.ts'
import { newId, startSystem, type System } from '../support/system.ts'
import { violationsOf } from './axe.ts'
import { fill, listed, openConsole, pane, said } from './desk.ts'

let browser: Browser
let system: System
let receiver: Receiver

beforeAll(async () => {
  ;[browser, system, receiver] = await Promise.all([launchBrowser(), startSystem('Outward'), startReceiver()])
})
afterAll(() => Promise.all([browser.close(), receiver.stop()]))

const waitMs = 30_000

async function open(path: string, options: BrowserContextOptions = {}): Promise<Page> {
  const page = await openConsole(browser, system, path, options)
  page.setDefaultTimeout(waitMs)
  return page
}

const read = async <T>(path: string): Promise<T> => (await (await system.call(path)).json()) as T
const submit = (message: string, headers: Record<string, string> = {}) =>
  fetch(`${system.origin}/v1/feedback?key=${system.publishableKey}`, {
    method: 'POST',
    headers,
    body: JSON.stringify({ id: newId(), kind: 'bug', message, createdAt: new Date().toISOString() }),
  })
const arrived = (text: string) => receiver.received.filter(({ body }) => body.includes(text))
const deliveries = (page: Page) => page.getByRole('list', { name: 'Deliveries' })
const until = (condition: () => unknown) => expect.poll(condition, { timeout: waitMs, interval: 200 })

describe('a webhook', () => {
  it(
    'is made in the console, tells a receiver, and shows and sends again what failed',
    { timeout: 90_000 },
    async () => {
      const page = await open('/console/setup/webhooks', { permissions: ['clipboard-read', 'clipboard-write'] })
      await page.getByRole('button', { name: 'New webhook' }).click()
      const dialog = page.getByRole('dialog')
      await dialog.getByLabel('Name').fill('Ticket importer')
      await dialog.getByLabel('URL').fill('https://10.0.0.1/hook')
      await dialog.getByRole('button', { name: 'Make webhook' }).click()
      await dialog.getByText('Nothing was made.').waitFor()
      await dialog.getByLabel('URL').fill(receiver.url)
      await dialog.getByLabel('Told of').selectOption({ label: 'Production only' })
      await dialog.getByRole('button', { name: 'Make webhook' }).click()

      await dialog.getByText('cannot be shown again').waitFor()
      await dialog.getByRole('button', { name: 'Copy' }).first().click()
      const copied = () => page.evaluate(() => navigator.clipboard.readText())
      await expect.poll(copied).toMatch(/^whsec_/)
      const secret = await copied()
      await dialog.getByRole('button', { name: 'I have kept it' }).click()

      await page.getByRole('link', { name: /Ticket importer/ }).click()
      await page.waitForURL(/\/setup\/webhooks\/[0-9a-f-]{36}$/)
      await page.getByRole('button', { name: 'Send a test' }).click()
      await page.getByText('The test was accepted').waitFor()
      expect(arrived('"ping"')).toHaveLength(1)

      expect((await submit('The cart forgets me')).status).toBe(201)
      await until(() => arrived('The cart forgets me').length).toBe(1)
      const [got] = arrived('The cart forgets me')
      const message = await verifyWebhook(got!.body, got!.headers, secret)
      expect(message).toMatchObject({ type: 'feedback.created' })

      receiver.answer = (response) => response.writeHead(500).end('no disk left')
      expect((await submit('Nobody hears this')).status).toBe(201)
      // The second attempt comes after seconds, whoever runs the schedule; the third one after minutes, not between two clicks.
      await until(async () => {
        await system.runSchedule()
        return arrived('Nobody hears this').length
      }).toBe(2)
      await page.getByRole('group', { name: 'Show' }).getByRole('button', { name: 'Waiting' }).click()
      await page.waitForURL(/\?state=pending$/)
      const failing = deliveries(page).getByRole('listitem').filter({ hasText: 'Failed so far' })
      await failing.waitFor()
      await failing.getByRole('button', { name: /New feedback/ }).click()
      const attempts = failing.getByRole('list', { name: 'Attempts' }).getByRole('listitem')
      for (const n of [0, 1]) {
        await attempts.nth(n).getByText('500 · Not accepted').waitFor()
        await attempts.nth(n).getByText('no disk left').waitFor()
      }

      receiver.answer = 204
      const tried = arrived('Nobody hears this').length
      await failing.getByRole('button', { name: 'Send now' }).click()
      await until(() => arrived('Nobody hears this').length).toBe(tried + 1)
      await page.getByRole('button', { name: 'All', exact: true }).click()
      const delivered = deliveries(page).getByRole('listitem').filter({ hasText: 'attempts' })
      await delivered.getByText('Delivered').waitFor()
      const ids = new Set(arrived('Nobody hears this').map(({ headers }) => headers['webhook-id']))
      expect(ids.size).toBe(1)

      await delivered.getByRole('button', { name: 'Send again' }).click()
      await until(() => arrived('Nobody hears this').length).toBe(tried + 2)

      await page.getByRole('button', { name: 'New secret' }).click()
      await page.getByRole('button', { name: 'Make a new secret' }).click()
      const [fresh = ''] = /whsec_\S+/.exec(await page.getByRole('group', { name: 'The secret' }).innerText()) ?? []
      await page.getByRole('button', { name: 'I have kept it' }).click()
      await page.getByText('The one before signs too until').waitFor()
      await page.getByRole('button', { name: 'Send a test' }).click()
      await until(() => arrived('"ping"').length).toBe(2)
      const signed = arrived('"ping"')[1]!
      for (const one of [secret, fresh]) {
        expect(await verifyWebhook(signed.body, signed.headers, one)).toMatchObject({
          type: 'ping',
        })
      }
      await page.context().close()
    },
  )

  it('sends again at once all that was given up', { timeout: 180_000 }, async () => {
    const [hook] = (await read<{ items: Webhook[] }>('/v1/webhooks')).items
    receiver.answer = 500
    const texts = ['Given up for good', 'Given up as well']
    for (const text of texts) expect((await submit(text)).status).toBe(201)
    const change = (state: 'on' | 'off') =>
      system.call(`/v1/webhooks/${hook?.id}`, {
        method: 'PATCH',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify({ state }),
      })
    // One that is turned on again is tried at once: ten attempts need no three days.
    const failed = async () => (await read<Webhook>(`/v1/webhooks/${hook?.id}`)).failed.count
    for (let tries = 1; tries <= 10; tries++) {
      await until(async () => {
        await system.runSchedule()
        return Math.min(...texts.map((text) => arrived(text).length))
      }).toBeGreaterThanOrEqual(tries)
      for (const state of ['off', 'on'] as const) expect((await change(state)).status).toBe(200)
    }
    await until(failed).toBe(2)

    const page = await open(`/console/setup/webhooks/${hook?.id}?state=failed`)
    await deliveries(page).getByRole('listitem').nth(1).waitFor()
    receiver.answer = 204
    const before = texts.map((text) => arrived(text).length)
    await page.getByRole('button', { name: 'Send all 2 failed again' }).click()
    await said(page).getByText('2 messages are sent again.').waitFor()
    for (const [i, text] of texts.entries()) await until(() => arrived(text).length).toBe((before[i] ?? 0) + 1)
    await until(failed).toBe(0)
    await page.getByRole('button', { name: 'All', exact: true }).click()
    await deliveries(page).getByRole('listitem').first().getByText('Delivered').waitFor()
    await page.getByRole('button', { name: /failed again/ }).waitFor({ state: 'detached' })
    for (const text of texts) expect(new Set(arrived(text).map(({ headers }) => headers['webhook-id'])).size).toBe(1)
    await page.context().close()
  })

  it(
    'that is gone says so in the side bar and on top, and is deleted after a question',
    { timeout: 90_000 },
    async () => {
      const [hook] = (await read<{ items: Webhook[] }>('/v1/webhooks')).items
      receiver.answer = 410
      expect((await submit('To nobody')).status).toBe(201)
      await until(async () => (await read<Webhook>(`/v1/webhooks/${hook?.id}`)).state).toBe('off')
      const page = await open('/console/inbox', { bypassCSP: true })
      await page.getByRole('link', { name: 'Ticket importer was turned off' }).click()
      await page.getByText('answered 410 Gone on').waitFor()
      expect(await violationsOf(page)).toEqual([])
      receiver.answer = 204
      await page.getByRole('button', { name: 'Turn on' }).click()
      await said(page).getByText('is on').waitFor()
      await until(() => arrived('To nobody').length).toBeGreaterThan(1)
      await page.getByRole('link', { name: 'Ticket importer was turned off' }).waitFor({ state: 'detached' })

      await page.getByRole('button', { name: 'Delete', exact: true }).click()
      await page.getByRole('button', { name: 'Keep it' }).click()
      await page.getByRole('button', { name: 'Delete', exact: true }).click()
      await page.getByRole('button', { name: 'Delete webhook' }).click()
      await page.waitForURL(/\/setup\/webhooks$/)
      expect((await read<{ items: Webhook[] }>('/v1/webhooks')).items).toEqual([])
      await page.context().close()
    },
  )

  it('of Slack shows the message before it is connected', async () => {
    const page = await open('/console/setup/webhooks', { bypassCSP: true, colorScheme: 'dark' })
    await page.getByRole('button', { name: 'Connect Slack' }).click()
    const dialog = page.getByRole('dialog')
    await dialog.getByLabel('URL').fill(`${receiver.url}/services/T0/B0/secret-path`)
    await dialog.getByRole('figure', { name: 'Preview of the message' }).getByText('To nobody').waitFor()
    expect(await violationsOf(page)).toEqual([])
    await dialog.getByRole('button', { name: 'Connect' }).click()
    const line = page.getByRole('list', { name: 'Slack' }).getByRole('link')
    await line.waitFor()
    expect(await line.innerText()).not.toContain('secret-path')
    await line.click()
    await page.getByRole('button', { name: 'Send a test' }).click()
    await page.getByText('The test was accepted').waitFor()
    expect(arrived('Earshot is connected')).toHaveLength(1)
    await page.context().close()
  })
})

describe('a page that may not send', () => {
  it(
    'is shown with how often it tried, let in with one click, and shut out again with undo',
    { timeout: 90_000 },
    async () => {
      const page = await open('/console/setup/project/origins', { bypassCSP: true })
      await page.getByText('Every page that carries a publishable key may send.').waitFor()
      await page.getByLabel('Add an origin').fill('no origin at all')
      await page.getByRole('button', { name: 'Add origin' }).click()
      await page.getByText('This is no origin.').waitFor()
      await page.getByLabel('Add an origin').fill('Shop.example.com/cart')
      await page.keyboard.press('Enter')
      await page.getByRole('button', { name: 'Remove https://shop.example.com' }).waitFor()

      const from = { origin: 'https://staging.example.net' }
      await until(async () => (await submit('Let me in', from)).status).toBe(403)
      await until(async () => {
        const { refused } = await read<OriginList>(`/v1/projects/${system.project}/origins`)
        return refused.map(({ origin }) => origin)
      }).toEqual([from.origin])
      await page.reload()
      const refused = page.getByRole('list', { name: 'Refused origins' })
      await refused.getByText('1 request').waitFor()
      expect(await violationsOf(page)).toEqual([])
      const allow = refused.getByRole('button', { name: `Allow ${from.origin}` })
      await allow.click()
      await said(page).getByText('may send').waitFor()
      await refused.waitFor({ state: 'detached' })

      // Before what the collector takes up to five seconds for: the notice goes after six.
      await page.getByRole('button', { name: 'Undo' }).click()
      await page.getByRole('button', { name: `Remove ${from.origin}` }).waitFor({ state: 'detached' })
      await until(async () => (await read<Project>(`/v1/projects/${system.project}`)).origins).toEqual([
        'https://shop.example.com',
      ])
      await allow.click()
      await until(async () => (await submit('Let me in', from)).status).toBe(201)
      await page.context().close()
    },
  )

  it('is counted among what was refused, with what to do about it', async () => {
    const page = await open('/console/setup/health', { bypassCSP: true, colorScheme: 'dark' })
    const why = page.getByRole('table', { name: 'Why' })
    await why.getByRole('row', { name: /From a page that may not send/ }).waitFor()
    await page.getByRole('table', { name: 'Outcomes by day' }).waitFor()
    expect(await violationsOf(page)).toEqual([])
    await page.getByLabel('Range').selectOption('Last 7 days')
    await page.waitForURL(/\?from=\d{4}-\d\d-\d\d$/)
    await why.getByRole('link', { name: 'Origins' }).first().click()
    await page.waitForURL(/\/setup\/project\/origins$/)
    await page.context().close()
  })
})

describe('a retention', () => {
  it('says how many items it means before it is set, and can be taken away again', { timeout: 90_000 }, async () => {
    const at = new Date(Date.now() - 100 * 86_400_000).toISOString()
    await fill(system, [{ message: 'Said long ago', createdAt: at }])
    const page = await open('/console/setup/project/retention', { bypassCSP: true })
    const card = page.getByRole('region', { name: 'Retention' })
    await card.getByText('For a time').click()
    await card.getByLabel('Days').fill('none')
    await card.getByText('Write a number from 1').waitFor()
    await card.getByLabel('Days').fill('90')
    await card.getByText('Now that means 1 item, said before').waitFor()
    expect(await violationsOf(page)).toEqual([])
    await card.getByRole('button', { name: 'Save retention' }).click()
    await page.getByRole('dialog', { name: 'Take the words from 1 item?' }).waitFor()
    await page.getByRole('button', { name: 'Take words after 90 days' }).click()
    await card.getByText('After 90 days score and date stay').waitFor()
    expect((await read<Project>(`/v1/projects/${system.project}`)).retention).toEqual({ days: 90, keep: 'scores' })

    await card.getByText('For ever').click()
    await card.getByRole('button', { name: 'Save retention' }).click()
    await card.getByText('until somebody deletes it').waitFor()
    await until(async () => (await read<Project>(`/v1/projects/${system.project}`)).retention).toBeNull()
    await page.context().close()
  })
})

describe('the spam tray', () => {
  const spam = [
    'Buy cheap viagra online http://a.example http://b.example http://c.example',
    'sdfkjhsdf kjxcvbnmq wrtpsdfgh zxcvbnmkjh qwrtplkjhg',
    'Great product indeed. '.repeat(8).trim(),
  ]

  it(
    'says why each stands there, and gives them back with a key or many at once, with undo',
    { timeout: 90_000 },
    async () => {
      for (const message of spam) expect((await submit(message)).status).toBe(201)
      await until(async () => (await system.list('?spam=only')).items.length).toBe(spam.length)
      const page = await open('/console/inbox?spam=only', { bypassCSP: true })
      await page.getByText('nothing is deleted by itself').waitFor()
      await page.locator('.row').filter({ hasText: 'Repeats itself' }).locator('.row-link').click()
      await pane(page).getByText('the same sentence 8 times').waitFor()
      expect(await violationsOf(page)).toEqual([])
      await page.keyboard.press('!')
      await said(page).getByText('Marked it as not spam').waitFor()
      await pane(page).getByText('Not spam, though it looked like').waitFor()
      await page.keyboard.press('u')
      await pane(page).getByText('It looks like a machine’s').waitFor()

      for (const message of spam.slice(0, 2)) await page.getByLabel(`Select: ${message.slice(0, 40)}`).click()
      // The button beside the open item means that item, whatever is ticked.
      await pane(page).locator('.screened').getByRole('button', { name: 'Not spam' }).click()
      await said(page).getByText('Marked it as not spam').waitFor()
      await pane(page).getByText('Not spam, though it looked like').waitFor()
      await page.keyboard.press('u')
      await pane(page).getByText('It looks like a machine’s').waitFor()
      await page.getByRole('toolbar').getByRole('button', { name: 'Not spam' }).click()
      await said(page).getByText('Marked 2 items as not spam').waitFor()
      await until(async () => (await read<{ items: Feedback[] }>('/v1/feedback?spam=only')).items.length).toBe(1)
      // The count above the list is the tray's, as that of the side bar is.
      await page.locator('.toolbar-count .in-words').getByText('1', { exact: true }).waitFor()
      await page.goto(`${system.origin}/console/inbox`)
      await until(() => listed(page)).toEqual(expect.arrayContaining(spam.slice(0, 2)))
      await page.context().close()
    },
  )
})
