import { readFile, symlink } from 'node:fs/promises'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { fakeCollector, itemsOf, problem, storing } from './fake-collector.ts'
import type { Answer, FakeCollector } from './fake-collector.ts'
import { cli, key, scratch } from './run-cli.ts'

let files: Awaited<ReturnType<typeof scratch>>
let collector: FakeCollector

beforeEach(async () => {
  files = await scratch()
})
afterEach(async () => {
  await collector?.stop()
  await files.remove()
})

/** Answers for the first row only, as a connection that breaks in the middle does. */
const cut: Answer = (_, response) => response.writeHead(200).end('{"line":1,"result":"stored"}\n')

async function importFile(path: string, words: string[], ...answers: Answer[]) {
  collector = await fakeCollector(...answers)
  return cli(['import', path, '--endpoint', collector.endpoint, ...words])
}

describe('earshot import', () => {
  it('brings every cell of a table in to the last character', async () => {
    const texts = [
      'plain',
      ' blanks around ',
      'quote " inside',
      'comma, and\r\nline',
      '日本語 😀',
      '=SUM(A1)',
      "'",
      '\ttab',
      'x'.repeat(40_000),
    ]
    const rows = texts.map((text, index) => `${index},"${text.replaceAll('"', '""')}"\r\n`)
    const path = await files.file('survey.csv', `\ufeffid,text\r\n${rows.join('')}`)
    const outcome = await importFile(path, ['--map', 'message=text', '--map', 'id=id'], storing())
    expect(outcome).toMatchObject({ code: 0, stdout: '' })
    expect(outcome.stderr).toMatch(/^9 rows in [\d.]+ s: 9 stored, 0 there already, 0 refused\n$/)
    expect(itemsOf(collector).map((item) => item['message'])).toEqual(texts)
    expect(collector.seen[0]).toMatchObject({ method: 'POST', authorization: `Bearer ${key}` })
    expect(collector.seen[0]?.url.pathname).toBe('/v1/import')
  })

  it('reads semicolons and tabs, and old Windows letters when told', async () => {
    const path = await files.file('de.csv', Buffer.from('Nr;Text;Ort\n1;Grüße, schön;Köln\n', 'latin1'))
    const refused = await cli(['import', path, '--check', '--map', 'message=Text'])
    expect(refused).toMatchObject({ code: 2 })
    expect(refused.stderr).toMatch(/not utf-8: see line 2.*--encoding windows-1252/)
    await importFile(path, ['--map', 'message=Text', '--map', 'tag.city=Ort', '--encoding', 'windows-1252'], storing())
    expect(itemsOf(collector)).toMatchObject([{ message: 'Grüße, schön', tags: { city: 'Köln' } }])
  })

  it('can be run twice: the second time everything is there already', async () => {
    const path = await files.file('a.csv', 'text\nsame\nsame\nother\n')
    const answer = storing()
    const first = await importFile(path, ['--map', 'message=text', '--json'], answer)
    await collector.stop()
    const second = await importFile(path, ['--map', 'message=text', '--set', 'kind=praise', '--json'], answer)
    expect(JSON.parse(first.stdout)).toMatchObject({ rows: 3, stored: 3, repeated: 0, refused: 0 })
    expect(JSON.parse(second.stdout)).toMatchObject({ rows: 3, stored: 0, repeated: 3, refused: 0 })
  })

  it('lists every refused row with its line and reason, and writes them all to a file', async () => {
    const rows = Array.from({ length: 30 }, (_, index) => `${index},"two\nlines",2021-02-${index + 10}\n`)
    const path = await files.file('a.csv', `id,text,date\n${rows.join('')}99,one,2021-01-01,more\n`)
    const rejects = files.path('rejects.csv')
    const maps = ['--map', 'message=text', '--map', 'createdAt=date', '--map', 'id=id', '--rejects', rejects, '--json']
    const outcome = await importFile(
      path,
      maps,
      storing((item) => (item['externalId'] === '0' ? 'too-odd' : null)),
    )
    expect(outcome.code).toBe(1)
    expect(outcome.stderr).toContain('line 40: createdAt: there is no "2021-02-29" in the calendar')
    expect(outcome.stderr).toContain('has 4 cells where the first line has 3')
    expect(JSON.parse(outcome.stdout)).toMatchObject({ rows: 31, stored: 18, refused: 13 })
    const written = await readFile(rejects, 'utf8')
    expect(written).toMatch(/^\ufeffline,reason,id,text,date\r\n/)
    expect(written).toContain('2,too-odd,0,"two\nlines",2021-02-10\r\n')
    expect(written.match(/\d+,"createdAt/g)).toHaveLength(11)
  })

  it('does not write refused rows over the file that it reads', async () => {
    const path = await files.file('a.csv', 'id,text\n1,first\n')
    await symlink(path, files.path('link.csv'))
    for (const rejects of [path, files.path('./link.csv')]) {
      const outcome = await importFile(path, ['--map', 'message=text', '--rejects', rejects], storing())
      expect(outcome).toMatchObject({ code: 2, stderr: expect.stringContaining('would empty it') as string })
      expect(await readFile(path, 'utf8')).toBe('id,text\n1,first\n')
      expect(collector.seen).toEqual([])
      await collector.stop()
    }
  })

  it('refuses a second row with the id of another, because its words would be lost as a repeat', async () => {
    const path = await files.file('a.csv', 'id,text\n1,first\n1,second\n1,first\n')
    const outcome = await importFile(path, ['--map', 'message=text', '--map', 'id=id', '--json'], storing())
    expect(outcome.stderr).toContain('line 3: has the id of line 2, "1", and says something else')
    expect(JSON.parse(outcome.stdout)).toMatchObject({ stored: 1, repeated: 1, refused: 1 })
  })

  it('sends at most 500 rows and 1.4 MB a request', async () => {
    const path = await files.file(
      'a.csv',
      `text\n${Array.from({ length: 1201 }, (_, index) => `row ${index}\n`).join('')}`,
    )
    await importFile(path, ['--map', 'message=text', '--environment', 'staging'], storing())
    expect(collector.seen.map(({ body }) => body.trim().split('\n').length).sort((a, b) => a - b)).toEqual([
      201, 500, 500,
    ])
    expect(collector.seen[0]?.url.search).toBe('?environment=staging')
    await collector.stop()
    const long = await files.file(
      'b.csv',
      `text\n${Array.from({ length: 20 }, (_, i) => `${i}${'ä'.repeat(100_000)}\n`).join('')}`,
    )
    await importFile(long, ['--map', 'message=text'], storing())
    expect(collector.seen.length).toBeGreaterThan(2)
    for (const { body } of collector.seen) expect(Buffer.byteLength(body)).toBeLessThanOrEqual(1_400_000)
  })

  it('sends an export of ours line by line as it is, without its end mark', async () => {
    const lines = ['{"id":"0198c5a2-7d1e-7c3a-9b52-0d6d7c1f4e11", "message":"a\\u0000b", "n": 1.0}', '{"id":"x"}']
    const path = await files.file('a.ndjson', `${lines.join('\n')}\n{"end":true,"count":2}\n`)
    const outcome = await importFile(path, [], storing())
    expect(outcome.code).toBe(0)
    expect(collector.seen[0]?.body).toBe(`${lines.join('\n')}\n`)
  })

  it('refuses a line of NDJSON with the id of another, because its words would be lost', async () => {
    const path = await files.file(
      'a.ndjson',
      '{"id":"a","message":"1"}\n{"id":"A","message":"2"}\n{"id":"a","message":"1"}\n',
    )
    const outcome = await importFile(path, ['--json'], storing())
    expect(outcome.stderr).toContain('line 2: has the id of line 1 and says something else')
    expect(JSON.parse(outcome.stdout)).toMatchObject({ stored: 1, repeated: 1, refused: 1 })
  })

  it('sends nothing of an export that was cut', async () => {
    const path = await files.file('a.ndjson', '{"id":"x"}\n{"end":true,"count":2}\n')
    const outcome = await importFile(path, [], storing())
    expect(outcome.code).toBe(2)
    expect(outcome.stderr).toMatch(/says it holds 2 items and holds 1/)
    expect(collector.seen).toHaveLength(0)
  })

  it('refuses single lines of NDJSON that are no items and sends the others', async () => {
    const path = await files.file('a.ndjson', '{"id":"x"}\n{"id":\n[1]\n')
    const outcome = await importFile(path, ['--json'], storing())
    expect(outcome.code).toBe(1)
    expect(JSON.parse(outcome.stdout)).toMatchObject({ stored: 1, refused: 2 })
  })

  it('tries again after 429, 503 and a cut answer, and stores nothing twice', async () => {
    const path = await files.file('a.csv', 'text\none\ntwo\n')
    const outcome = await importFile(
      path,
      ['--map', 'message=text', '--json'],
      problem(429, 'too-many', { 'retry-after': '1' }),
      problem(503, 'unavailable'),
      cut,
      storing(),
    )
    expect(JSON.parse(outcome.stdout)).toMatchObject({ stored: 2 })
    expect(collector.seen).toHaveLength(4)
    expect(new Set(collector.seen.map(({ body }) => body)).size).toBe(1)
  })

  it('says what the collector says about the key, and ends with 3', async () => {
    const path = await files.file('a.csv', 'text\none\n')
    const unknown = await importFile(path, ['--map', 'message=text'], problem(401, 'unknown-key'))
    expect(unknown).toMatchObject({ code: 3, stdout: '' })
    expect(unknown.stderr).toMatch(/does not know this key/)
    await collector.stop()
    const denied = await importFile(path, ['--map', 'message=text'], problem(403, 'no-scope'))
    expect(denied).toMatchObject({ code: 3 })
    expect(collector.seen).toHaveLength(1)
    expect(unknown.stderr + denied.stderr).not.toContain(key)
  })

  it('sends nothing with --check', async () => {
    const path = await files.file('a.csv', 'text\none\n')
    const outcome = await cli(['import', path, '--check', '--map', 'message=text'], {})
    expect(outcome).toMatchObject({ code: 0, stderr: '1 row: 1 can be imported, 0 cannot. Nothing was sent.\n' })
  })
})

describe('a file that is no table', () => {
  const cases: [what: string, content: string | Uint8Array, reason: RegExp][] = [
    ['empty', '', /is empty/],
    ['blank', ' \n\n', /nothing but blanks/],
    ['a header alone', 'text,id\n', /no rows below/],
    ['a workbook', Buffer.from('PK\u0003\u0004....'), /workbook.*CSV UTF-8/],
    ['binary', Buffer.from([0x74, 0x65, 0x00, 0x01, 0x0a]), /binary, not CSV: there is a zero byte at 2/],
    ['UTF-16', Buffer.from('\ufefftext\n', 'utf16le'), /UTF-16.*--encoding utf-16le/],
    ['JSON', '[{"id":1}]', /--format ndjson/],
    [
      'a quote never closed',
      'text,b\none,1\n"two,2\nthree,3\n',
      /no CSV from line 3 on: a quote opens there and is never closed/,
    ],
    ['a quote amid a field', 'text,b\none,1\n5" pipe,2\n', /no CSV from line 3 on: a quote stands inside a field/],
    ['text after a quote', 'text,b\none,1\n"two"x,2\n', /no CSV from line 3 on: something follows a closing quote/],
  ]
  it.each(cases)('(%s) is refused with what to do, before anything is sent', async (_, content, reason) => {
    const path = await files.file('a.csv', content)
    const outcome = await importFile(path, ['--map', 'message=text'], storing())
    expect(outcome.code).toBe(2)
    expect(outcome.stderr).toMatch(reason)
    expect(collector.seen).toHaveLength(0)
  })

  it('(a folder, a file that is not there) is refused by name', async () => {
    expect(await cli(['import', files.folder, '--check'])).toMatchObject({
      code: 2,
      stderr: expect.stringMatching(/is a folder/) as string,
    })
    expect(await cli(['import', files.path('no.csv'), '--check'])).toMatchObject({
      code: 2,
      stderr: expect.stringMatching(/There is no file/) as string,
    })
  })
})
