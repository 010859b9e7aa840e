import { judge } from '../../sdk/retry.ts'
import { table } from './load.mjs'
import { random } from './sample.mjs'

const clients = 1_000
const outageMs = 60 * 60 * 1_000
const minuteMs = 60 * 1_000

/** Attempts of one client, in ms since the outage began, until the first that is answered well. */
function attemptsOf(firstMs, policy) {
  const attempts = [firstMs]
  for (let count = 0; attempts.at(-1) < outageMs; count++)
    attempts.push(attempts.at(-1) + policy(count, attempts.at(-1)))
  return attempts
}

/**
 * `npm run bench -- retries`: a thousand clients with one submission each, whose first attempts fall into the first
 * second of an hour in which the collector answers 500 (or 503 with `Retry-After: 60`). Their waits are those of
 * `judge`, the SDK's own policy; beside it the same policy without its jitter. How many arrive in each of the first
 * minutes after the hour, and in the worst second: a crowd that returns in step has a peak far over its mean.
 */
export async function bench() {
  const chance = random(7)
  const answers = { 500: { status: 500 }, '503, Retry-After: 60': { status: 503, retryAfter: '60' } }
  const rows = []
  const histogram = []
  for (const [answer, given] of Object.entries(answers)) {
    for (const [name, draw] of [
      ['full jitter, as shipped', chance],
      // What a policy without chance waits: the whole of each step.
      ['no jitter', () => 1],
    ]) {
      const all = Array.from({ length: clients }, () =>
        attemptsOf(chance() * 1_000, (count, now) => judge(given, 'id', count, now, draw()).delayMs),
      )
      const returns = all.map((attempts) => attempts.at(-1) - outageMs)
      const seconds = new Map()
      for (const ms of returns) seconds.set(Math.floor(ms / 1_000), (seconds.get(Math.floor(ms / 1_000)) ?? 0) + 1)
      const spanSeconds = Math.max(...returns) / 1_000
      const peak = Math.max(...seconds.values())
      const tries = all.reduce((sum, { length }) => sum + length - 1, 0) / clients
      rows.push([`${answer}: ${name}`, tries, spanSeconds, peak, clients / spanSeconds, peak / (clients / spanSeconds)])
      histogram.push([
        `${answer}: ${name}`,
        ...Array.from({ length: 10 }, (_, n) => returns.filter((ms) => Math.floor(ms / (3 * minuteMs)) === n).length),
      ])
    }
  }
  table(['', 'attempts in the hour', 'all back after s', 'worst second', 'mean a second', 'peak over mean'], rows)
  console.log('\nFirst attempts after the hour, in steps of three minutes:')
  table(['', ...Array.from({ length: 10 }, (_, n) => `${n * 3}-${n * 3 + 3} min`)], histogram)
}
