import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import type { FeedbackList } from '../../sdk/wire/index.ts'
import { type RawSystem, serveRaw } from '../bench/raw/serve.mjs'
import { endLeases, rows, submit } from '../faults/collector.ts'
import { newId } from '../support/system.ts'

let raw: RawSystem
beforeAll(async () => {
  raw = await serveRaw({ quiet: true })
  for (let n = 0; n < 3; n++) await submit(raw, { id: newId(), message: `Number ${n}`, kind: 'bug' })
  await raw.schedule()
})
afterAll(() => raw.stop())

const list = (path = '/v1/feedback?kind=bug') => raw.call(path)
const countOf = async (response: Response) => ((await response.json()) as FeedbackList).total

/** As a migration leaves it that has the index read everything again; the collector begins anew with it. */
async function forgetIndex(): Promise<void> {
  await raw.sql("DELETE FROM facet; DELETE FROM words; UPDATE consumer SET change = 0 WHERE name = 'search'")
  await raw.restart(() => Promise.resolve())
  // What followed the changes when it ended may have ended with a lease.
  await endLeases(raw)
}

describe('an index that an upgrade lets read everything once more', () => {
  beforeEach(forgetIndex)

  it('is read before the first list, where little is in it', async () => {
    expect(await countOf(await list())).toEqual({ count: 3, exact: true })
  })

  it('is never shown in part: lists and counts say that it is being read, and come back', async () => {
    // As many changes as a large project has.
    await raw.sql("UPDATE item SET change = change + 10000; UPDATE consumer SET change = 10003 WHERE name <> 'search'")
    for (const path of ['/v1/feedback', '/v1/feedback/count', '/v1/feedback/groups?by=kind', '/v1/views/counts']) {
      await raw.sql("UPDATE consumer SET change = 0 WHERE name = 'search'")
      const answer = await list(path)
      expect([path, answer.status, answer.headers.get('retry-after')]).toEqual([path, 503, '5'])
      expect(((await answer.json()) as { detail: string }).detail).toContain('After an upgrade')
    }
    // Whoever asks has more of it read, without a schedule.
    await expect.poll(async () => (await list()).status, { timeout: 30_000, interval: 200 }).toBe(200)
    expect(await countOf(await list())).toEqual({ count: 3, exact: true })
    expect(await rows(raw, "SELECT change FROM consumer WHERE name = 'search'")).toEqual([{ change: 10_003 }])
  })

  it('does not stand in the way of what is said, or of a single item', async () => {
    const id = newId()
    const stored = await submit(raw, { id, message: 'Meanwhile' })
    expect(stored.status).toBe(201)
    expect((await raw.call(`/v1/feedback/${id}`)).status).toBe(200)
  })
})
