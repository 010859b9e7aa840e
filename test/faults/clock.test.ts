import { describe, expect, it } from 'vitest'
import { take, waitMs } from '../../worker/admission/rates.ts'
import { sendRound } from '../../worker/jobs/sending.ts'
import { keepRetention } from '../../worker/jobs/retention.ts'
import { sweepFiles } from '../../worker/jobs/sweep.ts'
import { serverLimits } from '../../worker/limits.ts'
import { takeLease } from '../../worker/storage/consumers.ts'
import { insertFile } from '../../worker/storage/files.ts'
import { insertProjectStatement } from '../../worker/storage/projects.ts'
import { takeWebhooks } from '../../worker/storage/sending.ts'
import { openDesk } from '../deliver/desk.ts'
import { record } from './record.ts'

const rate = { perMinute: 60, burst: 10 }
const start = Date.UTC(2026, 10, 23)

/** How many come through at one moment. */
function comeAt(bucket: string, now: number): number {
  let count = 0
  for (; count < 1_000 && waitMs(bucket, rate, now) === 0; count++) take(bucket, rate, now)
  return count
}

it.each([
  ['ten years back', -10 * 365 * 86_400_000],
  ['ten years forward', 10 * 365 * 86_400_000],
  ['an hour back', -3_600_000],
])('a collector whose own clock is set %s still admits what it would, and no more', (name, byMs) => {
  expect(comeAt(name, start)).toBe(10)
  expect(waitMs(name, rate, start)).toBe(1_000)
  expect(comeAt(name, start + byMs)).toBe(10)
  expect(waitMs(name, rate, start + byMs)).toBe(1_000)
  expect(comeAt(name, start + byMs + 3_000)).toBe(3)
  record({})
})

it('a clock that is put right by a second costs nobody more than that second', () => {
  expect(comeAt('second', start)).toBe(10)
  expect(waitMs('second', rate, start - 1_000)).toBeLessThanOrEqual(2_000)
  expect(comeAt('second', start + 2_000)).toBe(2)
})

const tenYears = 10 * 365 * 86_400_000

describe('what was written while the clock was ten years ahead, and is right again, holds up', () => {
  it('no consumer, while a lease that was taken a moment ahead is still one', async () => {
    const desk = await openDesk()
    const options = { untilMs: serverLimits.leaseMs, backlog: 1 }
    const now = Date.now()
    const take = (holder: string, at: number) => takeLease(desk.db, 'search', { ...options, holder, now: at })
    await desk.say()
    expect(await take('ahead', now + tenYears)).not.toBeNull()
    expect(await take('first', now + 1_000)).toMatchObject({ holder: 'first', done: 0, last: 1 })
    expect(await take('second', now)).toBeNull()
    expect(await take('third', now + 1_000 + serverLimits.leaseMs)).not.toBeNull()
    record({})
  })

  it('no webhook: neither by its lease, nor by a pause, nor by when its messages are due', async () => {
    const desk = await openDesk()
    const urls: string[] = []
    let status = 503
    desk.outside.fetch = async (url) => {
      urls.push(url)
      return new Response(null, { status, headers: { 'retry-after': '3600' } })
    }
    await desk.listen({ url: 'https://one.example.com/' })
    await desk.say()
    await desk.follow()
    const right = desk.outside.at
    desk.outside.at = right + tenYears
    await desk.send()
    // A sender that dies with its lease.
    await desk.listen({ url: 'https://two.example.com/' })
    await desk.say()
    await desk.follow()
    const lease = { holder: 'dead', untilMs: serverLimits.webhookLeaseMs, limit: 50, only: null }
    expect(await takeWebhooks(desk.db, { ...lease, now: desk.outside.at })).toHaveLength(1)
    expect(urls).toEqual(['https://one.example.com/'])
    desk.outside.at = right + 1_000
    status = 204
    await sendRound(desk.db, desk.outside)
    expect(urls.slice(1).toSorted()).toEqual([
      'https://one.example.com/',
      'https://one.example.com/',
      'https://two.example.com/',
    ])
    // What is put off for as long as a receiver may ask stays so.
    status = 503
    await desk.say()
    await desk.follow()
    await sendRound(desk.db, desk.outside)
    const before = urls.length
    desk.outside.at += 60_000
    await sendRound(desk.db, desk.outside)
    expect(urls).toHaveLength(before)
    record({ acknowledged: 2, stored: 2 })
  })

  it('no retention, and no sweep of images', async () => {
    const desk = await openDesk()
    const settings = { retention: { days: 30, keep: 'nothing' as const } }
    await insertProjectStatement(desk.db, { id: 'kept', name: 'Kept', settings, secret: 'k' }, 0).run()
    const now = Date.now()
    await keepRetention(desk.db, now + tenYears)
    await desk.say({ project: 'kept', createdAt: now - 40 * 86_400_000, receivedAt: now - 40 * 86_400_000 })
    await desk.follow()
    await keepRetention(desk.db, now)
    expect(desk.sqlite.prepare("SELECT count(*) AS n FROM item WHERE project = 'kept'").get()?.['n']).toBe(0)

    const file = { project: 'kept', item: 'i', n: 0, type: 'image/png' }
    await insertFile(desk.db, { ...file, key: 'ahead', dueAt: now + tenYears })
    await insertFile(desk.db, { ...file, key: 'waits', dueAt: now + serverLimits.fileWaitMs })
    const swept: string[] = []
    const FILES = { delete: async (keys: string | string[]) => void swept.push(...[keys].flat()) }
    await sweepFiles({ DB: desk.db, FILES }, now)
    expect(swept).toEqual([])
    await sweepFiles({ DB: desk.db, FILES }, now + serverLimits.fileWaitMs)
    expect(swept.toSorted()).toEqual(['ahead', 'waits'])
    record({})
  })
})
