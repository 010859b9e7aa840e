import { describe, expect, it } from 'vitest'
import { parseAssignments } from '../../sdk/cli/import/targets.ts'
import { readDate } from '../../sdk/mapping/date.ts'
import { findDelimiter } from '../../sdk/mapping/delimiter.ts'
import { idFrom, isUuid } from '../../sdk/mapping/id.ts'
import { mapRow } from '../../sdk/mapping/row.ts'

describe('dates', () => {
  const read: [string, ('dmy' | 'mdy' | 'ydm')[], string][] = [
    ['2021-09-30', [], '2021-09-30T00:00:00.000Z'],
    [' 2021-09-30 ', [], '2021-09-30T00:00:00.000Z'],
    ['2021-09-30T12:05', [], '2021-09-30T12:05:00.000Z'],
    ['2021-09-30 12:05:07', [], '2021-09-30T12:05:07.000Z'],
    ['2021-09-30T12:05:07.25+02:00', [], '2021-09-30T10:05:07.250Z'],
    ['2021-09-30T23:05:07-0530', [], '2021-10-01T04:35:07.000Z'],
    ['2024-02-29', [], '2024-02-29T00:00:00.000Z'],
    ['03/04/2021', ['dmy'], '2021-04-03T00:00:00.000Z'],
    ['03/04/2021', ['mdy'], '2021-03-04T00:00:00.000Z'],
    ['3.4.2021 9:07', ['dmy'], '2021-04-03T09:07:00.000Z'],
    ['12/31/2021', ['dmy', 'mdy'], '2021-12-31T00:00:00.000Z'],
    ['2021-17-10', ['ydm'], '2021-10-17T00:00:00.000Z'],
    ['2021-07-10', ['ydm'], '2021-07-10T00:00:00.000Z'],
    ['2021-09-30 12:05:07 UTC', [], '2021-09-30T12:05:07.000Z'],
    ['2021/09/30 1:05:07 pm GMT+2', [], '2021-09-30T11:05:07.000Z'],
    ['Sep 30, 2021 12:05 AM', [], '2021-09-30T00:05:00.000Z'],
    ['Thursday, 30 September 2021 at 12:05', [], '2021-09-30T12:05:00.000Z'],
    ['30-Sep-2021', [], '2021-09-30T00:00:00.000Z'],
    ['9/30/2021, 11:59:59 PM', ['mdy'], '2021-09-30T23:59:59.000Z'],
  ]
  it.each(read)('reads %s with %j', (text, formats, iso) => {
    expect(readDate(text, { formats })).toEqual({ iso })
  })

  const unread: [string, ('dmy' | 'mdy' | 'ydm')[], RegExp][] = [
    ['03/04/2021', [], /two ways order$/],
    ['2021-02-30', [], /no "2021-02-30" in the calendar$/],
    ['2021-17-10', [], /calendar ydm$/],
    ['31/12/2021', ['mdy'], /calendar as mdy/],
    ['2021-09-30T25:00', [], /calendar/],
    ['yesterday', ['dmy'], /is no date/],
    ['1632960000', [], /is no date/],
    ['03/04/21', ['dmy'], /is no date/],
    ['Feb 30, 2021', [], /calendar$/],
    ['2021-09-30 13:05 PM', [], /calendar/],
  ]
  it.each(unread)('refuses %s with %j and says why', (text, formats, reason) => {
    const got = readDate(text, { formats })
    expect('reason' in got && `${got.reason} ${got.hint ?? ''}`.trim()).toMatch(reason)
  })

  it('takes times without an offset for those of a zone, in summer and winter', () => {
    const zone = 'Europe/Berlin'
    const shown = ['2021-01-31 09:30', '2021-07-31 09:30', '2021-03-28 02:30', '2021-10-31 02:30', '2021-07-31T09:30Z']
    expect(shown.map((text) => readDate(text, { zone }))).toEqual(
      [
        '2021-01-31T08:30:00.000Z',
        '2021-07-31T07:30:00.000Z',
        '2021-03-28T01:30:00.000Z',
        '2021-10-31T00:30:00.000Z',
        '2021-07-31T09:30:00.000Z',
      ].map((iso) => ({ iso })),
    )
  })
})

describe('ids', () => {
  it('are UUIDs of version 8, the same for the same parts and others for others', async () => {
    const id = await idFrom('nhs', 'id', '1')
    expect(id).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-8[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/)
    expect(await idFrom('nhs', 'id', '1')).toBe(id)
    // Made by the first release: an import of then can be repeated now.
    expect(await idFrom('survey', 'id', 'Grüße')).toBe('ee21d274-f3cf-8d03-9cc5-836f614c5e57')
    expect(isUuid(id)).toBe(true)
    const others = await Promise.all([idFrom('ab', 'c'), idFrom('a', 'bc'), idFrom('abc'), idFrom('ab', 'c', '')])
    expect(new Set(others).size).toBe(4)
  })
})

describe('delimiters', () => {
  it.each([
    ['a,b,c\n1;2;3', ','],
    ['a;b;c\n1,2', ';'],
    ['a\tb\tc\n', '\t'],
    ['"a,b,c";d;e\n', ';'],
    ['one\ntwo', ','],
  ])('of %j is %j', (start, delimiter) => {
    expect(findDelimiter(start)).toBe(delimiter)
  })
})

