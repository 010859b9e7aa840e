import { randomUUID } from 'node:crypto'
import { load, median, table } from './load.mjs'
import { sampleSubmission } from './sample.mjs'
import { serveRaw } from './raw/serve.mjs'

const rounds = 5
const seconds = 3

/** `POST /v1/feedback` with every check on, against a bare Hono handler with one INSERT, in turn on the same workerd. */
export async function bench() {
  // Every check is on; only what one key and one address may send is set so high that the load passes.
  const system = await serveRaw({ settings: { ADDRESS_PER_MINUTE: 1_000_000, KEY_PER_MINUTE: 1_000_000 } })
  const subjects = {
    'bare hello': () => ({ method: 'GET', path: '/bare/hello' }),
    'bare insert': () => {
      const { message } = sampleSubmission()
      return { path: '/bare/insert', body: JSON.stringify({ id: randomUUID(), message }) }
    },
    intake: () => ({
      path: `/v1/feedback?key=${system.publishableKey}`,
      body: JSON.stringify(sampleSubmission()),
      headers: { origin: 'https://app.example.com', 'cf-connecting-ip': `10.0.0.${Math.floor(Math.random() * 256)}` },
    }),
  }
  try {
    await system.call(`/v1/projects/${system.project}`, {
      method: 'PATCH',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ origins: ['https://*.example.com'], quota: { perDay: 10_000_000 } }),
    })
    for (const connections of [1, 32]) {
      const measured = Object.fromEntries(Object.keys(subjects).map((name) => [name, []]))
      await load(system.origin, { connections, seconds: 1, next: subjects.intake })
      for (let round = 0; round < rounds; round++) {
        for (const [name, next] of Object.entries(subjects)) {
          measured[name].push(
            await load(system.origin, { connections, seconds, next, expect: name === 'bare hello' ? 200 : 201 }),
          )
        }
      }
      const ratios = measured.intake.map(({ rate }, i) => rate / measured['bare insert'][i].rate)
      const tails = measured.intake.map(({ p99 }, i) => p99 / measured['bare insert'][i].p99)
      console.log(
        `\n${connections} connection${connections > 1 ? 's' : ''}, ${rounds} rounds of ${seconds} s each, medians`,
      )
      table(
        ['', 'requests/s', 'p50 ms', 'p99 ms', 'failed'],
        Object.entries(measured).map(([name, all]) => [
          name,
          median(all.map(({ rate }) => rate)),
          median(all.map(({ p50 }) => p50)),
          median(all.map(({ p99 }) => p99)),
          all.reduce((sum, { failed }) => sum + failed, 0),
        ]),
      )
      const spread = (values) =>
        `${median(values).toFixed(2)} (${Math.min(...values).toFixed(2)} to ${Math.max(...values).toFixed(2)})`
      console.log(`intake / bare insert: rate ${spread(ratios)}, p99 ${spread(tails)}; goals 0.85 and 1.20`)
    }
  } finally {
    await system.stop()
  }
}
