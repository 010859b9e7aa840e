import { buffer } from 'node:stream/consumers'
import Papa from 'papaparse'
import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, expect, it } from 'vitest'
import type { Feedback, FeedbackList, Receipt, Scores } from '../../sdk/wire/index.ts'
import { fill, listed, openConsole, pane, rows, said } from '../console/desk.ts'
import { launchBrowser } from '../support/chromium.ts'
import { makePng } from '../support/images.ts'
import { newId, startSystem, type System } from '../support/system.ts'

// A product manager with four hundred new comments on a Monday morning, and a meeting at ten.
let browser: Browser
let system: System
let page: Page
const wrong: string[] = []

const hour = 3_600_000
const ago = (hours: number) => new Date(Date.now() - hours * hour).toISOString()
const since = ago(24)
const kinds = ['bug', 'idea', 'praise', 'question']
const acme = { id: 'acme', name: 'Acme Dental', plan: 'enterprise', revenue: 120_000 }
const ada = { id: 'u_1', name: 'Ada Okafor', email: 'ada@example.com', account: acme, verified: true }

/** Every fourth of them gave a score, each a person of their own. */
const said400 = (at: number): Partial<Feedback> => ({
  message: at % 10 === 0 ? `The invoice ${at} has no total` : `Comment ${at}`,
  kind: kinds[at % kinds.length] ?? 'other',
  person: at === 0 ? ada : { id: `u_${at + 2}`, verified: false },
  ...(at % 4 === 2 && { rating: { scale: 'nps', value: at % 10 } }),
})

beforeAll(async () => {
  browser = await launchBrowser()
  system = await startSystem('Monday')
  const before = Array.from({ length: 60 }, (_, at) => ({
    ...said400(at + 1_000),
    createdAt: ago(48 + at),
    receivedAt: ago(48 + at),
    status: at % 2 ? 'done' : 'open',
  }))
  await fill(system, [...Array.from({ length: 399 }, (_, at) => said400(at)), ...before])
  await sendWithImage()
  page = await openConsole(browser, system)
  page.setDefaultTimeout(20_000)
  page.on('pageerror', (error) => wrong.push(error.message))
  page.on('console', (message) => {
    if (/Content Security Policy|Trusted/i.test(message.text())) wrong.push(message.text())
  })
  // Visits half an hour apart are two; nothing but the time of the last one is made up.
  await page.context().route('**/v1/visits*', (route) => route.fulfill({ json: { since } }))
  await page.reload()
})
afterAll(() => browser.close())

/** One from the widget: with a screenshot, and what happened just before. */
async function sendWithImage(): Promise<void> {
  const id = newId()
  const image = makePng(1_200, 800)
  const answer = await system.submit({
    id,
    message: 'The calendar is empty after I log in',
    crumbs: [{ at: ago(0.01), type: 'request', message: 'GET /calendar', data: { status: 500 } }],
    attachments: [{ type: 'image/png', bytes: image.length }],
  })
  const { upload = [] } = (await answer.json()) as Receipt
  const query = `key=${system.publishableKey}&upload=${upload[0]}`
  await fetch(`${system.origin}/v1/feedback/${id}/attachments/0?${query}`, { method: 'PUT', body: image })
  await system.runSchedule()
}

const press = async (...keys: string[]) => {
  for (const key of keys) await page.keyboard.press(key)
}
const sideCount = (name: string) =>
  page
    .getByRole('navigation', { name: 'Views' })
    .getByRole('link', { name: new RegExp(`^${name}\\b`) })
    .locator('.view-count')
    .innerText()
const listCount = () => page.locator('.toolbar-count .in-words').innerText()
const numbersOf = (name: string) => page.getByRole('region', { name, exact: true })

async function undoAll(times: number): Promise<void> {
  for (let at = 0; at < times; at += 1) {
    const told = await said(page).innerText()
    await press('u')
    await expect.poll(() => said(page).innerText()).not.toBe(told)
    await said(page).getByText('Undone').waitFor()
  }
}

/** Everything that triage changes, of every item. */
async function desk(): Promise<Map<string, unknown>> {
  const all = new Map<string, unknown>()
  for (let cursor: string | null = ''; cursor !== null;) {
    const page: FeedbackList = await system.list(`?limit=200&spam=with${cursor && `&cursor=${cursor}`}`)
    for (const { id, status, labels, assignee, teamNotes, spam } of page.items) {
      all.set(id, { status, labels, assignee, teamNotes, spam })
    }
    cursor = page.next
  }
  return all
}

it('is new since the last visit: the side bar, the list and the collector count the same', async () => {
  await expect.poll(() => sideCount('New since last visit')).toBe('400')
  await press('g', 'w')
  await expect.poll(listCount).toBe('400')
  expect((await system.list(`?since=${since}&limit=1`)).total).toEqual({ count: 400, exact: true })
  expect(await sideCount('All feedback')).toBe('460')
})

it('has a score with its error bar, and each number opens just the items behind it', async () => {
  await press('g', 'b')
  const tile = numbersOf('Scores').getByRole('button', { name: /NPS/ })
  await tile.waitFor()
  const { total } = (await (await system.call(`/v1/insight/scores?scale=nps&by=week&since=${since}`)).json()) as Scores
  const told = await tile.innerText()
  expect(told).toContain(`${total.n} people`)
  expect(told).toContain(
    Math.round(total.value ?? Number.NaN)
      .toString()
      .replace('-', '−'),
  )
  const bugs = numbersOf('Volume').locator('tbody tr').filter({ hasText: /^Bug/ }).getByRole('link').last()
  const counted = await bugs.innerText()
  await bugs.click()
  await expect.poll(listCount).toBe(counted)
  await page.goBack()
  await tile.waitFor()
})

