import type { Outside } from '../../worker/deliver/attempt.ts'

/** The outside with a clock that moves only when it is told to, or slept on. */
export type TestOutside = Outside & { at: number; slept: number[] }

export function makeOutside(more: Partial<Outside> = {}): TestOutside {
  const outside: TestOutside = {
    // Ahead of the consumers' own clock, which is the machine's: what they write down is due.
    at: Date.now() + 60_000,
    slept: [],
    fetch: (url, init) => fetch(url, init),
    resolve: async () => ['93.184.215.14'],
    now: () => outside.at,
    // In the middle: a delay is the one of the schedule.
    random: () => 0.5,
    sleep: async (ms) => {
      outside.slept.push(ms)
      outside.at += ms
    },
    allowed: { loopback: true },
    timeoutMs: 15_000,
    ...more,
  }
  return outside
}
