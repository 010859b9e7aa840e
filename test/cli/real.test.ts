import { execFile } from 'node:child_process'
import { readFile } from 'node:fs/promises'
import { createServer, request as forward } from 'node:http'
import type { AddressInfo } from 'node:net'
import { join } from 'node:path'
import { promisify } from 'node:util'
import Papa from 'papaparse'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Change, Feedback } from '../../sdk/wire/index.ts'
import { startSystem } from '../support/system.ts'
import type { System } from '../support/system.ts'
import { cli, scratch } from './run-cli.ts'

const texts = [
  'plain',
  '  blanks kept  ',
  'line\r\nends\nof\rall kinds',
  'quotes " and "" and , and ;',
  '=HYPERLINK("x")',
  '+49 30 1234',
  '-1',
  '@here',
  '\tstarts with a tab',
  "'already guarded",
  'Grüße 日本語 한국어 العربية 👩‍👩‍👧 \u00a0\u200b\ufeff',
  'x'.repeat(20_000),
]
const rows = Array.from({ length: 1234 }, (_, index) => ({
  Nr: `r-${index}`,
  Text: `${texts[index % texts.length]}${index < texts.length ? '' : ` ${index}`}`,
  Date: `2021-${String((index % 12) + 1).padStart(2, '0')}-15`,
  Score: String(index % 7),
  Ward: `Ward ${index % 5}`,
}))

let system: System
let files: Awaited<ReturnType<typeof scratch>>
let table: string

const maps = ['message=Text', 'id=Nr', 'createdAt=Date', 'rating.csat=Score:reverse', 'tag.ward=Ward']
const mapping = maps.flatMap((map) => ['--map', map])

beforeAll(async () => {
  ;[system, files] = await Promise.all([startSystem('Import'), scratch()])
  table = await files.file('survey.csv', Papa.unparse(rows, { quotes: true }))
})
afterAll(() => files?.remove())

function on(target: System, words: string[], endpoint = target.origin) {
  return cli(words, { EARSHOT_KEY: target.secretKey, EARSHOT_ENDPOINT: endpoint })
}

async function exported(target: System, words: string[] = []): Promise<Feedback[]> {
  const { code, stdout } = await on(target, ['export', '--format', 'ndjson', ...words])
  expect(code).toBe(0)
  const items = stdout.trim().split('\n').slice(0, -1)
  return items.map((line) => JSON.parse(line) as Feedback)
}

