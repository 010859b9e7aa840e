import { afterEach, expect, it, vi } from 'vitest'
import { heard, isOffline, returns, unheard } from '../../worker/console/collector/connection.ts'

afterEach(() => vi.unstubAllGlobals())

it('is not back because of an answer that was on its way when it was lost', async () => {
  vi.stubGlobal('fetch', () => Promise.reject(new TypeError('Failed to fetch')))
  const before = performance.now()
  unheard()
  await expect.poll(() => isOffline.value).toBe(true)
  heard(before)
  expect([isOffline.value, returns.value]).toEqual([true, 0])
  await vi.waitFor(() => expect(performance.now()).toBeGreaterThan(before))
  heard(performance.now())
  expect([isOffline.value, returns.value]).toEqual([false, 1])
})
