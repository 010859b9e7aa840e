import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import ExcelJS from 'exceljs'
import Papa from 'papaparse'
import { beforeAll, describe, expect, it } from 'vitest'
import type { EndMark, Feedback } from '../../sdk/wire/index.ts'
import { launchBrowser } from '../support/chromium.ts'
import { isLeftOut } from '../support/engines.ts'
import { nasty } from '../support/nasty.ts'
import { findOffice, type Opened, openInOffice } from '../support/office.ts'
import { newId, startSystem, type System } from '../support/system.ts'

let system: System
/** What was sent, by id. */
const sent = new Map<string, string>()
/** What goes in at the form, in a browser. */
const typed = ['formula', 'dynamic data exchange', 'full-width equals', 'emoji', 'right to left', 'bidi controls']

beforeAll(async () => {
  system = await startSystem()
  for (const [name, message] of Object.entries(nasty)) {
    const id = newId()
    sent.set(id, message)
    const response = await system.submit({
      id,
      message,
      tags: { copy: message.length > 250 ? name : message, '=1+1': 'a name that runs', number: -1.5 },
      person: { name: message.slice(0, 60), traits: { message: 'named like a field' } },
      context: { '\t=cell': { name } },
    })
    expect(response.status).toBe(201)
  }
})

const get = async (query: string) => {
  const response = await system.call(`/v1/export?${query}`)
  expect(response.status).toBe(200)
  return { response, bytes: Buffer.from(await response.arrayBuffer()) }
}

const workbookOf = async (bytes: Uint8Array) => {
  const book = new ExcelJS.Workbook()
  await book.xlsx.load(bytes as unknown as ExcelJS.Buffer)
  return book
}

/** The rows of a sheet as records, their cells as exceljs gives them. */
function recordsOf(sheet: ExcelJS.Worksheet): Record<string, ExcelJS.Cell>[] {
  const heads: [string, number][] = []
  sheet.getRow(1).eachCell((cell, column) => void heads.push([decoded(cell.text), column]))
  return Array.from({ length: sheet.rowCount - 1 }, (_, row) =>
    Object.fromEntries(heads.map(([head, column]) => [head, sheet.getCell(row + 2, column)])),
  )
}

/** ST_Xstring, for whatever a program leaves as it stands in the file. */
const decoded = (text: string) =>
  text.replace(/_x([0-9A-Fa-f]{4})_/g, (_, code: string) => String.fromCharCode(Number.parseInt(code, 16)))
const textOf = ({ value }: ExcelJS.Cell): string =>
  decoded(typeof value === 'string' ? value : value === null ? '' : `${typeof value}: ${JSON.stringify(value)}`)
/** What was said, as it is stored: UTF-8 has no lone surrogates, and a NUL is replaced on the way in. */
const said = (id: string) => (sent.get(id) ?? '').toWellFormed().replaceAll('\0', '\uFFFD')
/** The written rule of guards, taken back. */
const unguarded = (text: string) => text.replace(/^'(?='*[=+\-@\t\r\n\0＝＋－＠])/, '')
const cut = (text: string) => {
  if (text.length <= 32_767) return text
  const mark = ` … [cut here: ${text.length} characters; CSV, NDJSON and JSON hold them all]`
  const kept = text.slice(0, 32_767 - mark.length)
  return (kept.isWellFormed() ? kept : kept.slice(0, -1)) + mark
}
const formulasIn = (book: ExcelJS.Workbook) => {
  const found: string[] = []
  for (const sheet of book.worksheets) {
    sheet.eachRow((row) =>
      row.eachCell((cell) => void (cell.type === ExcelJS.ValueType.Formula && found.push(cell.address))),
    )
  }
  return found
}

