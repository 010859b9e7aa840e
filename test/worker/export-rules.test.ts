import ExcelJS from 'exceljs'
import { describe, expect, it } from 'vitest'
import type { EndMark, Feedback, SurveyDefinition } from '../../sdk/wire/index.ts'
import type { Column } from '../../worker/export/column.ts'
import { csvCell, csvHead } from '../../worker/export/csv.ts'
import { serialOf } from '../../worker/export/sheet.ts'
import { columnName, cutToCell, sheetText } from '../../worker/export/sheet-text.ts'
import { columnsOf, pickColumns, readKeys } from '../../worker/export/table.ts'
import { streamXlsx } from '../../worker/export/xlsx.ts'
import { clockText, wallClock } from '../../worker/export/zone.ts'

const item = (given: Partial<Feedback> = {}): Feedback => ({
  id: '0198c5a2-7d1e-7c3a-9b52-0d6d7c1f4e11',
  reference: 'DNY1YKGH',
  change: 1,
  kind: 'bug',
  message: 'words',
  status: 'new',
  environment: 'production',
  createdAt: '2026-11-22T09:30:00.250Z',
  receivedAt: '2026-11-22T09:30:01.000Z',
  updatedAt: '2026-11-22T09:30:01.000Z',
  tags: {},
  labels: [],
  person: null,
  page: null,
  source: 'widget',
  ...given,
})
const known = (...names: string[]) => names.map((name) => ({ name, firstSeenAt: '2026-01-01T00:00:00.000Z' }))
const survey = (id: string, version: number, text: string): SurveyDefinition => ({
  id,
  version,
  language: 'en',
  questions: [
    { id: 'score', type: 'nps', text: { en: text } },
    {
      id: 'why',
      type: 'multiple',
      text: { en: 'Why?' },
      choices: [
        { id: 'a', text: { en: 'Slow, at times' } },
        { id: 'b', text: { en: 'Dear' } },
      ],
    },
  ],
})
const cellsOf = (columns: readonly Column[], one: Feedback) =>
  Object.fromEntries(columns.map(({ key, cell }) => [key, cell(one)]).filter(([, value]) => value !== undefined))

describe('a cell of a CSV', () => {
  it.each([
    ['=1', "'=1"],
    ['\u0000x', "'\u0000x"],
    ['\r', '"\'\r"'],
    ['＠x', "'＠x"],
    ["'=1", "''=1"],
    ["'tis", "'tis"],
    ['a=1', 'a=1'],
    [' a', '" a"'],
    ['\uFEFFa', '"\uFEFFa"'],
    ['a\u00A0', '"a\u00A0"'],
    ['', ''],
    [-1, '-1'],
    [true, 'true'],
    [undefined, ''],
  ])('%j is written %j', (value, written) => {
    expect(csvCell(value, { guard: true, bom: false, delimiter: 'comma' })).toBe(written)
  })

  it('is guarded in headers too, where a name would run', () => {
    const column: Column = { key: 'k', header: '=1+1', group: 'field', cell: () => undefined }
    expect(csvHead([column], { guard: true, bom: false, delimiter: 'comma' })).toBe("'=1+1\r\n")
  })
})

describe('a cell of a sheet', () => {
  it.each([
    ['a\u0000b\u001F\u007F', 'a_x0000_b_x001F_\u007F'],
    ['line\r\nline\n\ttab', 'line_x000D_\nline\n\ttab'],
    ['_x0041_ _x41_ __xABCD_', '_x005F_x0041_ _x41_ __x005F_xABCD_'],
    ['<&>"\'', '&lt;&amp;&gt;"\''],
    ['\uD83E\uDDFE \uD83E \uDDFE', '🧾 _xD83E_ _xDDFE_'],
    ['\uFFFE\uFFFF\uFFFD', '_xFFFE__xFFFF_\uFFFD'],
  ])('%j is written %j', (text, written) => expect(sheetText(text)).toBe(written))

  it('is cut beyond 32,767 characters, never inside one, and says so', () => {
    const whole = 'x'.repeat(32_767)
    expect(cutToCell(whole)).toBe(whole)
    for (const text of ['🧾'.repeat(20_000), `x${'🧾'.repeat(20_000)}`]) {
      const cut = cutToCell(text)
      expect(cut.length).toBeLessThanOrEqual(32_767)
      expect(cut.length).toBeGreaterThan(32_760)
      expect(cut.isWellFormed()).toBe(true)
      expect(cut).toContain(`${text.length} characters`)
    }
  })

  it('is a date from March 1900 to 9999, which is what spreadsheets know', () => {
    expect(serialOf(Date.UTC(2026, 0, 1, 12))).toBe(46_023.5)
    expect(serialOf(Date.UTC(1900, 2, 1))).toBe(61)
    expect(serialOf(Date.UTC(1900, 1, 28))).toBeNull()
    expect(serialOf(Date.UTC(10_000, 0, 1))).toBeNull()
  })

  it('stands in a column with a name', () => {
    expect([0, 25, 26, 701, 702, 16_383].map(columnName)).toEqual(['A', 'Z', 'AA', 'ZZ', 'AAA', 'XFD'])
  })
})

