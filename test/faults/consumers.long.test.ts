import { afterAll, beforeAll, expect, it } from 'vitest'
import { type RawSystem, serveRaw } from '../bench/raw/serve.mjs'
import { endLeases } from './collector.ts'
import { type Following, following } from './following.ts'
import { record } from './record.ts'

let raw: RawSystem
let consumers: Following
beforeAll(async () => {
  raw = await serveRaw({ quiet: true })
  consumers = following(raw)
})
afterAll(() => raw.stop())

it('a consumer that two schedules at once drive, one of them with a lease that has ended, does its work once', async () => {
  let runs = 0
  for (let call = 1; call <= 8; call++, runs++) {
    const run = `late${call}`
    await consumers.saySomething(run)
    const slow = consumers.schedule({ call, waitMs: 150 })
    await new Promise((resolve) => setTimeout(resolve, 30))
    await endLeases(raw)
    await Promise.all([consumers.schedule(), consumers.schedule()])
    expect((await slow).status).toBe(200)
    await consumers.isFollowed(run)
  }
  record({ runs })
})
