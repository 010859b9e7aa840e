import { expect } from 'vitest'
import type { Receipt, Submission } from '../../sdk/wire/index.ts'
import { newId } from '../support/system.ts'
import { holds } from './record.ts'

/** A collector that can be killed and comes back on the same state. */
export interface Mortal {
  submit: (body: Partial<Submission>) => Promise<Response>
  /** Ends every process of it at once, by SIGKILL, and starts it again. */
  crash: () => Promise<void>
  /** Ids of all rows, each as often as it stands there. */
  ids: () => Promise<string[]>
  /** What must be true of the rest. */
  check: () => Promise<void>
}

const inFlight = 32

/** What one sender knows of one submission. */
interface Said {
  body: Partial<Submission>
  receipt: Receipt | null
}

const isWhole = (receipt: Receipt, { body }: Said) => receipt.id === body.id && receipt.reference.length === 8

/** Does the same with each, eight at a time. */
async function sideBySide(all: readonly Said[], work: (said: Said) => Promise<void>): Promise<void> {
  const left = [...all]
  const doNext = async () => {
    for (let said = left.shift(); said !== undefined; said = left.shift()) await work(said)
  }
  await Promise.all(Array.from({ length: 8 }, doNext))
}

/** Sends one after the other, with no pause, until the connection breaks. Every third goes out twice. */
async function sendOn({ submit }: Mortal, all: Said[]): Promise<void> {
  for (;;) {
    const said: Said = {
      body: { id: newId(), message: `Said as number ${all.length}`, tags: { third: all.length % 3 } },
      receipt: null,
    }
    all.push(said)
    try {
      const [response] = await Promise.all([submit(said.body), all.length % 3 === 0 && submit(said.body)])
      const receipt = (await response.json()) as Receipt
      if (response.ok && isWhole(receipt, said)) said.receipt = receipt
    } catch {
      // Killed: nobody knows what became of this one.
      return
    }
  }
}

/**
 * Kills a collector while 32 submissions are in flight, at another moment each round, and restarts it. Then everything
 * that was acknowledged stands there, what was not is sent again as an outbox would, each stands there once, and a repeat
 * gets the receipt that the first got. Answers with how many were under way when it was killed.
 */
export async function killInFlight(collector: Mortal, rounds: number): Promise<number> {
  const everything: Said[] = []
  const acknowledgedFirst: string[] = []
  for (let round = 0; round < rounds; round++) {
    const all: Said[] = []
    const sending = Array.from({ length: inFlight }, () => sendOn(collector, all))
    const enough = 1 + Math.floor((round * 97) % 60)
    await expect
      .poll(() => all.filter(({ receipt }) => receipt !== null).length, { interval: 1 })
      .toBeGreaterThan(enough)
    await collector.crash()
    await Promise.all(sending)
    const acknowledged = all.filter(({ receipt }) => receipt !== null)
    const open = all.filter(({ receipt }) => receipt === null)
    acknowledgedFirst.push(...acknowledged.map(({ body }) => body.id ?? ''))
    const standing = new Set(await collector.ids())
    expect(acknowledged.filter(({ body }) => !standing.has(body.id ?? ''))).toEqual([])
    await sideBySide(open, async (said) => {
      const response = await collector.submit(said.body)
      expect(response.status).toBe(standing.has(said.body.id ?? '') ? 200 : 201)
      said.receipt = (await response.json()) as Receipt
    })
    await sideBySide(acknowledged, async ({ body, receipt }) => {
      const response = await collector.submit(body)
      expect([response.status, await response.json()]).toEqual([200, receipt])
    })
    everything.push(...all)
  }
  await collector.check()
  const said = new Set(everything.map(({ body }) => body.id ?? ''))
  const rows = (await collector.ids()).filter((id) => said.has(id))
  holds({ runs: rounds, acknowledged: acknowledgedFirst, rows })
  expect(rows).toHaveLength(said.size)
  return said.size - acknowledgedFirst.length
}
