import { expect } from 'vitest'
import type { RawSystem } from '../bench/raw/serve.mjs'
import { agrees, endLeases, idsOf, interruptedBy } from './collector.ts'
import { holds, record } from './record.ts'

/** A write that may be cut off at any of its calls to the database. */
export interface Write<Ready> {
  /** Makes what the write is about, anew for each run. */
  ready: () => Promise<Ready>
  /** Sends it, with these headers. */
  send: (ready: Ready, headers: Record<string, string>) => Promise<Response>
  /** What there is afterwards, without what differs from run to run. */
  outcome: (ready: Ready, answer: Response | null) => Promise<unknown>
  /** The items that must stand in the end because they were acknowledged. */
  ids?: (ready: Ready) => readonly string[]
  /** How a repeat of what was done already may be answered beside 2xx. */
  done?: number
}

/** Calls of a request that may be behind its answer, or about something else: a later one of its own would be cut still. */
const heedless = 3
const mostCalls = 60

/**
 * Lets each call of a write fail, once before it is made and once after it was committed, until it has no more of them.
 * Each time the sender is told `503` with a time, sends the same again, and all is as if nothing had failed. Answers with
 * how often something failed.
 */
export async function cutAtEveryCall<Ready>(
  raw: RawSystem,
  { ready, send, outcome, ids = () => [], done }: Write<Ready>,
): Promise<number> {
  const undisturbed = await ready()
  const smooth = await send(undisturbed, {})
  expect(smooth.status).toBeLessThan(300)
  const wanted = await outcome(undisturbed, smooth)
  const acknowledged = [...ids(undisturbed)]
  let runs = 0
  for (const isAfter of [false, true]) {
    for (let call = 1, passed = 0; passed < heedless; call++) {
      expect(call).toBeLessThan(mostCalls)
      const one = await ready()
      const first = await send(one, interruptedBy({ call, isAfter }))
      acknowledged.push(...ids(one))
      const where = `call ${call}, ${isAfter ? 'after' : 'before'}`
      if (first.status < 300) {
        passed += 1
        expect([where, await outcome(one, first)]).toEqual([where, wanted])
        continue
      }
      runs += 1
      expect([where, first.status, first.headers.get('retry-after')]).toEqual([
        where,
        503,
        expect.stringMatching(/^\d+$/),
      ])
      await endLeases(raw)
      const again = await send(one, {})
      expect([where, again.status < 300 || again.status === done]).toEqual([where, true])
      expect([where, await outcome(one, again.ok ? again : null)]).toEqual([where, wanted])
    }
  }
  await agrees(raw)
  const rows = (await idsOf(raw)).filter((id) => acknowledged.includes(id))
  if (acknowledged.length > 0) holds({ runs, acknowledged, rows })
  else record({ runs })
  return runs
}
