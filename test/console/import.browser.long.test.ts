import { text } from 'node:stream/consumers'
import Papa from 'papaparse'
import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { launchBrowser } from '../support/chromium.ts'
import { startSystem, type System } from '../support/system.ts'
import { violationsOf } from './axe.ts'
import { openConsole } from './desk.ts'

let browser: Browser
let system: System

beforeAll(async () => {
  browser = await launchBrowser()
  system = await startSystem('Import desk')
})
afterAll(() => browser.close())

/** As UserVoice documents its export. */
const ideas = Array.from({ length: 1_203 }, (_, i) => ({
  'suggestion.id': String(90_000 + i),
  'suggestion.title': `Idea ${i}: dark mode`,
  'suggestion.body': i % 3 === 0 ? '' : `Because of “eyes”,\r\nand =SUM(A1) – ${i}`,
  'suggestion.created_timestamp':
    i === 4 || i === 900 ? 'yesterday' : `2024-03-${String((i % 28) + 1).padStart(2, '0')} 14:30:00`,
  'suggestion.status.name': i % 2 ? 'Under Review' : 'planned',
  'suggestion.labels.name': 'ui, night',
  'suggestion.forum.name': 'General',
  'user.email_address': `voter${i % 90}@example.com`,
  'user.name': `Voter ${i % 90}`,
}))
const csv = Papa.unparse(ideas)

const openImport = async (options = {}): Promise<Page> => {
  const page = await openConsole(browser, system, '/console/inbox', options)
  await page.getByRole('link', { name: 'Import' }).click()
  await page.getByRole('button', { name: 'Choose a file' }).waitFor()
  return page
}

const give = (page: Page, name: string, content: string | Buffer) =>
  page.getByLabel('CSV file').setInputFiles({ name, mimeType: 'text/csv', buffer: Buffer.from(content) })

const kept = async (query: string) => (await system.list(`?limit=200&${query}`)).items

