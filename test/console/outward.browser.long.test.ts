import { verifyWebhook } from '../../sdk/server/index.ts'
import type { Browser, BrowserContextOptions, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Feedback, OriginList, Project, Webhook } from '../../sdk/wire/index.ts'
import { launchBrowser } from '../support/chromium.ts'
import { type Receiver, startReceiver } from '../support/receiver.ts'
import { newId, startSystem, type System } from '../support/system.ts'
import { violationsOf } from './axe.ts'
import { listed, openConsole, pane, said } from './desk.ts'

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
const until = (condition: () => unknown) => expect.poll(condition, { timeout: waitMs, interval: 200 })

describe('a webhook', () => {
  it('is made in the console, tells a receiver, and shows and sends again what failed', async () => {
    const page = await open('/console/setup/webhooks', { permissions: ['clipboard-read', 'clipboard-write'] })
    await page.getByRole('button', { name: 'New webhook' }).click()
    const dialog = page.getByRole('dialog')
    await dialog.getByLabel('Name').fill('Ticket importer')
    await dialog.getByLabel('URL').fill('https://10.0.0.1/hook')
    await dialog.getByRole('button', { name: 'Make webhook' }).click()
    await dialog.getByText('Nothing was made.').waitFor()
    await dialog.getByLabel('URL').fill(receiver.url)
    await dialog.getByLabel('Told of').selectOption({ label: 'Production only' })
    await page.keyboard.press('Enter')
    await dialog.getByRole('button', { name: 'Make webhook' }).click()

    await dialog.getByText('cannot be shown again').waitFor()
    await dialog.getByRole('button', { name: 'Copy' }).first().click()
    const secret = await page.evaluate(() => navigator.clipboard.readText())
    expect(secret).toMatch(/^whsec_/)
    await dialog.getByRole('button', { name: 'I have kept it' }).click()

    await page.getByRole('link', { name: /Ticket importer/ }).click()
    await page.waitForURL(/\/setup\/webhooks\/[0-9a-f-]{36}$/)
    await page.getByRole('button', { name: 'Send a test' }).click()
    await page.getByText('The test was accepted').waitFor()
    expect(arrived('"ping"')).toHaveLength(1)

    expect((await submit('The cart forgets me')).status).toBe(201)
    await until(() => arrived('The cart forgets me').length).toBe(1)
    const [got] = arrived('The cart forgets me')
    const message = await verifyWebhook(got!.body, got!.headers as Record<string, string>, secret)
    expect(message).toMatchObject({ type: 'feedback.created' })

    receiver.answer = (response) => response.writeHead(500).end('no disk left')
    expect((await submit('The cart forgets me again')).status).toBe(201)
    await until(() => arrived('The cart forgets me again').length).toBeGreaterThan(0)
    await page.reload()
    await page.getByText('Failed so far').waitFor()
    await page.getByRole('group', { name: 'Show' }).getByRole('button', { name: 'Waiting' }).click()
    await page.waitForURL(/\?state=pending$/)
    const failing = page.getByRole('list', { name: 'Deliveries' }).getByRole('button', { name: /New feedback/ })
    await failing.first().click()
    await page.getByText('no disk left').first().waitFor()
    await page.getByText('500 · Not accepted').first().waitFor()
    await page.context().close()
  })
})
