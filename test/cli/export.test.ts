import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { closeSync, existsSync, openSync } from 'node:fs'
import { readFile, readdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { Readable } from 'node:stream'
import { text } from 'node:stream/consumers'
import Papa from 'papaparse'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { exporting, fakeCollector, problem } from './fake-collector.ts'
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

async function exportTo(words: string[], ...answers: Answer[]) {
  collector = await fakeCollector(...answers)
  return cli(['export', '--endpoint', collector.endpoint, ...words])
}

const items = Array.from({ length: 200 }, (_, index) => ({
  id: `i${index}`,
  message: `row ${index}, "quoted"\r\nand } ] more`,
}))
const bodies = {
  csv: `\ufeff${Papa.unparse(items)}\r\n`,
  ndjson: `${items.map((item) => JSON.stringify(item)).join('\n')}\n{"end":true,"count":200}\n`,
  json: `[\n${items.map((item) => JSON.stringify(item)).join(',\n')}\n]\n`,
}
const formats = ['csv', 'ndjson', 'json'] as const

describe('earshot export', () => {
  it.each(formats)('writes %s to a file byte for byte once it is whole', async (format) => {
    const path = files.path(`out.${format}`)
    const outcome = await exportTo(['-o', path], exporting(200, bodies[format]))
    expect(outcome).toMatchObject({ code: 0, stdout: '' })
    expect(outcome.stderr).toMatch(/^200 items in .*, complete/)
    expect(await readFile(path, 'utf8')).toBe(bodies[format])
    expect(await readdir(files.folder)).toEqual([`out.${format}`])
    expect(collector.seen[0]?.url.searchParams.get('format')).toBe(format)
    expect(collector.seen[0]?.authorization).toBe(`Bearer ${key}`)
  })

  it.each([
    ['semicolon', ';', ['--delimiter', 'semicolon']],
    ['tab', '\t', ['--delimiter', 'tab']],
    ['semicolon', ';', ['--query', 'delimiter=semicolon']],
  ] as const)('counts the rows of a CSV with a %s between its cells', async (_, delimiter, words) => {
    // Only what holds the delimiter is quoted, so a comma may stand before a quote.
    const body = `\ufeff${Papa.unparse([...items, { id: 'last', message: '"a", b' }], { delimiter })}\r\n`
    const outcome = await exportTo(['--format', 'csv', ...words], exporting(201, body))
    expect(outcome).toMatchObject({ code: 0, stderr: expect.stringMatching(/^201 items, complete/) as string })
    expect(outcome.stdout).toBe(body)
  })

  it('quotes nothing of what somebody said where a CSV breaks off', async () => {
    const outcome = await exportTo(['--format', 'csv'], exporting(1, 'id,message\r\ni1,Ada said "so"\r\n'))
    expect(outcome).toMatchObject({ code: 1, stderr: expect.stringContaining('not whole: it breaks off') as string })
    expect(outcome.stderr).not.toContain('Ada')
  })

  it.each(formats)(
    'ends with 1 when the connection is cut in the middle of %s, and keeps the old file',
    async (format) => {
      const path = files.path(`out.${format}`)
      await writeFile(path, 'the one from yesterday')
      const outcome = await exportTo(['-o', path], exporting(200, bodies[format], bodies[format].length / 2))
      expect(outcome.code).toBe(1)
      expect(outcome.stderr).toMatch(/not whole: the connection broke.*out\.\w+\.part/)
      expect(await readFile(path, 'utf8')).toBe('the one from yesterday')
    },
  )

  it.each(formats)('ends with 1 when %s ends early but cleanly', async (format) => {
    const path = files.path(`out.${format}`)
    const lost = {
      csv: bodies.csv.slice(0, bodies.csv.lastIndexOf('i199')),
      ndjson: bodies.ndjson.slice(0, -26),
      json: bodies.json.slice(0, -3),
    }
    const outcome = await exportTo(['-o', path], exporting(200, lost[format]))
    expect(outcome.code).toBe(1)
    expect(outcome.stderr).toContain('not whole')
    expect(await readdir(files.folder)).not.toContain(`out.${format}`)
  })

  it.each(formats)('ends with 1 when a row of %s is missing though the stream closes well', async (format) => {
    const outcome = await exportTo(['--format', format], exporting(201, bodies[format]))
    expect(outcome.code).toBe(1)
    expect(outcome.stderr).toMatch(/201 were announced, 200 of 201 items arrived/)
  })

  it('counts what was erased meanwhile as not missing', async () => {
    const body = '{"id":"a"}\n{"end":true,"count":1,"erased":2}\n'
    const outcome = await exportTo(['--format', 'ndjson'], exporting(3, body))
    expect(outcome).toMatchObject({ code: 0, stdout: body })
    expect(outcome.stderr).toContain('2 were erased meanwhile')
  })

  it.each([
    ['csv', 'id,message\r\n'],
    ['ndjson', '{"end":true,"count":0}\n'],
    ['json', '[]\n'],
  ])('takes an empty %s for whole', async (format, body) => {
    expect(await exportTo(['--format', format], exporting(0, body))).toMatchObject({ code: 0, stdout: body })
  })

  it('does not take an item that speaks of an end for the end mark', async () => {
    const body = '{"id":"a","context":{"end":true},"count":9}\n{"end":true,"count":1}\n'
    expect(await exportTo(['--format', 'ndjson'], exporting(1, body))).toMatchObject({ code: 0 })
  })

  it('asks for exactly what the options say', async () => {
    const words = [
      '--format',
      'csv',
      '--since',
      '2026-01-01',
      '--until',
      '2026-02-01',
      '--filter',
      'tag.plan=pro',
      '--filter',
      'q=a=b & c',
    ]
    const more = [
      '--query',
      '?status=new&status=open',
      '--columns',
      'id,message',
      '--tz',
      'Europe/Berlin',
      '--guard',
      'off',
      '--bom',
      'off',
      '--delimiter',
      'semicolon',
      '--project',
      'p1',
    ]
    await exportTo([...words, ...more], exporting(0, 'id\r\n'))
    expect([...(collector.seen[0]?.url.searchParams ?? [])]).toEqual([
      ['status', 'new'],
      ['status', 'open'],
      ['tag.plan', 'pro'],
      ['q', 'a=b & c'],
      ['from', '2026-01-01'],
      ['to', '2026-02-01'],
      ['tz', 'Europe/Berlin'],
      ['format', 'csv'],
      ['columns', 'id,message'],
      ['guard', 'off'],
      ['bom', 'off'],
      ['delimiter', 'semicolon'],
      ['project', 'p1'],
    ])
  })

  it('gives a summary for machines', async () => {
    const outcome = await exportTo(['--format', 'ndjson', '--json'], exporting(200, bodies.ndjson))
    expect(JSON.parse(outcome.stderr)).toMatchObject({
      format: 'ndjson',
      rows: 200,
      expected: 200,
      erased: 0,
      complete: true,
    })
  })

  it('passes on what the collector refuses: a filter ends with 2, a key with 3, and leaves no file', async () => {
    const path = files.path('out.csv')
    expect(await exportTo(['-o', path, '--filter', 'colour=red'], problem(400, 'unknown-filter'))).toMatchObject({
      code: 2,
    })
    await collector.stop()
    expect(await exportTo(['-o', path], problem(401, 'unknown-key'))).toMatchObject({ code: 3 })
    expect(await readdir(files.folder)).toEqual([])
  })
})

describe('the command line', () => {
  it.each([
    [[], 2],
    [['--help'], 0],
    [['help', 'import'], 0],
    [['import', '--help'], 0],
    [['export', '--help'], 0],
    [['--version'], 0],
    [['improt'], 2],
    [['import'], 2],
    [['export', 'somewhere.csv'], 2],
    [['export', '--format', 'xml'], 2],
    [['export', '--filter', 'status'], 2],
    [['export', '--guard', 'no'], 2],
    [['export', '--delimiter', 'pipe'], 2],
    [['export', '--since', '2026-01-01', '--query', 'from=2026-01-01'], 2],
    [['export', '--query', '?status=new&limit=50'], 2],
    [['export', '--endpoint', 'feedback'], 2],
  ])('%j ends with %i', async (words, code) => {
    expect(await cli(words)).toMatchObject({ code })
  })

  it.each([
    [403, 'text/html', '<h1>Forbidden</h1>'],
    [401, 'application/json', '{"code":"UNAUTHORIZED","message":"No."}'],
    [404, 'application/json', '{"code":"NOT_FOUND"}'],
  ])('takes no %i of something else (%s) for a word about the key', async (status, type, body) => {
    const answer: Answer = (_, response) => response.writeHead(status, { 'content-type': type }).end(body)
    const outcome = await exportTo([], answer)
    expect(outcome).toMatchObject({ code: 3, stdout: '' })
    expect(outcome.stderr).toMatch(new RegExp(`^earshot: http://\\S+ answered ${status}\\. That is no collector`))
  })

  it.each([
    ['no key', {}, /EARSHOT_KEY/],
    ['a publishable key', { EARSHOT_KEY: 'pub_abc' }, /publishable/],
    ['something else', { EARSHOT_KEY: 'hunter2' }, /no secret key/],
  ])('with %s says what is needed and never prints the key', async (_, env, reason) => {
    const outcome = await cli(['export'], env)
    expect(outcome).toMatchObject({ code: 2, stderr: expect.stringMatching(reason) as string })
    expect(outcome.stderr).not.toMatch(/hunter2|pub_abc/)
  })

  it.runIf(existsSync('/dev/full'))('says so where its answer finds no room on the disk', async () => {
    const program = join(import.meta.dirname, '../../dist/package/cli.js')
    const full = openSync('/dev/full', 'w')
    const child = spawn(process.execPath, [program, '--help'], { stdio: ['ignore', full, 'pipe'] })
    const [said, [code]] = await Promise.all([text(child.stderr as Readable), once(child, 'close')])
    closeSync(full)
    expect({ code, said }).toEqual({ code: 1, said: 'earshot: The answer cannot be written (ENOSPC).\n' })
  })

  it('prints the version of the package', async () => {
    const manifest = JSON.parse(await readFile(new URL('../../package.json', import.meta.url), 'utf8')) as {
      version: string
    }
    expect(await cli(['--version'])).toMatchObject({ stdout: `${manifest.version}\n` })
  })
})