describe('a wall clock', () => {
  it.each([
    ['Europe/Berlin', '2026-10-25T00:59:59Z', '2026-10-25 02:59:59'],
    ['Europe/Berlin', '2026-10-25T01:00:00Z', '2026-10-25 02:00:00'],
    ['Asia/Kathmandu', '2026-11-22T18:20:00Z', '2026-11-23 00:05:00'],
    // Clocks in Newfoundland changed at a minute past midnight until 2011.
    ['America/St_Johns', '2010-03-14T03:30:59Z', '2010-03-14 00:00:59'],
    ['America/St_Johns', '2010-03-14T03:31:00Z', '2010-03-14 01:01:00'],
    ['America/New_York', '1883-11-18T16:00:00Z', '1883-11-18 11:03:58'],
  ])('in %s shows %s as %s', (zone, at, shown) => {
    const clock = wallClock(zone)
    // The one before it fills what is remembered.
    clock(Date.parse(at) - 60_000)
    expect(clockText(clock(Date.parse(at)))).toBe(shown)
  })
})

describe('the columns of a table', () => {
  it('come from the catalogue, with headers and keys that nothing of a project’s can take', () => {
    const names = known('tag.message', 'tag.ID', 'trait.message', 'context.cart', 'question.q', 'release', 'label.x')
    const { all, shown } = columnsOf({ names, surveys: [survey('nps', 1, 'q (q)')] }, 'wide', 'Asia/Tokyo')
    for (const part of ['key', 'header'] as const) expect(new Set(all.map((one) => one[part])).size).toBe(all.length)
    const cells = cellsOf(shown, item({ tags: { message: 'tagged', ID: '=1' }, context: { cart: { items: 2 } } }))
    expect(cells).toMatchObject({
      message: 'words',
      'tag.message': 'tagged',
      'tag.ID': '=1',
      'context.cart': '{"items":2}',
      createdAt: '2026-11-22T09:30:00.250Z',
      localTime: '2026-11-22 18:30:00',
    })
    expect(shown.map(({ header }) => header)).toContain('Received at (Asia/Tokyo)')
  })

  it('tell headers apart that were made to look alike', () => {
    const surveys = [survey('nps', 1, 'How?')]
    const { all } = columnsOf({ names: known('question.How? (nps.score)'), surveys }, 'wide', null)
    const headers = all.map(({ header }) => header).filter((header) => header.startsWith('Question: How?'))
    expect(headers).toEqual(['Question: How? (nps.score)', 'Question: How? (nps.score) [question.How? (nps.score)]'])
  })

  it('hold the 500 oldest names, the rest in one of JSON, so that nothing is lost and a new name moves nothing', () => {
    const names = Array.from({ length: 620 }, (_, i) => ({
      name: `tag.n${String(i).padStart(3, '0')}`,
      firstSeenAt: new Date(Date.UTC(2026, 0, 1) + (i < 100 ? 1_000_000 : i)).toISOString(),
    }))
    const { all, shown } = columnsOf({ names, surveys: [] }, 'wide', null)
    const keys = shown.map(({ key }) => key).filter((key) => key.startsWith('tag.'))
    expect(keys).toHaveLength(500)
    expect(keys[0]).toBe('tag.n100')
    expect(shown.at(-1)?.header).toBe('More (JSON, with 120 names beyond 500)')
    expect(cellsOf(shown, item({ tags: { n000: 1, n100: 2, n619: 3 } }))).toMatchObject({
      'tag.n100': 2,
      more: '{"tag.n000":1,"tag.n619":3}',
    })
    const picked = pickColumns(all, ['tag.n000']) as Column[]
    expect(picked[0]?.cell(item({ tags: { n000: 1 } }))).toBe(1)
  })

  it('have one for each question of each survey, and lose no answer to one that is gone', () => {
    const surveys = [
      survey('nps', 2, 'How likely now?'),
      survey('nps', 1, 'How likely?'),
      survey('csat', 1, 'How good?'),
    ]
    const { shown } = columnsOf(
      { names: known('question.score', 'question.why', 'question.old'), surveys },
      'wide',
      null,
    )
    expect(shown.flatMap(({ group, header }) => (group === 'question' ? [header] : []))).toEqual([
      'Question: How likely now? (nps.score)',
      'Question: Why? (nps.why)',
      'Question: How good? (csat.score)',
      'Question: Why? (csat.why)',
      'Question: old',
    ])
    const answers = [
      { question: 'score', value: 9 },
      { question: 'why', value: ['a', 'x,y'] },
      { question: 'score', value: 10 },
    ]
    expect(cellsOf(shown, item({ survey: { id: 'nps', version: 2, answers } }))).toMatchObject({
      'answer.nps.score': 9,
      'answer.nps.why': 'a, "x,y"',
      more: '{"question.score":10}',
    })
    const gone = cellsOf(
      shown,
      item({ survey: { id: 'gone', version: 1, answers: [{ question: 'score', value: 1 }] } }),
    )
    expect(gone).toMatchObject({ more: '{"question.score":1}' })
  })

  it('are one row an answer in the shape long, with what was asked and what was seen', () => {
    const { shown, rowsOf } = columnsOf({ names: [], surveys: [survey('nps', 1, 'How likely?')] }, 'long', null)
    const one = item({ survey: { id: 'nps', version: 1, answers: [{ question: 'why', value: ['a', 'b'] }] } })
    expect(rowsOf(item())).toEqual([])
    const [answer] = rowsOf(one)
    const cell = (key: string) => shown.find((column) => column.key === key)?.cell(one, answer)
    expect(['survey', 'question', 'questionText', 'questionType', 'answer', 'answerText', 'message'].map(cell)).toEqual(
      ['nps', 'why', 'Why?', 'multiple', 'a, b', '"Slow, at times", Dear', 'words'],
    )
  })

  it('carry everything that an item can hold', () => {
    const whole = item({
      rating: { scale: 'nps', value: 7 },
      person: { id: 'u1', verified: true, account: { id: 'a1', traits: { size: 'leaf-1' } } },
      page: { viewport: { width: 1, height: 2, ratio: 1.5 }, device: { userAgent: 'leaf-2' } },
      crumbs: [{ at: 'leaf-3', message: 'leaf-4' }],
      attachments: [{ type: 'image/png', bytes: 1, url: 'https://leaf-5' }],
      teamNotes: [{ id: '1', text: 'leaf-6', author: 'a', createdAt: 'x' }],
      notes: [{ path: 'leaf-7' } as NonNullable<Feedback['notes']>[number]],
      dropped: { 'leaf-8': 1 },
      externalId: 'leaf-9',
      mergedInto: 'leaf-10',
    })
    const written = JSON.stringify(cellsOf(columnsOf({ names: [], surveys: [] }, 'wide', null).shown, whole))
    const leaves = Array.from({ length: 10 }, (_, i) => `leaf-${i + 1}`)
    expect(leaves.filter((leaf) => !written.includes(leaf))).toEqual([])
    expect(written).toContain('"viewportRatio":1.5')
  })

  it('are picked by keys in order; a comma in a key is quoted as in CSV', () => {
    expect(readKeys('id,"tag.a, ""b""",message')).toEqual(['id', 'tag.a, "b"', 'message'])
    const { all } = columnsOf({ names: [], surveys: [] }, 'wide', null)
    expect((pickColumns(all, ['message', 'id']) as Column[]).map(({ key }) => key)).toEqual(['message', 'id'])
    expect(pickColumns(all, ['id', 'nope'])).toHaveProperty('wrong', expect.stringContaining("'nope'"))
    expect(pickColumns(all, ['id', 'id'])).toHaveProperty('wrong', "names 'id' twice")
  })
})

