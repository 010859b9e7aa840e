import { docsPerMs, saidFrom, spillMs } from './selection.ts'

/** A day of UTC, in ms. */
export const dayMs = 86_400_000

/** From an instant to another, which is no longer in it; in epoch ms. */
export interface Range {
  from: number
  to: number
}

/**
 * An SQL expression that says in which of the ranges an instant lies: the range's index, or −1 between them. The
 * ranges are ascending and without overlap. A tree of comparisons with whole numbers, ten deep for a thousand ranges:
 * a subquery of its own for each range costs more to begin than most have to count. `unit` is how many units of the
 * column make a ms.
 */
export function bucketOf(
  column: string,
  ranges: readonly Range[],
  valueOf: (index: number) => string = String,
  unit = 1,
): string {
  const pieces: { from: number; value: string }[] = []
  for (const [index, { from, to }] of ranges.entries()) {
    if (pieces.at(-1)?.from === from) pieces.pop()
    pieces.push({ from, value: valueOf(index) }, { from: to, value: '-1' })
  }
  const branch = (low: number, high: number): string => {
    if (high - low === 1) return pieces[low]?.value ?? '-1'
    const middle = (low + high) >> 1
    const at = Math.trunc((pieces[middle]?.from ?? 0) * unit)
    return `CASE WHEN ${column} < ${at} THEN ${branch(low, middle)} ELSE ${branch(middle, high)} END`
  }
  const first = Math.trunc((pieces[0]?.from ?? 0) * unit)
  return pieces.length === 0 ? '-1' : `CASE WHEN ${column} < ${first} THEN -1 ELSE ${branch(0, pieces.length)} END`
}

/** The `doc`s that may lie in any of the ranges: from the first on, and before the second; with `since`, as a list's. */
export function docBounds(ranges: readonly Range[], since: number | null = null): { low: number; high: number } {
  const from = saidFrom({ from: ranges[0]?.from ?? 0, since }) ?? 0
  return { low: from * docsPerMs, high: ((ranges.at(-1)?.to ?? 0) + spillMs) * docsPerMs }
}
