import type { Estimate, VolumeSeries } from '../../sdk/wire/insight.ts'
import { differenceOf, poisson } from './interval.ts'

/** How two counts differ, as counts of independent events. */
export function countChange(later: number, earlier: number): Estimate {
  const of = (count: number) => ({ value: count, interval: poisson(count) })
  return { value: later - earlier, interval: differenceOf(of(later), of(earlier)) }
}

/** A series from its counts, the range before coming first. */
export function seriesOf(value: string | null, [previous = 0, ...counts]: readonly number[]): VolumeSeries {
  const total = counts.reduce((sum, count) => sum + count, 0)
  return { value, counts, total, previous, change: countChange(total, previous) }
}

/** What remains of all items where each has at most one value: those with another one, or with none. */
export function restOf(all: readonly number[], shown: readonly (readonly number[])[]): number[] {
  return all.map((count, i) => shown.reduce((rest, counts) => rest - (counts[i] ?? 0), count))
}