describe('nasty texts', () => {
  it('come out of JSON and NDJSON exactly, to a strict parser', async () => {
    const items = JSON.parse((await get('format=json')).bytes.toString('utf8')) as Feedback[]
    expect(items.map(({ id, message }) => [id, message])).toEqual([...sent.keys()].map((id) => [id, said(id)]))
    const lines = (await get('format=ndjson')).bytes.toString('utf8').split('\n')
    expect(lines.pop()).toBe('')
    expect(JSON.parse(lines.pop() ?? '')).toEqual({ end: true, count: sent.size } satisfies EndMark)
    expect(lines.map((line) => JSON.parse(line) as Feedback)).toEqual(items)
  })

  it('come out of CSV exactly to Papa Parse, and by the rule of guards where those are on', async () => {
    for (const [guard, named, delimiter] of [
      ['on', 'comma', ','],
      ['off', 'comma', ','],
      ['on', 'semicolon', ';'],
      ['off', 'tab', '\t'],
    ]) {
      const { bytes } = await get(`format=csv&guard=${guard}&delimiter=${named}`)
      expect(bytes.subarray(0, 3)).toEqual(Buffer.from([0xef, 0xbb, 0xbf]))
      const { data, errors } = Papa.parse<string[]>(bytes.subarray(3).toString('utf8'), {
        delimiter,
        newline: '\r\n',
        skipEmptyLines: true,
      })
      expect(errors).toEqual([])
      const [heads = [], ...rows] = data
      const at = (row: string[], head: string) => row[heads.indexOf(head)] ?? 'no such column'
      const undone = guard === 'on' ? unguarded : (text: string) => text
      expect(rows.map((row) => undone(at(row, 'Message')))).toEqual([...sent.keys()].map(said))
      expect(heads).toContain('Tag: =1+1')
      expect(rows.every((row) => at(row, 'Tag: number') === '-1.5')).toBe(true)
      const runs = data.flat().filter((cell) => /^[=+\-@\t\r\n\0＝＋－＠]/.test(cell) && cell !== '-1.5')
      if (guard === 'on') expect(runs).toEqual([])
      else expect(runs.length).toBeGreaterThan(15)
    }
  })

  it('come out of XLSX by its written rules to exceljs: texts, numbers and dates, and no formula', async () => {
    const { bytes, response } = await get('format=xlsx&tz=Asia/Kathmandu')
    expect(response.headers.get('content-type')).toContain('spreadsheetml')
    const book = await workbookOf(bytes)
    expect(book.worksheets.map(({ name }) => name)).toEqual(['Feedback', 'About this export'])
    expect(formulasIn(book)).toEqual([])
    const [sheet, about] = book.worksheets as [ExcelJS.Worksheet, ExcelJS.Worksheet]
    const records = recordsOf(sheet)
    expect(records.map((record) => textOf(record['Message']!))).toEqual([...sent.keys()].map((id) => cut(said(id))))
    const items = JSON.parse((await get('format=json')).bytes.toString('utf8')) as Feedback[]
    for (const [i, record] of records.entries()) {
      const item = items[i]!
      expect(record['ID']!.value).toBe(item.id)
      expect(record['Tag: number']!.value).toBe(-1.5)
      expect(textOf(record['Tag: copy']!)).toBe(item.tags['copy'])
      expect(textOf(record['Person name']!)).toBe(item.person?.name ?? '')
      expect((record['Said at (UTC)']!.value as Date).toISOString()).toBe(item.createdAt)
      const local = new Date(Date.parse(item.createdAt) + 345 * 60_000).toISOString()
      expect((record['Said at (Asia/Kathmandu)']!.value as Date).toISOString()).toBe(local)
      expect(record['Person verified']!.value).toBe('false')
    }
    expect(sheet.views[0]).toMatchObject({ state: 'frozen', ySplit: 1 })
    expect(sheet.autoFilter).toBeTruthy()
    expect(sheet.getColumn(records[0]!['Message']!.col).width).toBe(60)
    const facts = Object.fromEntries(
      about
        .getSheetValues()
        .slice(1)
        .map((row) => (row as unknown[]).slice(1) as [string, unknown]),
    )
    expect(facts).toMatchObject({
      Rows: sent.size,
      'Time zone': 'Asia/Kathmandu',
      Filters: 'environment = production',
      'Left out as spam': 'None',
      'Cells that were cut': '2, which are longer than the 32,767 characters a cell holds',
    })
    expect(facts['Complete']).toMatch(/^Yes/)
  })
})

const office = findOffice()
const missing = office
  ? undefined
  : 'LibreOffice is not installed (Debian: libreoffice-calc; or set SOFFICE to its path)'