describe('a workbook', () => {
  const { shown } = columnsOf({ names: [], surveys: [] }, 'wide', null)
  const table = { columns: shown, rowsOf: () => [undefined] }
  async function* pages(count: number, fails = false): AsyncGenerator<Feedback[], EndMark> {
    for (let i = 0; i < count; i += 2) {
      yield Array.from({ length: Math.min(2, count - i) }, (_, n) => item({ message: `m${i + n}` }))
    }
    if (fails) throw new Error('The database went away.')
    return { end: true, count, erased: 1 }
  }
  const bytesOf = async (stream: ReadableStream<Uint8Array>) => Buffer.from(await new Response(stream).arrayBuffer())

  it('goes on in further sheets where one is full, and says of all how many rows they have', async () => {
    const book = new ExcelJS.Workbook()
    const bytes = await bytesOf(streamXlsx(table, pages(7), { facts: [['Project', 'P']], rowsMax: 3 }))
    await book.xlsx.load(bytes as unknown as ExcelJS.Buffer)
    expect(book.worksheets.map(({ name }) => name)).toEqual([
      'Feedback',
      'About this export',
      'Feedback 2',
      'Feedback 3',
    ])
    const column = shown.findIndex(({ key }) => key === 'message') + 1
    const rows = [0, 2, 3].map((at) => book.worksheets[at]?.getColumn(column).values.slice(1))
    expect(rows).toEqual([
      ['Message', 'm0', 'm1', 'm2'],
      ['Message', 'm3', 'm4', 'm5'],
      ['Message', 'm6'],
    ])
    const facts = book.worksheets[1]
      ?.getSheetValues()
      .slice(1)
      .map((row) => (row as unknown[]).slice(1))
    expect(facts).toContainEqual(['Rows', 7])
    expect(facts).toContainEqual(['Complete', expect.stringContaining('1 announced rows were erased')])
  })

  it('opens nowhere where it broke off', async () => {
    const chunks: Uint8Array[] = []
    const read = async () => {
      for await (const chunk of streamXlsx(table, pages(4, true), { facts: [] })) chunks.push(chunk)
    }
    await expect(read()).rejects.toThrow('The database went away.')
    const open = new ExcelJS.Workbook().xlsx.load(Buffer.concat(chunks) as unknown as ExcelJS.Buffer)
    await expect(open).rejects.toThrow(/zip|central/i)
  })
})
