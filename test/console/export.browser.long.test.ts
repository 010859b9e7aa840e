import { buffer } from 'node:stream/consumers'
import ExcelJS from 'exceljs'
import Papa from 'papaparse'
import type { Browser, Page } from 'playwright-core'
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import { launchBrowser } from '../support/chromium.ts'
import type { Receipt } from '../../sdk/wire/index.ts'
import { makePng } from '../support/images.ts'
import { newId, startSystem, type System } from '../support/system.ts'
import { violationsOf } from './axe.ts'
import { fill, openConsole } from './desk.ts'

let browser: Browser
let system: System
let page: Page

const nasty = '=cmd|’ /C calc’!A0, "quoted"\nand a second line'

beforeAll(async () => {
  browser = await launchBrowser()
  system = await startSystem()
  await fill(system, [
    { message: 'The waiting time at the desk is too long', tags: { plan: 'pro' }, labels: ['desk'] },
    { message: nasty, tags: { plan: 'free', 'seat, row': 'A, 4' }, labels: ['desk', 'reports'] },
    { message: 'Dark colours, please', kind: 'idea', tags: { plan: 'free' }, rating: { scale: 'csat', value: 2 } },
    {
      message: 'Fine',
      survey: {
        id: 'nps',
        version: 1,
        answers: [
          { question: 'score', value: 9 },
          { question: 'why', value: 'speed' },
        ],
      },
    },
    { message: 'Buy cheap watches', spam: true },
  ])
})
afterAll(() => browser.close())
afterEach(() => page.context().close())

const dialog = () => page.getByRole('dialog', { name: 'Export' })
const start = (name: string) => dialog().getByRole('button', { name, exact: true })

async function openExport(query = '', options = {}): Promise<void> {
  page = await openConsole(browser, system, `/console/inbox${query}`, options)
  // A dialog of the operating system would be in the way.
  await page.evaluate(() => Reflect.deleteProperty(window, 'showSaveFilePicker'))
  await page.keyboard.press('Shift+E')
  await dialog().getByRole('radio', { name: 'CSV' }).waitFor()
}

async function saved(name: string): Promise<Buffer> {
  const [file] = await Promise.all([page.waitForEvent('download'), start(name).click()])
  return buffer(await file.createReadStream())
}

const records = (bytes: Buffer) =>
  Papa.parse<string[]>(bytes.toString('utf8').replace(/^\uFEFF/, ''), { skipEmptyLines: true }).data

