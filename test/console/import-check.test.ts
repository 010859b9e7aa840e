import { describe, expect, it } from 'vitest'
import { check, checkedInWords } from '../../worker/console/import/check.ts'
import { explainFlaw, mappingOf, retarget, suggestAll } from '../../worker/console/import/matching.ts'
import { detect, readTable } from '../../worker/console/import/table.ts'
import { flawOf } from '../../sdk/mapping/targets.ts'

const tableOf = (headers: string[], ...rows: string[][]) => ({
  headers,
  rows: rows.map((cells, i) => ({ line: i + 2, cells })),
})
const suggestFor = (table: ReturnType<typeof tableOf>) => suggestAll(table, { fileName: 'file.csv', zone: 'UTC' })
const checked = async (table: ReturnType<typeof tableOf>, columns = suggestFor(table).columns) =>
  check(table, mappingOf(table.headers, columns, suggestFor(table).settings), () => true)

describe('dates of an imported file', () => {
  const dates = (...values: string[]) =>
    suggestFor(tableOf(['Date', 'Comment'], ...values.map((date) => [date, 'words']))).settings.dates.formats

  it('are asked for where each of them can be read in two ways, and not guessed', async () => {
    expect(dates('11/05/2026', '12/05/2026 10:30')).toEqual([])
    const table = tableOf(['Date', 'Comment'], ['11/05/2026', 'good'], ['11/06/2026', 'bad'])
    const found = await checked(table)
    expect(found).toEqual({ refused: 2, undecided: 2, unscored: 0, cut: 0 })
    expect(checkedInWords(2, found)).toBe(
      '2 rows have a date that can be read in two ways. Choose beside its column what comes first, the day or the month.',
    )
  })

  it('are told by any row, however far down', () => {
    const early = Array.from({ length: 230 }, () => '11/05/2026')
    expect(dates(...early, '11/23/2026')).toEqual(['mdy'])
    expect(dates(...early, '23/11/2026')).toEqual(['dmy'])
  })

  it('with dots begin with the day', () => {
    expect(dates('01.02.2026', '03.04.2026 14:05')).toEqual(['dmy'])
  })
})

describe('what an import would leave out', () => {
  it('is counted before: scores beyond the scale, tags that are too many or too long', async () => {
    const headers = ['Comment', 'Mark', ...Array.from({ length: 51 }, (_, i) => `Column ${i}`)]
    const rest = (value: string) => Array.from({ length: 51 }, () => value)
    const table = tableOf(
      headers,
      ['fine', '4', ...rest('')],
      ['too high', '9', ...rest('')],
      ['no score', '', ...rest('')],
      ['too many', '5', ...rest('x')],
      ['too long', '5', 'y'.repeat(257), ...rest('').slice(1)],
    )
    const columns = headers.map((header, i) =>
      retarget(header, i === 0 ? 'message' : i === 1 ? 'rating' : 'tag', 'stars'),
    )
    const found = await checked(table, columns)
    expect(found).toEqual({ refused: 0, undecided: 0, unscored: 1, cut: 2 })
    expect(checkedInWords(5, found)).toBe(
      'All 5 rows can be taken. 1 row has a score that is not on the scale, and will be stored without it. 2 rows have more than 50 tags or traits, or one over 256 characters: what is over will be left out.',
    )
  })

  it('is nothing of a tag whose column has a long name', () => {
    const { target } = retarget('w'.repeat(80), 'tag', 'stars')
    expect(target).toEqual({ to: 'tag', name: 'w'.repeat(64) })
  })
})

describe('columns of one name', () => {
  it('are tags of different names', () => {
    const table = tableOf(['Comment', 'Why?', 'Why?', 'Why?'], ['words', 'a', 'b', 'c'])
    const names = suggestFor(table).columns.map(({ target }) => target && 'name' in target && target.name)
    expect(names.slice(1)).toEqual(['Why?', 'Why? (2)', 'Why? (3)'])
  })

  it('say which one they are, where somebody made them so', () => {
    const flaw = flawOf([
      { target: { to: 'message' }, from: { column: 0, name: 'Comment', how: 'as-is' } },
      { target: { to: 'tag', name: 'Why?' }, from: { column: 1, name: 'Why?', how: 'as-is' } },
      { target: { to: 'tag', name: 'Why?' }, from: { column: 2, name: 'Why?', how: 'as-is' } },
    ])
    expect(flaw && explainFlaw(flaw)).toBe(
      'Two columns are for the tag “Why?”. Give one of them another name, or leave it out.',
    )
  })
})

describe('a file', () => {
  it('of refused rows that comes back mended has no words but those of the customer', () => {
    const table = tableOf(
      ['Line', 'Reason', 'What they said', 'Ward'],
      ['4', 'It has 2 cells where the first line has 3.', 'All good here, thank you all', 'north'],
    )
    const targets = suggestFor(table).columns.map(({ target }) => target?.to ?? null)
    expect(targets).toEqual([null, null, 'message', 'tag'])
  })

  it('may begin with a line that tells Excel the delimiter', async () => {
    const chosen = { name: 'a.csv', bytes: new TextEncoder().encode('sep=;\r\nComment;Rating\r\nfine, thanks;4\r\n') }
    const table = await readTable(chosen, detect(chosen), () => true)
    expect(table).toEqual({
      headers: ['Comment', 'Rating'],
      rows: [{ line: 3, cells: ['fine, thanks', '4'] }],
      fault: null,
    })
  })
})