describe('the command line against the real collector', () => {
  it('imports a table, and a second time finds all of it there', async () => {
    const first = await on(system, ['import', table, ...mapping, '--json'])
    expect(first.stderr).toContain('1,234 stored')
    expect(JSON.parse(first.stdout)).toMatchObject({
      rows: 1234,
      stored: 1234,
      refused: 0,
      without: { rating: 353 },
      notes: {},
    })
    const second = await on(system, ['import', table, ...mapping, '--json'])
    expect(JSON.parse(second.stdout)).toMatchObject({ stored: 0, repeated: 1234, refused: 0 })
  })

  it('exports CSV that another parser reads back to the last character', async () => {
    const path = files.path('out.csv')
    expect(await on(system, ['export', '-o', path, '--guard', 'off'])).toMatchObject({ code: 0 })
    const { data, errors } = Papa.parse<Record<string, string>>((await readFile(path, 'utf8')).slice(1), {
      header: true,
      skipEmptyLines: true,
    })
    expect(errors).toEqual([])
    expect(data).toHaveLength(rows.length)
    const byId = new Map(data.map((row) => [row['External ID'], row]))
    for (const row of rows) {
      const out = byId.get(row.Nr)
      const score = Number(row.Score)
      expect(out?.['Message']).toBe(row.Text)
      expect(out?.['Rating']).toBe(score >= 1 && score <= 5 ? String(6 - score) : '')
      expect(out?.['Tag: ward']).toBe(row.Ward)
      expect(out?.['Said at (UTC)']).toContain(row.Date)
    }
  })

  it('exports what the filters select, in each format', async () => {
    const selected = rows.filter((row) => row.Ward === 'Ward 3')
    expect(await exported(system, ['--filter', 'tag.ward=Ward 3'])).toHaveLength(selected.length)
    const json = await on(system, ['export', '--format', 'json', '--query', 'tag.ward=Ward+3'])
    expect(JSON.parse(json.stdout)).toHaveLength(selected.length)
    const since = await exported(system, ['--since', '2021-06-01', '--until', '2021-06-30'])
    expect(since).toHaveLength(rows.filter((row) => row.Date.startsWith('2021-06')).length)
  })

  it('carries an export into another project without losing anything', async () => {
    const path = files.path('all.ndjson')
    await on(system, ['export', '-o', path])
    const other = await startSystem('Copy')
    expect(await on(other, ['import', path, '--json'])).toMatchObject({ code: 0 })
    const before = await exported(system)
    const after = await exported(other)
    // Each project counts its own changes and makes its own references.
    const own = (item: Feedback) => ({ ...item, change: 0, updatedAt: '', reference: '' })
    const inOrder = (items: Feedback[]) => items.map(own).sort((a, b) => (a.id < b.id ? -1 : 1))
    expect(inOrder(after)).toEqual(inOrder(before))
  })

  it('ends with 1 when the connection is cut in the middle, and leaves no file of the name', async () => {
    const cutter = createServer((incoming, outgoing) => {
      const { method, headers, url } = incoming
      const toOrigin = forward(`${system.origin}${url}`, { method, headers }, (answer) => {
        outgoing.writeHead(answer.statusCode ?? 502, answer.headers)
        // Half of the first piece gets through; it may be compressed, so its size says little.
        answer.once('data', (chunk: Buffer) => {
          outgoing.write(chunk.subarray(0, chunk.length / 2))
          setTimeout(() => outgoing.destroy(), 20)
        })
      })
      outgoing.on('close', () => toOrigin.destroy())
      incoming.pipe(toOrigin)
    })
    await new Promise<void>((resolve) => cutter.listen(0, '127.0.0.1', resolve))
    const endpoint = `http://127.0.0.1:${(cutter.address() as AddressInfo).port}`
    for (const format of ['csv', 'ndjson', 'json']) {
      const outcome = await on(system, ['export', '-o', files.path(`cut.${format}`)], endpoint)
      expect(outcome.code).toBe(1)
      expect(outcome.stderr).toMatch(/not whole: the connection broke.* of 1,234 items arrived/)
      await expect(readFile(files.path(`cut.${format}`))).rejects.toThrow('ENOENT')
    }
    cutter.closeAllConnections()
    cutter.close()
  })

  it('keeps a copy by changes, which is the export, and hears of what comes later', async () => {
    const [copy, cursor] = [files.path('copy.ndjson'), files.path('cursor')]
    const words = ['changes', '--cursor-file', cursor, '-o', copy]
    expect((await on(system, words)).stderr).toMatch(/^1,234 changes; the cursor is c\d+ in /)
    const [first] = await exported(system)
    await system.call(`/v1/feedback/${first?.id}`, { method: 'DELETE' })
    expect((await on(system, words)).stderr).toMatch(/^1 change, 1 of them erased/)
    expect((await on(system, words)).stderr).toMatch(/^0 changes/)
    const held = new Map<string, Feedback>()
    for (const line of (await readFile(copy, 'utf8')).trim().split('\n')) {
      const change = JSON.parse(line) as Change
      if ('erased' in change) held.delete(change.id)
      else held.set(change.id, change)
    }
    expect([...held.keys()].sort()).toEqual((await exported(system)).map(({ id }) => id).sort())
  })

  it('makes a key that may do what it says, and revokes it', async () => {
    const created = await on(system, ['keys', 'create', 'secret', '--name', 'Reader', '--scope', 'read'])
    const reader = created.stdout.trim()
    expect(reader).toMatch(/^sec_[0-9A-Za-z]{40}$/)
    const denied = await cli(['keys'], { EARSHOT_KEY: reader, EARSHOT_ENDPOINT: system.origin })
    expect(denied).toMatchObject({ code: 3, stderr: expect.stringContaining("the scope 'admin'") as string })
    const listed = (await on(system, ['keys'])).stdout
    expect(listed).toContain(`Import, project ${system.project}`)
    expect(listed).toMatch(new RegExp(`${reader.slice(0, 10)}… +secret +Reader +read `))
    expect(await on(system, ['keys', 'revoke', reader.slice(0, 10)])).toMatchObject({ code: 0 })
    const gone = await cli(['keys'], { EARSHOT_KEY: reader, EARSHOT_ENDPOINT: system.origin })
    expect(gone).toMatchObject({ code: 3, stderr: expect.stringContaining('does not know this key') as string })
  })

  it('signs an admin in to the console, once', async () => {
    const url = (await on(system, ['signin'])).stdout.trim()
    const token = new URL(url).searchParams.get('token') ?? ''
    const open = () =>
      fetch(`${system.origin}/console/sign-in`, {
        method: 'POST',
        body: new URLSearchParams({ token }),
        headers: { origin: system.origin },
        redirect: 'manual',
      })
    expect([(await open()).status, (await open()).status]).toEqual([303, 403])
  })

  it('is refused by name when the filter or the key is unknown', async () => {
    const filter = await on(system, ['export', '--filter', 'colour=red'])
    expect(filter).toMatchObject({ code: 2, stdout: '' })
    expect(filter.stderr).toContain("'colour'")
    const stranger = await cli(['export', '--endpoint', system.origin, '--key', `sec_${'x'.repeat(40)}`])
    expect(stranger).toMatchObject({ code: 3, stdout: '' })
  })

  it('runs as the one file that is published', async () => {
    const file = join(import.meta.dirname, '../../dist/package/cli.js')
    const env = { ...process.env, EARSHOT_KEY: system.secretKey, EARSHOT_ENDPOINT: system.origin }
    const { stdout, stderr } = await promisify(execFile)(
      process.execPath,
      [file, 'export', '--filter', 'tag.ward=Ward 3'],
      {
        env,
        maxBuffer: 100_000_000,
      },
    )
    expect(Papa.parse(stdout, { header: true, skipEmptyLines: true }).data).toHaveLength(247)
    expect(stderr).toMatch(/^247 items, complete/)
  })
})
