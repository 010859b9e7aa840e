import { describe, expect, it } from 'vitest'
import type { Sent } from '../../sdk/index.ts'
import { useFault } from './faults.ts'

const fault = useFault()
const { open, hold } = fault

describe('under a load that no person makes,', () => {
  it('ten thousand are sent offline: the newest hundred are stored, 9,900 counted and told', async () => {
    const page = await open()
    await fault.context.setOffline(true)
    const { states, ids, heap } = await page.evaluate(async () => {
      const all: Sent[] = await Promise.all(
        Array.from({ length: 10_000 }, (_, n) => window.client.send({ message: `Offline ${n}` })),
      )
      const { usedJSHeapSize } = (performance as unknown as { memory: { usedJSHeapSize: number } }).memory
      return {
        states: [...new Set(all.map(({ state }) => state))],
        ids: all.map(({ id }) => id),
        heap: usedJSHeapSize,
      }
    })
    fault.said(...ids)
    expect(states.toSorted()).toEqual(['cancelled', 'queued'])
    expect(heap).toBeLessThan(300_000_000)
    await expect.poll(() => fault.dropped(), { timeout: 120_000 }).toEqual({ full: 9_900 })
    await fault.context.setOffline(false)
    await hold(page)
    expect((await fault.find(ids[9_900] ?? ''))?.dropped).toEqual({ full: 9_900 })
    for (const id of ids.slice(-99)) expect(await fault.find(id)).toBeDefined()
  }, 400_000)

  it('the same submission is sent a hundred times in parallel: one row, and a receipt for each', async () => {
    const page = await open()
    const sent = await page.evaluate(async () => {
      const { id } = await window.client.send({ message: 'The same' })
      return Promise.all(Array.from({ length: 100 }, () => window.client.send({ id, message: 'The same' })))
    })
    expect(new Set(sent.map(({ state, receipt }) => `${state} ${receipt?.reference}`)).size).toBe(1)
    expect(sent[0]?.state).toBe('stored')
    fault.said(...sent.map(({ id }) => id))
    await hold(page)
  })
})