describe('importing a table in the console', () => {
  it('recognises an export, shows ten rows as they will be, stores them, and hands back what was refused', async () => {
    const page = await openImport({ bypassCSP: true })
    expect(await violationsOf(page)).toEqual([])
    await give(page, 'ideas.csv', csv)
    await page.getByText('1,203 rows, 9 columns, from UserVoice by the look of it').waitFor()
    const forOf = (name: string) => page.getByLabel(`What “${name}” is for`)
    const matched = await Promise.all(Object.keys(ideas[0]!).map((name) => forOf(name).inputValue()))
    expect(matched).toEqual([
      'id',
      'message',
      'message',
      'createdAt',
      'status',
      'label',
      'tag',
      'person.email',
      'person.name',
    ])
    await forOf('suggestion.status.name').selectOption('tag')
    await page.getByLabel('Name of the tag for “suggestion.status.name”').fill('stage')
    await page.getByLabel('Time zone of times without one').selectOption('Europe/Berlin')
    const preview = page.getByRole('region', { name: 'Preview' }).getByRole('listitem')
    expect(await preview.count()).toBe(10)
    expect(await preview.nth(4).textContent()).toMatch(/Line 8.*Will be refused\. "yesterday" is no date\.$/)
    expect(await preview.nth(1).innerText()).toMatch(/voter1@example\.com[^]*Idea 1: dark mode\n\nBecause of “eyes”/)
    await page.getByText('2 rows of 1,203 will be refused').waitFor()
    expect(await violationsOf(page)).toEqual([])
    await page.getByRole('button', { name: 'Import 1,201 rows' }).click()
    await page.getByText('The import is complete').waitFor()
    expect(await page.locator('.import-tally').innerText()).toMatch(/Stored\s+1,201\s+There already\s+0\s+Refused\s+2/)
    expect(await violationsOf(page)).toEqual([])
    const [download] = await Promise.all([
      page.waitForEvent('download'),
      page.getByRole('button', { name: 'Download 2 refused rows' }).click(),
    ])
    const refused = Papa.parse<Record<string, string>>((await text(await download.createReadStream())).slice(1), {
      header: true,
      skipEmptyLines: true,
    }).data
    expect(refused).toMatchObject([{ 'suggestion.id': '90004' }, { 'suggestion.id': '90900', 'user.name': 'Voter 0' }])
    expect(refused[0]?.['Reason']).toContain('is no date')

    await page.getByRole('button', { name: 'Show them in the inbox' }).click()
    await page.waitForURL(/source=uservoice/)
    const [one] = await kept('q="Idea 7"')
    expect(one).toMatchObject({
      message: 'Idea 7: dark mode\n\nBecause of “eyes”,\r\nand =SUM(A1) – 7',
      createdAt: '2024-03-08T13:30:00.000Z',
      kind: 'idea',
      source: 'uservoice',
      externalId: '90007',
      labels: ['ui', 'night'],
      tags: { stage: 'Under Review', 'forum.name': 'General' },
      person: { email: 'voter7@example.com', name: 'Voter 7', verified: false },
    })
    await page.context().close()
  })

  it('stores nothing twice, and goes on after a pause and a cut connection', async () => {
    const page = await openImport()
    await give(page, 'ideas.csv', csv)
    await page.getByText('rows of 1,203 will be refused').waitFor()
    let asked = 0
    await page.route('**/v1/import?*', async (route) => {
      asked++
      if (asked === 1) await page.getByRole('button', { name: 'Pause' }).click()
      if (asked >= 2 && asked <= 5) return route.abort()
      return route.continue()
    })
    await page.getByRole('button', { name: 'Import 1,201 rows' }).click()
    await page.getByText('Paused').waitFor()
    await page.getByRole('button', { name: 'Go on' }).click()
    await page.getByRole('alert').getByText('could not be reached').waitFor({ timeout: 20_000 })
    await page.getByRole('button', { name: 'Try again' }).click()
    await page.getByText('The import is complete').waitFor()
    expect(await page.locator('.import-tally').innerText()).toMatch(/Stored\s+0\s+There already\s+1,201\s+Refused\s+2/)
    expect((await system.list('?source=uservoice')).total.count).toBe(1_201)
    await page.context().close()
  })

  it('keeps what is stored when it is cancelled, and the same file goes on from there', async () => {
    const page = await openImport()
    const rows = Array.from({ length: 1_203 }, (_, i) => ({
      Feedback: `Cancelled midway ${i}`,
      Name: `Voter ${i % 90}`,
    }))
    let asked = 0
    await page.route('**/v1/import?*', async (route) => {
      asked++
      // The second batch is on its way for as long as nobody cancels.
      if (asked === 2) return page.getByRole('button', { name: 'Cancel the import' }).click()
      return route.continue()
    })
    await give(page, 'midway.csv', Papa.unparse(rows))
    await page.getByRole('button', { name: 'Import 1,203 rows' }).click()
    await page.getByText('The import was cancelled').waitFor()
    await page.getByText('What is stored stays.').waitFor()
    const stored = Number(/Stored\s+(\d+)/.exec(await page.locator('.import-tally').innerText())?.[1])
    expect(stored).toBeGreaterThan(0)
    expect(stored).toBeLessThan(1_203)
    expect((await system.list('?q=%22cancelled+midway%22')).total.count).toBe(stored)
    await page.unroute('**/v1/import?*')
    await page.getByRole('button', { name: 'Import another file' }).click()
    await give(page, 'midway.csv', Papa.unparse(rows))
    await page.getByRole('button', { name: 'Import 1,203 rows' }).click()
    await page.getByText('The import is complete').waitFor()
    expect((await system.list('?q=%22cancelled+midway%22')).total.count).toBe(1_203)
    await page.context().close()
  })

  it('reads what spreadsheets of Windows write, on a phone, and says what is no table', async () => {
    const page = await openImport({ bypassCSP: true })
    await page.setViewportSize({ width: 360, height: 780 })
    await give(page, 'survey.xlsx', 'PK\u0003\u0004')
    await page.getByRole('alert').getByText('save the sheet as “CSV UTF-8”').waitFor()

    const western =
      'Datum;Wie zufrieden sind Sie? (CSAT);Kommentar\r\n31.01.2026 09:30;2;Gr\u00fc\u00dfe\r\n1.2.2026 10:00;7;"a;b"\r\n'
    await give(page, 'umfrage.csv', Buffer.from(western, 'latin1'))
    expect(await page.getByLabel('Encoding').inputValue()).toBe('windows-1252')
    expect(await page.getByLabel('Delimiter').inputValue()).toBe(';')
    await page.getByLabel('What “Kommentar” is for').selectOption('message')
    await page.getByLabel('What “Datum” is for').selectOption('createdAt')
    await page.getByLabel('What “Wie zufrieden sind Sie? (CSAT)” is for').selectOption('rating')
    await page.getByLabel('How dates are written').selectOption('')
    await page.getByText('2 rows have a date that can be read in two ways.').waitFor()
    expect(await page.getByRole('button', { name: 'Import 0 rows' }).isDisabled()).toBe(true)
    await page.getByLabel('How dates are written').selectOption('dmy')
    await page.getByLabel('Lowest is best').check()
    await page.getByText('All 2 rows can be taken.').waitFor()
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBe(360)
    expect(await violationsOf(page)).toEqual([])
    await page.getByLabel('Delimiter').selectOption(',')
    await page.getByText('2 rows, 1 column').waitFor()

    await page.getByRole('button', { name: 'Choose another file' }).click()
    const wide = Buffer.from('\ufeffScore\tComment\n4\t日本語の意見をここに書きます、とても長い\n5\t"cut', 'utf16le')
    await give(page, 'answers.txt', wide)
    await page.getByRole('alert').getByText('From line 3 on this is no CSV: a quote opens there').waitFor()
    expect(await page.getByLabel('Encoding').inputValue()).toBe('utf-16le')
    expect(await page.getByLabel('What “Score” is for').inputValue()).toBe('rating')
    expect(
      await page
        .getByRole('button', { name: /^Import/ })
        .last()
        .isDisabled(),
    ).toBe(true)
    await page.context().close()
  })
})
