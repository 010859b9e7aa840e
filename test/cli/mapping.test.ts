import * as fc from 'fast-check'
import Papa from 'papaparse'
import { describe, expect, it } from 'vitest'
import { csvLine, readRows } from '../../sdk/mapping/csv.ts'
import { detectEncoding } from '../../sdk/mapping/encoding.ts'
import { scoreOf } from '../../sdk/mapping/score.ts'
import { recognise } from '../../sdk/mapping/sources.ts'
import { findFormats, suggest } from '../../sdk/mapping/suggest.ts'
import { nameOf } from '../../sdk/mapping/targets.ts'

function all(text: string, delimiter = ',') {
  const rows: string[][] = []
  const lines: number[] = []
  const found = readRows(text, delimiter)
  for (let next = found.next(); ; next = found.next()) {
    if (next.done === true) return { rows, lines, fault: next.value }
    rows.push(next.value.cells)
    lines.push(next.value.line)
  }
}

describe('a table', () => {
  it('is read as another parser wrote it, and written as another parser reads it', () => {
    const cell = fc.string({ unit: fc.constantFrom('a', '"', ',', ';', '\n', '\r\n', '\r', ' ', 'é', '👩‍👩‍👧', '=') })
    // A row of one empty cell is an empty line, which is none.
    const row = fc.array(cell, { minLength: 2, maxLength: 4 })
    fc.assert(
      fc.property(fc.array(row, { minLength: 1, maxLength: 5 }), fc.constantFrom('\n', '\r\n'), (rows, newline) => {
        expect(all(Papa.unparse(rows, { newline, quotes: true })).rows).toEqual(rows)
        const written = rows.map(csvLine).join('')
        expect(all(written).rows).toEqual(rows)
        expect(Papa.parse(written, { delimiter: ',', newline: '\r\n', skipEmptyLines: true }).data).toEqual(rows)
      }),
    )
  })

  it('may mix its line ends, end without one, and knows on which line each row begins', () => {
    expect(all('a,b\r\n"1\n2",x\n\n3,4\r5,6')).toEqual({
      rows: [
        ['a', 'b'],
        ['1\n2', 'x'],
        ['3', '4'],
        ['5', '6'],
      ],
      lines: [1, 2, 5, 6],
      fault: null,
    })
  })

  it.each([
    ['a\n"never closed\n1,2', 2, 'a quote opens there and is never closed.'],
    ['a\n1\n"x"y', 3, 'something follows a closing quote. Double a quote that belongs to the text ("").'],
  ])('%j says where it stops being one', (text, line, reason) => {
    expect(all(text).fault).toEqual({ line, reason })
  })
})

describe('an encoding', () => {
  const bytes = (text: string, encoding: BufferEncoding) => new Uint8Array(Buffer.from(text, encoding))
  it.each([
    ['plain, Grüße', 'utf8', 'utf-8'],
    ['\ufeffGrüße', 'utf8', 'utf-8'],
    ['\ufeffa,b', 'utf16le', 'utf-16le'],
    ['Name,Score\nAda,4\n', 'utf16le', 'utf-16le'],
    ['Gr\u00fc\u00dfe', 'latin1', 'windows-1252'],
  ] as const)('of %j in %s is %s', (text, written, found) => {
    expect(detectEncoding(bytes(text, written))).toBe(found)
  })
})

/** What each column is suggested for, `-` for nothing. */
const suggested = (headers: string[], ...rows: string[][]) =>
  suggest(headers, rows).map(({ target }) => (target ? nameOf(target) : '-'))

