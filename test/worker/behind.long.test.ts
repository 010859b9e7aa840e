import { afterAll, beforeAll, expect, it } from 'vitest'
import { serverLimits } from '../../worker/limits.ts'
import { type RawSystem, serveRaw } from '../bench/raw/serve.mjs'
import { submit } from '../faults/collector.ts'
import { newId, problemOf } from '../support/system.ts'

let raw: RawSystem
beforeAll(async () => {
  raw = await serveRaw({ quiet: true })
})
afterAll(() => raw.stop())

it.each(['/v1/feedback/count?kind=bug', '/v1/export?format=csv&kind=bug', '/v1/insight/volume?kind=bug'])(
  'where filters are behind, %s says so rather than leave out what was said a moment ago',
  async (path) => {
    await raw.sql(
      `UPDATE consumer SET lease = 'asleep', lease_until = ${Date.now() + 2 * serverLimits.leaseMs - 1_000} WHERE name = 'search'`,
    )
    expect((await submit(raw, { id: newId(), message: 'Said', kind: 'bug' })).status).toBe(201)
    const answer = await raw.call(path)
    expect([answer.status, answer.headers.get('retry-after')]).toEqual([503, '5'])
    expect((await problemOf(answer)).detail).toContain('Nothing is lost')
    await raw.sql("UPDATE consumer SET lease = NULL, lease_until = 0 WHERE name = 'search'")
    expect((await raw.call(path)).status).toBe(200)
  },
)