describe('an export from the console', () => {
  it('has what is listed, in the columns that were chosen, and says that it is whole', async () => {
    await openExport('?tag.plan=free')
    await dialog().getByText('2 rows: plan is free.').waitFor()
    await dialog().getByRole('radio', { name: 'Chosen ones' }).check()
    const chosen = dialog().getByRole('region', { name: 'Chosen columns' })
    for (const name of ['Kind', 'Rating', 'Status', 'Person name', 'Person e-mail', 'Account name', 'Page URL']) {
      await chosen.getByRole('button', { name: `Leave out ${name}` }).click()
    }
    await dialog().getByRole('searchbox').fill('seat')
    await page.keyboard.press('Enter')
    await dialog().getByRole('button', { name: 'Move Tag: seat, row up' }).click()
    const table = records(await saved('Export 2 rows'))
    expect(table).toEqual([
      ['Said at (UTC)', 'Message', 'Tag: seat, row', 'Labels'],
      [expect.any(String), 'Dark colours, please', '', ''],
      [expect.any(String), `'${nasty}`, 'A, 4', 'desk, reports'],
    ])
    await dialog().getByText('2 rows, whole.').waitFor()
    await dialog().getByRole('button', { name: 'Another export' }).click()
    expect(await dialog().getByRole('radio', { name: 'Chosen ones' }).isChecked()).toBe(true)
  })

  it('puts parts together, asks again for one that broke, and gives the file one end mark', async () => {
    await openExport()
    const asked: (string | null)[] = []
    await page.route('**/v1/export?*format=ndjson*', (route) => {
      const url = new URL(route.request().url())
      asked.push(url.searchParams.get('cursor'))
      url.searchParams.set('limit', '1')
      return asked.length === 3 ? route.abort() : route.continue({ url: url.toString() })
    })
    await dialog().getByText('1 item hidden as spam is left out.').waitFor()
    await dialog().getByRole('radio', { name: 'NDJSON' }).check()
    const lines = (await saved('Export 4 rows')).toString('utf8').trimEnd().split('\n')
    const parsed = lines.map((line) => JSON.parse(line) as object)
    expect(asked).toHaveLength(5)
    expect(asked[3]).toBe(asked[2])
    expect(parsed).toHaveLength(5)
    expect(parsed.at(-1)).toEqual({ end: true, count: 4 })
    expect(parsed).toMatchObject([{ message: 'Fine' }, { kind: 'idea' }, { message: nasty }, { labels: ['desk'] }, {}])
    await dialog().getByText('4 rows, whole.').waitFor()
  })

  it('writes a workbook into a file that was picked, one row an answer, and times in a zone', async () => {
    await openExport()
    await page.evaluate(() => {
      const pick = async ({ suggestedName }: { suggestedName: string }) => {
        const folder = await navigator.storage.getDirectory()
        return folder.getFileHandle(suggestedName, { create: true })
      }
      Object.assign(window, { showSaveFilePicker: pick })
    })
    await dialog()
      .getByRole('radio', { name: /^Excel/ })
      .check()
    await dialog().getByRole('radio', { name: 'One for each survey answer' }).check()
    await dialog().getByLabel('Times in').selectOption('Asia/Tokyo')
    await start('Export 2 rows').click()
    await dialog().getByText('2 rows, whole.').waitFor()
    const bytes = await page.evaluate(async () => {
      const folder = await navigator.storage.getDirectory()
      for await (const handle of folder.values()) {
        if (handle instanceof FileSystemFileHandle)
          return [...new Uint8Array(await (await handle.getFile()).arrayBuffer())]
      }
      return []
    })
    const book = new ExcelJS.Workbook()
    await book.xlsx.load(Buffer.from(bytes) as unknown as ExcelJS.Buffer)
    const [sheet, about] = book.worksheets
    const rows = sheet?.getSheetValues().slice(1) as unknown[][]
    const answer = rows[0]?.indexOf('Answer') ?? 0
    expect(rows.map((row) => row[answer])).toEqual(['Answer', 9, 'speed'])
    expect(rows[0]).toContain('Said at (Asia/Tokyo)')
    expect(about?.getColumn(2).values).toContain('Asia/Tokyo')
  })

  it('takes the images along in an archive when asked to', async () => {
    const announced = { id: newId(), message: 'Look at this', attachments: [{ type: 'image/png', bytes: 9 }] }
    const { id, upload } = (await (await system.submit(announced)).json()) as Receipt
    const slot = `/v1/feedback/${id}/attachments/0?key=${system.publishableKey}&upload=${upload?.[0]}`
    await fetch(system.origin + slot, { method: 'PUT', body: makePng(5, 5) })
    await openExport('?has=screenshot')
    await dialog().getByLabel('With the images').check()
    const [file] = await Promise.all([page.waitForEvent('download'), start('Export 1 row').click()])
    expect(file.suggestedFilename()).toMatch(/^earshot-[\d-]+\.zip$/)
    const archive = await buffer(await file.createReadStream())
    expect(archive.subarray(0, 2).toString()).toBe('PK')
    // What is compressed already stands in it as it is.
    expect(archive.includes(Buffer.from(makePng(5, 5)))).toBe(true)
    await dialog().getByText('whole.').waitFor()
    // A workbook has one, and this is an archive of a CSV.
    expect(await dialog().getByText('second sheet').count()).toBe(0)
    await system.call(`/v1/feedback/${id}`, { method: 'DELETE' })
  })

  it('can be cancelled, and then nothing is saved', async () => {
    await openExport()
    let release = (): void => undefined
    await page.route('**/v1/export?*limit=20000*', async (route) => {
      await new Promise<void>((resolve) => (release = resolve))
      await route.continue().catch(() => undefined)
    })
    let downloads = 0
    page.on('download', () => (downloads += 1))
    await start('Export 4 rows').click()
    await page.keyboard.press('Escape')
    await dialog().waitFor({ state: 'hidden' })
    await page.keyboard.press('Shift+E')
    await dialog().getByRole('progressbar').waitFor()
    await dialog().getByRole('button', { name: 'Cancel the export' }).click()
    await start('Export 4 rows').waitFor()
    release()
    expect(downloads).toBe(0)
  })

  it('says what happened and what to do where it is refused', async () => {
    await openExport()
    const problem = { title: 'Key without the scope', status: 403, code: 'no-scope', detail: 'The role lacks export.' }
    await page.route('**/v1/export?*limit=20000*', (route) =>
      route.fulfill({ status: 403, contentType: 'application/problem+json', body: JSON.stringify(problem) }),
    )
    await start('Export 4 rows').click()
    const alert = dialog().getByRole('alert')
    await expect
      .poll(() => alert.innerText())
      .toBe('The role lacks export. Ask an admin of this project for the right to do this.')
    await dialog().getByRole('button', { name: 'Choose and try again' }).click()
    await start('Export 4 rows').waitFor()
  })

  it('says how to go on where there are more images than one request can fetch', async () => {
    await openExport()
    const detail =
      'The selection has more than 800 images, which one request cannot fetch. Narrow it, by dates for example.'
    const issues = [{ path: 'attachments', reason: 'more than 800 images' }]
    const problem = { title: 'Too large', status: 413, code: 'too-large', detail, issues }
    let query = ''
    await page.route('**/v1/export?*attachments=zip*', (route) => {
      query = new URL(route.request().url()).search
      return route.fulfill({ status: 413, contentType: 'application/problem+json', body: JSON.stringify(problem) })
    })
    await dialog()
      .getByLabel(/^With the images/)
      .check()
    await start('Export 4 rows').click()
    await expect.poll(() => dialog().getByRole('alert').innerText()).toBe(detail)
    expect(query).toContain('attachments=zip')
    await dialog().getByRole('button', { name: 'Choose and try again' }).click()
    expect(
      await dialog()
        .getByLabel(/^With the images/)
        .isChecked(),
    ).toBe(true)
  })

  it.each([
    { colorScheme: 'light', viewport: { width: 1440, height: 900 } },
    { colorScheme: 'dark', viewport: { width: 360, height: 740 } },
  ] as const)('is clean for axe and fits, $colorScheme at $viewport.width pixels', async (look) => {
    await openExport('?tag.plan=free', { ...look, bypassCSP: true })
    await dialog().getByRole('radio', { name: 'Chosen ones' }).check()
    await dialog().getByRole('region', { name: 'Further columns' }).waitFor()
    const violations = await violationsOf(page, ['.rows-all'])
    await saved('Export 2 rows')
    await dialog().getByText('2 rows, whole.').waitFor()
    violations.push(...(await violationsOf(page, ['.rows-all'])))
    expect(violations).toEqual([])
    const isWide = await dialog().evaluate((element) => element.scrollWidth > element.clientWidth)
    expect(isWide).toBe(false)
  })
})
