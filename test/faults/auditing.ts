import { expect, it } from 'vitest'
import type { RawSystem } from '../bench/raw/serve.mjs'
import { endLeases, interruptedBy, rows } from './collector.ts'
import { record } from './record.ts'

/** A change whose entry in the audit log is written in its own transaction. */
export interface Change {
  action: string
  /** What tells it from others of the same action. */
  how?: string
  /** Makes what it changes, anew for each run. */
  ready?: () => Promise<string>
  send: (ready: string, headers: Record<string, string>, n: number) => Promise<Response>
  /** Whether a change that takes several transactions is complete. */
  isWhole?: (ready: string) => Promise<boolean>
}

const written = async (raw: RawSystem, action: string) =>
  (await rows(raw, `SELECT DISTINCT id FROM audit WHERE action = '${action}'`)).length

/**
 * A test for each change: whoever makes it dies at each of its calls to the database in turn, once before the call and once
 * after it was committed, and each time what `standing` selects and the log say the same.
 */
export function crashAtEachCall(rawOf: () => RawSystem, changes: readonly Change[], standing: string): void {
  const titled = changes.map((change) => ({ ...change, title: [change.action, change.how].filter(Boolean).join(' ') }))
  it.each(titled)('$title', async ({ action, ready, send, isWhole }) => {
    const raw = rawOf()
    const state = async () => JSON.stringify(await rows(raw, standing))
    let runs = 0
    for (const isAfter of [false, true]) {
      for (let call = 1, isCut = true; isCut; call++, runs++) {
        const one = (await ready?.()) ?? ''
        const [before, entries] = [await state(), await written(raw, action)]
        const crash = interruptedBy({ call, isAfter, isCrash: true })
        const response = await send(one, crash, call + (isAfter ? 100 : 0))
        isCut = response.status >= 400
        // Nothing but the crash stands in the way.
        if (isCut) expect([call, isAfter, response.status]).toEqual([call, isAfter, 503])
        const isDone = isWhole === undefined ? (await state()) !== before : await isWhole(one)
        if (!isCut) expect([call, isAfter, isDone]).toEqual([call, isAfter, true])
        expect([call, isAfter, (await written(raw, action)) - entries]).toEqual([call, isAfter, isDone ? 1 : 0])
        await endLeases(raw)
      }
    }
    expect(runs).toBeGreaterThan(3)
    record({ runs })
  })
}