describe.skipIf(isLeftOut({ missing }))('LibreOffice', () => {
  const open = (name: string, bytes: Uint8Array, filter?: string) => {
    if (office === undefined) throw new Error(`EARSHOT_ENGINES=all, but ${missing}.`)
    return openInOffice(office, name, bytes, filter)
  }
  /**
   * What its own format can hold: lines end one way, a tab before a blank is the blank, and there are neither control
   * characters nor noncharacters.
   */
  const held = (text: string) =>
    text
      .replace(/\r\n?/g, '\n')
      .replaceAll('\t ', ' ')
      .replace(/[\u0001-\u0008\u000B\u000C\u000E-\u001F\uFFFE\uFFFF]/g, '')
  const columnOf = ({ rows: [heads = [], ...rows] }: Opened, head: string) =>
    rows.map((row) => row[heads.indexOf(head)] ?? '')

  it('opens the workbook and the CSV and holds the same cells, none of them a formula', async () => {
    const columns = 'format=csv&columns=id,message,tag.copy'
    const [xlsx, csv, german] = await Promise.all([
      get('format=xlsx'),
      get(columns),
      get(`${columns}&delimiter=semicolon`),
    ])
    // Comma, double quote, UTF-8, from line 1; the second column as text, the others as a double click takes them.
    const [book, table, split] = await Promise.all([
      open('export.xlsx', xlsx.bytes),
      open('export.csv', csv.bytes, 'CSV:44,34,76,1,1/1/2/2/3/1'),
      // Where Excel splits at semicolons, which it then finds there.
      open('german.csv', german.bytes, 'CSV:59,34,76,1,1/1/2/2/3/1'),
    ])
    expect([...book.formulas, ...table.formulas, ...split.formulas]).toEqual([])
    expect(split.rows).toEqual(table.rows)
    const ids = [...sent.keys()]
    expect(columnOf(book, 'ID')).toEqual(ids)
    expect(columnOf(book, 'Message').map(held)).toEqual(ids.map((id) => held(cut(said(id)))))
    expect(columnOf(table, 'Message').map((text) => held(unguarded(text)))).toEqual(ids.map((id) => held(said(id))))
  }, 120_000)
})

describe('the form of the widget', () => {
  it('takes them in a browser, and every format gives them back', async () => {
    const words = [...typed.map((name) => nasty[name] ?? ''), 'the end'].join('\n')
    const own = await startSystem('Typed')
    const browser = await launchBrowser()
    const shop = createServer()
    try {
      const page = await browser.newPage()
      const tag = `<script async src="${own.origin}/earshot.js" data-key="${own.publishableKey}"></script>`
      shop.on('request', (_, response) =>
        response.setHeader('content-type', 'text/html').end(`<!doctype html><h1>Shop</h1>${tag}`),
      )
      await new Promise<void>((resolve) => shop.listen(0, '127.0.0.1', resolve))
      await page.goto(`http://localhost:${(shop.address() as AddressInfo).port}/`)
      await page.getByRole('button', { name: /feedback/i }).click()
      await page.getByRole('textbox').first().fill(words)
      await page.getByRole('button', { name: 'Send', exact: true }).click()
      await page.getByText(/[0-9A-HJKMNP-TV-Z]{4}[ -]?[0-9A-HJKMNP-TV-Z]{4}/).waitFor()
    } finally {
      await browser.close()
      shop.close()
    }
    const bytesOf = async (query: string) => Buffer.from(await (await own.call(`/v1/export?${query}`)).arrayBuffer())
    const [item] = JSON.parse((await bytesOf('format=json')).toString('utf8')) as Feedback[]
    expect(item?.message).toBe(words)
    const [line = ''] = (await bytesOf('format=ndjson')).toString('utf8').split('\n')
    expect(JSON.parse(line)).toEqual(item)
    const { data } = Papa.parse<string[]>((await bytesOf('format=csv&bom=off&columns=message')).toString('utf8'))
    expect(data[1]).toEqual([`'${words}`])
    const book = await workbookOf(await bytesOf('format=xlsx&columns=message'))
    expect(textOf(book.worksheets[0]!.getCell('A2'))).toBe(words)
  })
})