describe('what columns are for', () => {
  it('is told by their names, as exports have them', () => {
    const post = ['7', 'Dark mode', 'Please', 'Ideas', 'open', '12', 'ada@x.example', 'Ada', '2024-05-06T07:08:09Z', '']
    const names = [
      'ID',
      'Title',
      'Details',
      'Board',
      'Status',
      'Votes',
      'Author Email',
      'Author Name',
      'Created',
      'Empty',
    ]
    expect(suggested(names, post)).toEqual([
      'id',
      'message',
      'message',
      'tag.Board',
      'status',
      'tag.Votes',
      'person.email',
      'person.name',
      'createdAt',
      '-',
    ])
    const note = ['n1', 'Call', 'They miss an export', 'acme', 'a, b', '2024-05-06']
    const fields = ['id', 'note_title', 'note_text', 'company', 'tags', 'created_at']
    expect(suggested(fields, note)).toEqual(['id', 'message', 'message', 'account.id', 'label', 'createdAt'])
  })

  it('is told by what stands in them, where the names say nothing', () => {
    const rows = [
      ['31/12/2025', 'me@x.example', 'The waiting room is cold and nobody says how long it takes', '9', 'north'],
      ['1/2/2026', 'you@x.example', 'All good, thank you very much', '10', 'south'],
    ]
    const names = ['A', 'B', 'C', 'How likely are you to recommend us? (NPS)', 'Ward']
    expect(suggested(names, ...rows)).toEqual(['createdAt', 'person.email', 'message', 'rating.nps', 'tag.Ward'])
  })

  it('does not take a name at its word where the values cannot be that', () => {
    const [date, score, ...rest] = suggested(
      ['Date', 'Rating', 'Comment'],
      ['soon', 'A+', 'words'],
      ['later', 'B', 'more'],
    )
    expect([date, score, rest]).toEqual(['tag.Date', 'tag.Rating', ['message']])
    // Nine of ten is no star, and none of those that are stars may be counted without it.
    expect(suggested(['Rating'], ['4'], ['3'], ['5'], ['9'])).toEqual(['tag.Rating'])
    expect(suggested(['Rating'], ['4'], ['3'], ['5'], ['n/a'])).toEqual(['rating.stars'])
    expect(suggested(['CSAT'], ['0'], ['1'], ['2'])).toEqual(['tag.CSAT'])
    expect(suggested(['Rating'], ['8/10'], ['9/10'])).toEqual(['tag.Rating'])
    expect(suggested(['Recommend'], ['8/10'], ['10 - Extremely likely'])).toEqual(['rating.nps'])
    expect(suggested(['Name', 'E-Mail', 'Comment'], ['Ada', 'a@x.example', 'Gut'])).toEqual([
      'person.name',
      'person.email',
      'message',
    ])
    expect(suggested(['Name', 'Comment'], ['Dark mode', 'Please'])).toEqual(['message', 'message'])
    expect(suggested(['Kommentar', 'Note'], ['Gut', '2'], ['Schlecht', '5'])).toEqual(['tag.Kommentar', 'tag.Note'])
  })
})

describe('a score', () => {
  it.each([
    ['4', 4],
    ['4.0', 4],
    ['4,00', 4],
    ['4/5', 4],
    ['4 of 5', 4],
    ['4 out of 5', 4],
    ['4 von 5', 4],
    ['5 - Excellent', 5],
    ['2: poor', 2],
    ['★★★☆☆', 3],
    ['4/10', null],
    ['6', null],
    ['4,5', null],
    ['4.5/5', null],
    ['3-4', null],
    ['★★', null],
    ['4 days', null],
    ['', null],
  ])('on five stars: %j is %s', (text, value) => expect(scoreOf(text, 'stars')).toBe(value))
})

describe('dates of a file', () => {
  it.each([
    [['2024-01-31', '2024-02-01 10:00'], []],
    [['31/01/2024', '01/02/2024'], ['dmy']],
    [['01/31/2024', '02/01/2024'], ['mdy']],
    [['2024-31-01', '2024-01-02'], ['ydm']],
    [['soon', '2024-01-31'], null],
  ])('%j are read with %j', (values, formats) => {
    expect(findFormats(values)).toEqual(formats)
  })
})

describe('a known export', () => {
  it.each([
    [['suggestion.id', 'suggestion.title', 'user.name'], 'UserVoice'],
    [['Title', 'Details', 'Board', 'Votes', 'Status'], 'Canny'],
    [['note_id', 'note_title', 'note_text', 'company_name'], 'Productboard'],
    [['Respondent ID', 'Collector ID', 'What is missing?'], 'SurveyMonkey'],
    [['Comment', 'Score'], null],
  ])('%j is of %s', (headers, name) => {
    expect(recognise(headers)?.name ?? null).toBe(name)
  })
})
