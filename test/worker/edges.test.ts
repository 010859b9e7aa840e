import { describe, expect, it } from 'vitest'
import { amend, stripsOf, wholeDays } from '../../worker/storage/edges.ts'
import { random } from '../bench/sample.mjs'

const hour = 3_600_000
const day = 24 * hour
const start = Date.UTC(2026, 2, 20)

/** Ranges of some days each, as a zone so far from UTC has them; an hour is left out where the clocks change. */
function rangesOf(offset: number, days: number): { from: number; to: number }[] {
  const midnight = (n: number) => start + n * day - offset * hour - (n >= 9 ? hour : 0)
  return Array.from({ length: 28 / days }, (_, i) => ({ from: midnight(i * days), to: midnight((i + 1) * days) }))
}

const within = (instants: readonly number[], { from, to }: { from: number; to: number }) =>
  instants.filter((instant) => instant >= from && instant < to).length

describe('ranges made of days of UTC and the hours at their edges', () => {
  it.each([-11, -8, -3.5, -1, 0, 1, 2, 5.5, 9, 11.75])('hold what they hold, %s hours from UTC', (offset) => {
    const next = random(7)
    const instants = Array.from({ length: 4_000 }, () => start + Math.floor((next() * 34 - 3) * day))
    for (const days of [1, 7, 28]) {
      const ranges = rangesOf(offset, days)
      const strips = stripsOf(ranges)
      const moved = amend(ranges, strips, new Map(strips.map((strip, i) => [i, within(instants, strip)])))
      const counted = wholeDays(ranges).map((range, i) => within(instants, range) + (moved[i] ?? 0))
      expect(counted).toEqual(ranges.map((range) => within(instants, range)))
      for (const { from, to } of strips) expect(to - from).toBeLessThanOrEqual(day / 2)
    }
  })

  it('need no strip where they are days of UTC', () => {
    const ranges = [{ from: start, to: start + 7 * day }]
    expect(stripsOf(ranges)).toEqual([])
    expect(wholeDays(ranges)).toEqual(ranges)
  })
})
