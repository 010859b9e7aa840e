import { Hono } from 'hono'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { limitImages } from '../../worker/admission/images.ts'
import { countNobodys, writeTally } from '../../worker/admission/tally.ts'
import type { AppContext, AppEnv } from '../../worker/env.ts'
import { isHealthy } from '../../worker/health.ts'
import { serverLimits } from '../../worker/limits.ts'
import { openDatabase } from '../support/sqlite.ts'

const start = Date.UTC(2026, 10, 23, 12)
beforeEach(() => vi.useFakeTimers({ now: start, toFake: ['Date'] }))
afterEach(() => {
  vi.useRealTimers()
  vi.restoreAllMocks()
})

describe('reading images', () => {
  const { burst, perMinute } = serverLimits.imageReads
  const shelf = new Hono<AppEnv>().use('/files/*', limitImages).get('/files/:key', (c) => c.text('an image'))
  const read = (address?: string) =>
    shelf.request('/files/abc', { headers: address === undefined ? {} : { 'cf-connecting-ip': address } })
  const countRead = async (address: string, times: number) => {
    let count = 0
    for (let i = 0; i < times; i++) if ((await read(address)).status === 200) count++
    return count
  }

  it('is never refused to six people behind one address who look through 500 screenshots each', async () => {
    expect(await countRead('198.51.100.1', 6 * 500)).toBe(3_000)
  })

  it('is refused to a flood with a problem that says when, and to nobody else', async () => {
    expect(await countRead('2001:db8:1:2::7', burst + 50)).toBe(burst)
    const refused = await read('2001:db8:1:2:ffff::9')
    expect(refused.status).toBe(429)
    expect(refused.headers.get('content-type')).toContain('application/problem+json')
    expect(Number(refused.headers.get('retry-after'))).toBe(1)
    expect(await refused.json()).toMatchObject({ code: 'too-many', status: 429 })
    expect((await read('2001:db8:1:3::7')).status).toBe(200)
    expect((await read()).status).toBe(200)
    vi.setSystemTime(start + 60_000)
    expect(await countRead('2001:db8:1:2::7', burst)).toBe(perMinute)
  })
})

describe('/healthz', () => {
  it('asks the database once a second, whatever it says, and says what is broken within that time', async () => {
    const opened = openDatabase()
    let asked = 0
    let isDown = false
    opened.before = () => {
      asked++
      if (isDown) throw new Error('D1_ERROR: Network connection lost.')
    }
    const flood = async (now: number) => {
      const said = new Set<string>()
      for (let i = 0; i < 100; i++) {
        said.add(
          await isHealthy(opened.db, now + i).then(
            (isMigrated) => String(isMigrated),
            () => 'down',
          ),
        )
      }
      return [...said]
    }
    expect([await flood(start), asked]).toEqual([['true'], 1])
    isDown = true
    expect([await flood(start + 500), asked]).toEqual([['true'], 1])
    expect([await flood(start + 1_000), asked]).toEqual([['down'], 2])
    isDown = false
    expect([await flood(start + 1_500), asked]).toEqual([['down'], 2])
    expect([await flood(start + 2_000), asked]).toEqual([['true'], 3])
    // A clock that was put right makes nothing last.
    expect([await flood(start - 86_400_000), asked]).toEqual([['true'], 4])
  })
})

describe('what is refused for no project', () => {
  it('is counted in a line like all others', async () => {
    const lines: string[] = []
    vi.spyOn(console, 'error').mockImplementation((line: string) => void lines.push(line))
    const { db } = openDatabase()
    const c = { env: { DB: db }, executionCtx: { waitUntil: () => undefined } } as unknown as AppContext
    for (const code of ['bad-key', 'bad-key', 'too-many']) countNobodys(c, code)
    await writeTally(db)
    expect(lines.map((line) => JSON.parse(line) as unknown)).toEqual([
      { event: 'refused', codes: { 'bad-key': 2, 'too-many': 1 } },
    ])
  })
})
