import type { Ways } from './ways.ts'

/** A way that passes over questions, drawn beside them. */
export interface Jump {
  from: number
  /** The place it leads to; the number of questions is the end. */
  to: number
  /** How far out it runs: jumps that lie beside each other never share one. */
  lane: number
}

/** Ways that do not simply lead to the next place, shortest first, each in the innermost lane that is free. */
export function jumpsOf({ out }: Pick<Ways, 'out'>): Jump[] {
  const found = new Map<string, Jump>()
  for (const [from, ways] of out.entries()) {
    for (const way of ways) {
      const to = way.to ?? out.length
      if (to > from + 1) found.set(`${from} ${to}`, { from, to, lane: 0 })
    }
  }
  const placed: Jump[] = []
  for (const jump of [...found.values()].sort((one, other) => one.to - one.from - (other.to - other.from))) {
    const beside = placed.filter((one) => one.from < jump.to && jump.from < one.to)
    while (beside.some(({ lane }) => lane === jump.lane)) jump.lane += 1
    placed.push(jump)
  }
  return placed
}
