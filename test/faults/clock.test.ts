import { expect, it } from 'vitest'
import { take, waitMs } from '../../worker/admission/rates.ts'
import { record } from './record.ts'

const rate = { perMinute: 60, burst: 10 }
const start = Date.UTC(2026, 10, 23)

/** How many come through at one moment. */
function comeAt(bucket: string, now: number): number {
  let count = 0
  for (; count < 1_000 && waitMs(bucket, rate, now) === 0; count++) take(bucket, rate, now)
  return count
}

it.each([
  ['ten years back', -10 * 365 * 86_400_000],
  ['ten years forward', 10 * 365 * 86_400_000],
  ['an hour back', -3_600_000],
])('a collector whose own clock is set %s still admits what it would, and no more', (name, byMs) => {
  expect(comeAt(name, start)).toBe(10)
  expect(waitMs(name, rate, start)).toBe(1_000)
  expect(comeAt(name, start + byMs)).toBe(10)
  expect(waitMs(name, rate, start + byMs)).toBe(1_000)
  expect(comeAt(name, start + byMs + 3_000)).toBe(3)
  record({})
})

it('a clock that is put right by a second costs nobody more than that second', () => {
  expect(comeAt('second', start)).toBe(10)
  expect(waitMs('second', rate, start - 1_000)).toBeLessThanOrEqual(2_000)
  expect(comeAt('second', start + 2_000)).toBe(2)
})