it('is read whole: the screenshot at any size, what happened before, and who said it and for whom', async () => {
  await press('g', 'w', '/')
  await page.keyboard.type('calendar empty')
  await expect.poll(() => listed(page)).toEqual(['The calendar is empty after I log in'])
  await press('Enter')
  await rows(page).first().click()
  await pane(page).getByRole('region', { name: 'Just before' }).getByText('GET /calendar').waitFor()
  const thumb = pane(page).getByRole('button', { name: /^Image 1 of 1/ })
  await thumb.click()
  await page.waitForFunction(
    () => (document.querySelector<HTMLImageElement>('.viewer img')?.naturalWidth ?? 0) === 1_200,
  )
  await press('Escape')
  expect(await thumb.evaluate((button) => button === document.activeElement)).toBe(true)
  // One Escape empties the field, the next one leaves it.
  await page.getByRole('searchbox').focus()
  await press('Escape', 'Escape')
  await rows(page).getByText('The invoice 0 has no total').click()
  await press('p')
  await page.getByRole('heading', { name: 'Ada Okafor', level: 2 }).waitFor()
  await page.goBack()
  await pane(page).locator('.words').getByText('The invoice 0 has no total').waitFor()
  await press('Shift+P')
  await page.getByRole('heading', { name: 'Acme Dental', level: 2 }).waitFor()
  await page.getByRole('complementary').getByText('120,000 a year').waitFor()
})

it('is triaged by keyboard, twenty at once and one by one, and undo gives back everything', async () => {
  const before = await desk()
  await press('g', 'w')
  await rows(page).nth(3).waitFor()
  await press('j', 'x')
  for (let at = 1; at < 20; at += 1) await press('Shift+J')
  await page.getByRole('toolbar', { name: '20 items selected' }).waitFor()
  await press('s')
  await page.keyboard.type('plan')
  await press('Enter')
  await said(page).getByText('Marked 20 items as planned').waitFor()
  await expect.poll(() => sideCount('Planned')).toBe('20')
  await press('i')
  await said(page).getByText('Assigned 20 items to you').waitFor()
  await press('Escape', 'j', 'n')
  await page.keyboard.type('Ask them for the browser')
  await press('Control+Enter')
  await said(page).getByText('Added a note').waitFor()
  await press('Escape', 'e')
  await said(page).getByText('Marked it as done').waitFor()
  await undoAll(4)
  expect(await desk()).toEqual(before)
})

it('is changed by filter, all of it, and all of it back', async () => {
  const before = await desk()
  const many = [...before.values()].filter((item) => (item as Feedback).status === 'new').length
  await press('g', 'n', 'Escape')
  await expect.poll(listCount).toBe(String(many))
  await press('Control+a', 'Control+a')
  await page.getByRole('toolbar', { name: `${many} items selected` }).waitFor()
  await press('!')
  await said(page).getByText('spam').waitFor()
  await expect.poll(() => sideCount('Spam')).toBe(String(many))
  await expect.poll(() => sideCount('All feedback')).toBe(String(460 - many))
  await undoAll(1)
  await expect.poll(() => sideCount('Spam')).toBe('0')
  expect(await desk()).toEqual(before)
})

it('is searched, narrowed, saved and shared, and is the same screen after a reload and on the way back', async () => {
  await page.goto(`${system.origin}/console/inbox?q=invoice&not.kind=bug`)
  const found = (await system.list('?q=invoice&not.kind=bug&limit=200')).items.length
  await expect.poll(listCount).toBe(String(found))
  await press('Shift+S')
  await page.getByRole('textbox', { name: 'Name' }).fill('Invoices')
  await page.getByText('Everybody', { exact: true }).click()
  await press('Enter')
  await said(page).getByText('Saved the view “Invoices”').waitFor()
  await expect.poll(() => sideCount('Invoices')).toBe(String(found))
  const words = await listed(page)
  await page.reload()
  await expect.poll(() => listed(page)).toEqual(words)
  await press('g', 'i')
  await expect.poll(listCount).toBe('460')
  await page.goBack()
  await expect.poll(() => listed(page)).toEqual(words)
})

it('is exported: the file opens, with exactly the rows that are listed', async () => {
  const { items } = await system.list('?q=invoice&not.kind=bug&limit=200')
  // A dialog of the operating system would be in the way.
  await page.evaluate(() => Reflect.deleteProperty(window, 'showSaveFilePicker'))
  await press('Shift+E')
  const start = page
    .getByRole('dialog', { name: 'Export' })
    .getByRole('button', { name: `Export ${items.length} rows` })
  const [file] = await Promise.all([page.waitForEvent('download'), start.click()])
  const bytes = await buffer(await file.createReadStream())
  const table = Papa.parse<Record<string, string>>(bytes.toString('utf8').replace(/^\uFEFF/, ''), {
    header: true,
    skipEmptyLines: true,
  })
  expect(table.errors).toEqual([])
  expect(table.data.map(({ Message }) => Message ?? '').toSorted()).toEqual(
    items.map(({ message }) => message).toSorted(),
  )
  expect(wrong).toEqual([])
})