describe('a mapping', () => {
  const columns = ['Comment', 'Score', 'a:b', 'Team ID']
  it.each([
    [['message=Coment'], /no column "Coment"/],
    [['message=comment'], /did you mean "Comment"/],
    [['text=Comment'], /no target "text"/],
    [['message'], /TARGET=COLUMN/],
    [['message=Comment', 'rating.csta=Score'], /no scale "csta": nps, csat/],
    [['kind=Comment', 'kind=a:b'], /"kind" is given twice/],
    [['rating.csat=Score', 'rating.nps=Score'], /one rating/],
    [['kind=Comment'], /--map message=COLUMN/],
    [['message=Comment', 'account.name=Team ID'], /account needs an id/],
    [['message=Comment:reverse'], /no column "Comment:reverse"/],
  ])('%j is refused before anything is read', (maps, reason) => {
    expect(() => parseAssignments(maps, [], columns)).toThrow(reason)
  })

  it('may name a column whose name holds a colon or a blank', () => {
    const [message, tag] = parseAssignments(['message=a:b', 'tag.team=Team ID'], [], columns)
    expect(message?.from).toMatchObject({ column: 2, how: 'as-is' })
    expect(tag?.from).toMatchObject({ column: 3 })
  })

  it('refuses a column that stands twice in the first line', () => {
    expect(() => parseAssignments(['message=x'], [], ['x', 'y', 'x'])).toThrow(/more than one column "x"/)
  })
})

/** The id of a row that says something, by its own id and how often it stood before. */
async function idOf(own: string, occurrence = 0): Promise<string | null> {
  const assignments = parseAssignments(['message=text', 'id=id'], [], ['id', 'text'])
  const mapped = await mapRow([own, 'x'], { assignments, source: 'survey' }, occurrence)
  return 'item' in mapped ? mapped.item.id : null
}

describe('a row', () => {
  const columns = ['id', 'text', 'score', 'who', 'mail', 'org', 'topics', 'when']
  const map = (maps: string[], cells: string[], sets: string[] = [], occurrence = 0) =>
    mapRow(cells, { assignments: parseAssignments(maps, sets, columns), source: 'survey' }, occurrence)
  const cells = ['r 1', '  two\nlines ', '2', 'Ada', 'ada@x.example', 'acme', 'Beds, food;  Staff', '2021-09-30']

  it('keeps its words to the last character and fills every target', async () => {
    const maps = [
      'message=text',
      'id=id',
      'rating.csat=score',
      'person.name=who',
      'person.email=mail',
      'createdAt=when',
    ]
    const more = ['account.id=org', 'label=topics:split', 'trait.ward=topics', 'tag.topics=topics', 'page.url=org']
    const mapped = await map([...maps, ...more], cells, [
      'kind=Feature Request',
      'locale=de-DE',
      'source=survey',
      'tag.from=x',
    ])
    expect(mapped).toEqual({
      missing: [],
      item: {
        id: await idFrom('survey', 'id', 'r 1'),
        externalId: 'r 1',
        source: 'survey',
        message: '  two\nlines ',
        rating: { scale: 'csat', value: 2 },
        createdAt: '2021-09-30T00:00:00.000Z',
        kind: 'feature-request',
        labels: ['Beds', 'food', 'Staff'],
        tags: { topics: 'Beds, food;  Staff', from: 'x' },
        page: { url: 'acme', locale: 'de-DE' },
        person: {
          verified: false,
          name: 'Ada',
          email: 'ada@x.example',
          traits: { ward: 'Beds, food;  Staff' },
          account: { id: 'acme' },
        },
      },
    })
  })

  it('turns a score round within its scale', async () => {
    const scores = ['1', '2', '3', '4', '5'].map(async (score) => {
      const mapped = await map(['rating.csat=score:reverse'], ['', '', score, '', '', '', '', ''])
      return 'item' in mapped ? mapped.item.rating?.value : null
    })
    expect(await Promise.all(scores)).toEqual([5, 4, 3, 2, 1])
    const nps = await map(['rating.nps=score:reverse'], ['', '', '0', '', '', '', '', ''])
    expect('item' in nps && nps.item.rating).toEqual({ scale: 'nps', value: 10 })
  })

  it.each(['', '6', '0', '-1', '2.5', 'good', '1e0'])(
    'has no rating when the score is %j, and says so',
    async (score) => {
      const mapped = await map(['message=text', 'rating.csat=score:reverse'], ['', 'words', score, '', '', '', '', ''])
      expect(mapped).toMatchObject({ missing: ['rating'], item: { message: 'words' } })
      expect('item' in mapped && 'rating' in mapped.item).toBe(false)
    },
  )

  it('without words and without a score says nothing and is refused', async () => {
    expect(await map(['message=text', 'rating.csat=score'], ['1', '', '9', '', '', '', '', ''])).toEqual({
      reason: 'says nothing: no words and no score',
    })
  })

  it('keeps an id that is a UUID, makes one of any other, and of the content where there is none', async () => {
    const own = '0198C5A2-7D1E-7C3A-9B52-0D6D7C1F4E11'
    expect(await idOf(own)).toBe(own.toLowerCase())
    expect(await idOf('7')).toBe(await idFrom('survey', 'id', '7'))
    expect(await idOf('')).toBe(await idOf(''))
    expect(await idOf('', 1)).not.toBe(await idOf('', 0))
  })

  it('makes one message of a title and what stands below it', async () => {
    const both = await map(['message=id', 'message=text'], cells)
    expect(both).toMatchObject({ item: { message: 'r 1\n\n  two\nlines ' } })
    const one = await map(['message=id', 'message=text'], ['', 'words', '', '', '', '', '', ''])
    expect(one).toMatchObject({ item: { message: 'words' } })
  })

  it('refuses a revenue that is no number', async () => {
    expect(await map(['message=text', 'account.id=org', 'account.revenue=who'], cells)).toEqual({
      reason: 'account.revenue: "Ada" is no number',
    })
  })
})
