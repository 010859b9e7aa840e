import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Receipt } from '../../sdk/wire/index.ts'
import { type RawSystem, serveRaw } from '../bench/raw/serve.mjs'
import { newId } from '../support/system.ts'
import { idsOf } from './collector.ts'
import { holds } from './record.ts'
import { startWire, type Wire } from './wire.ts'

let raw: RawSystem
let wire: Wire
beforeAll(async () => {
  raw = await serveRaw({ quiet: true })
  wire = await startWire(raw.origin)
})
afterAll(async () => {
  await wire.close()
  await raw.stop()
})

/** A connection of its own for each, so that bytes are counted from its beginning. */
const send = (id: string) =>
  fetch(`${wire.origin}/v1/feedback?key=${raw.publishableKey}`, {
    method: 'POST',
    headers: { connection: 'close' },
    body: JSON.stringify({ id, message: 'Cut somewhere', tags: { long: 'x'.repeat(200) } }),
  })
const receiptOf = async (id: string) => {
  const response = await send(id)
  return response.ok ? ((await response.json()) as Receipt) : null
}

describe('a connection that is cut', () => {
  it.each([
    ['while it is asked', 'there'],
    ['while it is answered', 'back'],
  ] as const)('%s, after any number of bytes: sent again it is stored once, with one receipt', async (_, way) => {
    wire.cut = undefined
    const whole = newId()
    expect(await receiptOf(whole)).not.toBeNull()
    const length = wire.bytes[way]
    expect(length).toBeGreaterThan(200)
    const ids = [whole]
    const acknowledged = [whole]
    // Every 23rd byte meets each line of the head, and the body, somewhere.
    for (let after = 1; after <= length; after += after < length - 1 ? Math.min(23, length - 1 - after) : 1) {
      const id = newId()
      ids.push(id)
      wire.cut = { way, after }
      const first = await receiptOf(id).catch(() => null)
      if (first !== null) acknowledged.push(id)
      wire.cut = undefined
      const again = await receiptOf(id)
      expect(again?.id).toBe(id)
      if (first !== null) expect(again).toEqual(first)
      expect(await receiptOf(id)).toEqual(again)
    }
    // Who got the last byte got all of it.
    if (way === 'back') expect(acknowledged).toContain(ids.at(-1))
    const rows = (await idsOf(raw)).filter((id) => ids.includes(id))
    holds({ runs: ids.length - 1, acknowledged, rows })
    expect(rows.toSorted()).toEqual(ids.toSorted())
  })
})
