import { readFileSync } from 'node:fs'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type RawSystem, serveRaw } from '../bench/raw/serve.mjs'
import { newId } from '../support/system.ts'
import { record } from './record.ts'

let raw: RawSystem
// A page has 3 MB: these are some twenty.
const [count, bytesEach] = [360, 150_000]
beforeAll(async () => {
  raw = await serveRaw({ quiet: true })
  for (let start = 0; start < count; start += 9) {
    const lines = Array.from({ length: 9 }, () => ({ id: newId(), message: 'x'.repeat(bytesEach) }))
    const body = lines.map((line) => JSON.stringify(line)).join('\n')
    const response = await raw.call('/v1/import', { method: 'POST', body })
    expect(await response.text()).not.toContain('refused')
  }
  await raw.schedule()
}, 300_000)
afterAll(() => raw.stop())

/** Pages that are read of the database, until no more are. */
async function pagesOf(work: () => Promise<unknown>): Promise<number> {
  const before = await raw.calls(pageWords)
  await work()
  let last = -1
  await expect
    .poll(
      async () => {
        const now = await raw.calls(pageWords)
        const isStill = now === last
        last = now
        return isStill
      },
      { interval: 100, timeout: 60_000 },
    )
    .toBe(true)
  return last - before
}

const open = (format: string, signal?: AbortSignal) => raw.call(`/v1/export?format=${format}`, signal && { signal })
const read = async (format: string) => (await (await open(format)).arrayBuffer()).byteLength
/** Reads the beginning, then leaves. */
async function leave(format: string): Promise<void> {
  const leaving = new AbortController()
  const response = await open(format, leaving.signal)
  const reader = response.body?.getReader()
  expect((await reader?.read())?.done).toBe(false)
  leaving.abort()
  await reader?.closed.catch(() => undefined)
}
/** What only the reading of a page says. */
const pageWords = 'octet_length(item.body)'
const residentBytes = () => {
  const status = readFileSync(`/proc/${raw.pid()}/status`, 'utf8')
  return Number(/VmRSS:\s+(\d+) kB/.exec(status)?.[1]) * 1_024
}

describe('a client that leaves in the middle of an export', () => {
  it.each(['ndjson', 'csv', 'json', 'xlsx'])('of %s: no further page is read for it', async (format) => {
    const whole = await pagesOf(() => read(format))
    const left = await pagesOf(() => leave(format))
    // One is written and one on its way when it leaves, some are in buffers.
    expect(whole - left).toBeGreaterThan(5)
    record({})
  })

  it('and one that stays and does not read: pages wait until they are wanted, and then all come', async () => {
    const whole = await pagesOf(() => read('ndjson'))
    let response: Response | null = null
    const idle = await pagesOf(async () => (response = await open('ndjson')))
    expect(whole - idle).toBeGreaterThan(3)
    const lines = (await (response as unknown as Response).text()).trimEnd().split('\n')
    expect(lines).toHaveLength(count + 1)
    expect(JSON.parse(lines.at(-1) ?? '')).toEqual({ end: true, count })
    record({})
  })

  it('fifty times: nothing of it stays in memory', async () => {
    for (let n = 0; n < 10; n++) await leave('ndjson')
    const before = residentBytes()
    for (let n = 0; n < 50; n++) await leave(n % 2 === 0 ? 'ndjson' : 'xlsx')
    // Fifty times 54 MB would be 2.7 GB.
    expect(residentBytes() - before).toBeLessThan(200_000_000)
    expect(await read('ndjson')).toBeGreaterThan(count * bytesEach)
    record({ runs: 50 })
  })
})
