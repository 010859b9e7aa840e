import { expect, vi } from 'vitest'
import { createEarshot } from '../../sdk/index.ts'
import type { Earshot, Sent } from '../../sdk/index.ts'
import type { Feedback } from '../../sdk/wire/index.ts'
import type { RawSystem } from '../bench/raw/serve.mjs'
import { find, idsOf } from './collector.ts'
import { holds } from './record.ts'

/** What becomes of a request on its way: it goes on as it is or changed, is answered by somebody else, or breaks. */
export type Way = (init: RequestInit) => RequestInit | Response | Error

/** A client outside of a browser, whose line to a raw collector a test holds in its hand. */
export interface Sender {
  client: Earshot
  /** What happens to requests; undefined: they go through. */
  way: Way | undefined
  /** How many requests there were. */
  attempts: () => number
  /** How long the client means to wait, from each `queued`, in ms. */
  delays: number[]
  /** What was given up, with its reason. */
  dropped: { id: string; reason: string }[]
  send: (feedback: Parameters<Earshot['send']>[0]) => Promise<Sent>
  /** Lets so much time pass for the client. */
  wait: (ms: number) => Promise<void>
  /**
   * All is well again, and a day passes: what was acknowledged stands once, nothing waits, and of what was given up
   * everything is counted with the collector. `erased` are ids that were stored, and are not to be there any more.
   */
  hold: (erased?: readonly string[]) => Promise<void>
}

const hourMs = 3_600_000

/** Makes one. Its clock is a test's own from now on; the test ends that with `vi.useRealTimers()`. */
export function startSender(raw: RawSystem, key = raw.publishableKey): Sender {
  vi.useFakeTimers({ toFake: ['Date', 'setTimeout', 'clearTimeout'], now: Date.now() })
  const said = new Set<string>()
  const acknowledged = new Set<string>()
  let attempts = 0
  const client = createEarshot({
    key,
    endpoint: raw.origin,
    fetch: async (address, init = {}) => {
      attempts += 1
      const next = sender.way?.(init) ?? init
      if (next instanceof Error) throw next
      return next instanceof Response ? next : fetch(address, next)
    },
  })
  const sender: Sender = {
    client,
    way: undefined,
    attempts: () => attempts,
    delays: [],
    dropped: [],
    async send(feedback) {
      const sent = await client.send(feedback)
      said.add(sent.id)
      return sent
    },
    wait: async (ms) => {
      await vi.advanceTimersByTimeAsync(ms)
    },
    async hold(erased = []) {
      sender.way = undefined
      await expect
        .poll(async () => {
          await sender.wait(hourMs)
          return client.flush()
        })
        .toBe(0)
      const last = await sender.send({ message: 'The last word' })
      expect(last.state).toBe('stored')
      await expect.poll(() => acknowledged.has(last.id)).toBe(true)
      const rows = (await idsOf(raw)).filter((id) => said.has(id))
      const items = await Promise.all(rows.map((id) => find(raw, id)))
      const counted = items.flatMap((item) => Object.values((item as Feedback).dropped ?? {}))
      client.destroy()
      const dropped = sender.dropped.map(({ id }) => id)
      expect([...rows, ...dropped, ...erased].toSorted()).toEqual([...said].toSorted())
      for (const id of erased) acknowledged.delete(id)
      holds({ acknowledged, rows, dropped, counted: counted.reduce((sum, n) => sum + n, 0) })
    },
  }
  client.on('sent', ({ id }) => acknowledged.add(id))
  client.on('queued', ({ delayMs }) => sender.delays.push(delayMs ?? 0))
  client.on('dropped', (drop) => sender.dropped.push(drop))
  return sender
}
