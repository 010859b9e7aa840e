import { afterAll, beforeAll, expect, it } from 'vitest'
import { type RawSystem, serveRaw } from '../bench/raw/serve.mjs'
import { agrees, idsOf, submit } from './collector.ts'
import { killInFlight } from './killing.ts'

let raw: RawSystem
beforeAll(async () => {
  raw = await serveRaw({ quiet: true })
})
afterAll(() => raw.stop())

it('a collector killed with 32 submissions in flight has everything that it acknowledged, once', async () => {
  const before = raw.pid()
  const underWay = await killInFlight(
    { submit: (body) => submit(raw, body), crash: () => raw.crash(), ids: () => idsOf(raw), check: () => agrees(raw) },
    3,
  )
  expect(underWay).toBeGreaterThan(3)
  expect(raw.pid()).not.toBe(before)
})
