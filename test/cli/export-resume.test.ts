import { spawn } from 'node:child_process'
import { readFile, stat, writeFile } from 'node:fs/promises'
import { createServer, request as forward } from 'node:http'
import type { Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { join } from 'node:path'
import ExcelJS from 'exceljs'
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import { newId, startSystem } from '../support/system.ts'
import type { System } from '../support/system.ts'
import { cli, scratch } from './run-cli.ts'

// Two parts: the second begins at 5,000.
const rows = 5_200
let system: System
let files: Awaited<ReturnType<typeof scratch>>
let server: Server | null = null

beforeAll(async () => {
  ;[system, files] = await Promise.all([startSystem('Resume'), scratch()])
  for (let start = 0; start < rows; start += 500) {
    const lines = Array.from({ length: Math.min(500, rows - start) }, (_, i) => ({
      id: newId(),
      message: `Row ${start + i}, "quoted"\r\nand more`,
      createdAt: new Date(1_700_000_000_000 + (start + i) * 1000).toISOString(),
    }))
    await system.importLines(lines)
  }
}, 120_000)
afterEach(() => {
  server?.closeAllConnections()
  server?.close()
  server = null
})
afterAll(() => files?.remove())

const env = (endpoint: string) => ({ EARSHOT_KEY: system.secretKey, EARSHOT_ENDPOINT: endpoint })
const on = (words: string[], endpoint = system.origin) => cli(words, env(endpoint))

/** A way to the collector that does as it is told with each export: `cut` lets a little through. */
async function startWay(decide: (nth: number, url: string) => 'cut' | 'hold' | 'through'): Promise<string> {
  let nth = 0
  server = createServer((incoming, outgoing) => {
    const { method, headers, url = '' } = incoming
    const fate = url.startsWith('/v1/export?') ? decide(++nth, url) : 'through'
    if (fate === 'hold') return
    const to = forward(
      `${system.origin}${url}`,
      { method, headers: { ...headers, 'accept-encoding': 'identity' } },
      (answer) => {
        outgoing.writeHead(answer.statusCode ?? 502, answer.headers)
        if (fate === 'through') answer.pipe(outgoing)
        else
          answer.once('data', (chunk: Buffer) => {
            outgoing.write(chunk.subarray(0, chunk.length / 2))
            setTimeout(() => outgoing.destroy(), 20)
          })
      },
    )
    outgoing.on('close', () => to.destroy())
    incoming.pipe(to)
  })
  await new Promise<void>((resolve) => server?.listen(0, '127.0.0.1', resolve))
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`
}

const wholeOf = async (format: string) => {
  const path = files.path(`whole.${format}`)
  expect(await on(['export', '--format', format, '-o', path])).toMatchObject({ code: 0 })
  return readFile(path, 'utf8')
}

describe('earshot export, broken off', () => {
  it.each(['csv', 'ndjson'])(
    'goes on with %s where a connection broke, and has every byte in the end',
    async (format) => {
      const expected = await wholeOf(format)
      const path = files.path(`broken.${format}`)
      const way = await startWay((nth) => (nth % 2 === 1 ? 'cut' : 'through'))
      const outcome = await on(['export', '--format', format, '-o', path], way)
      expect(outcome.stderr).toMatch(/^5,200 items in .*, complete/)
      expect(await readFile(path, 'utf8')).toBe(expected)
      await expect(stat(`${path}.part.state`)).rejects.toThrow('ENOENT')
    },
  )

  it('goes on with --resume after the program was killed', async () => {
    const path = files.path('killed.csv')
    const words = ['export', '-o', path, '--filter', 'kind=other']
    let killed: (() => void) | null = null
    const way = await startWay((nth) => {
      if (nth < 2) return 'through'
      killed?.()
      return nth === 2 ? 'hold' : 'through'
    })
    const program = join(import.meta.dirname, '../../dist/package/cli.js')
    const child = spawn(process.execPath, [program, ...words], {
      env: { ...process.env, ...env(way) },
      stdio: 'ignore',
    })
    killed = () => child.kill('SIGKILL')
    await new Promise((resolve) => child.once('exit', resolve))
    killed = null
    await expect(stat(path)).rejects.toThrow('ENOENT')
    // Half a part more than was kept, as a crash leaves it.
    await writeFile(`${path}.part`, 'torn,"', { flag: 'a' })
    expect(await on([...words, '--resume', '--filter', 'kind=bug'], way)).toMatchObject({
      code: 2,
      stderr: expect.stringContaining('is of another export'),
    })
    const outcome = await on([...words, '--resume'], way)
    expect(outcome.stderr).toMatch(/^5,200 items in .*, complete/)
    expect(await readFile(path, 'utf8')).toBe(await wholeOf('csv'))
    expect(await on([...words, '--resume'], way)).toMatchObject({
      code: 2,
      stderr: expect.stringContaining('There is no export to go on with'),
    })
  })

  it('ends with 1 and says how to go on when it breaks again and again', async () => {
    const path = files.path('never.ndjson')
    const way = await startWay((nth) => (nth > 1 && nth < 7 ? 'cut' : 'through'))
    const outcome = await on(['export', '-o', path], way)
    expect(outcome).toMatchObject({ code: 1, stdout: '' })
    expect(outcome.stderr).toMatch(/not whole: the connection broke.* of 5,200 items arrived.*with --resume/)
    expect((await on(['export', '-o', path, '--resume'], way)).code).toBe(0)
    expect(await readFile(path, 'utf8')).toBe(await wholeOf('ndjson'))
  })

  it('begins a workbook anew, counts its rows, and another program opens it', async () => {
    const path = files.path('broken.xlsx')
    const way = await startWay((nth) => (nth < 3 ? 'cut' : 'through'))
    const outcome = await on(['export', '-o', path, '--columns', 'id,message'], way)
    expect(outcome.stderr).toMatch(/^5,200 items in .*, complete/)
    const book = new ExcelJS.Workbook()
    await book.xlsx.readFile(path)
    expect(book.worksheets[0]?.actualRowCount).toBe(rows + 1)
    expect(await on(['export', '-o', path, '--resume'])).toMatchObject({
      code: 2,
      stderr: expect.stringContaining('CSV or NDJSON'),
    })
    const always = await startWay(() => 'cut')
    expect((await on(['export', '-o', files.path('cut.xlsx')], always)).code).toBe(1)
    await expect(stat(files.path('cut.xlsx'))).rejects.toThrow('ENOENT')
  })
})
