import { fill } from './fill.mjs'
import { quantiles, table } from './load.mjs'
import { serveRaw } from './raw/serve.mjs'

const count = Number(process.env.EARSHOT_BENCH_ITEMS ?? 1_000_000)
const runs = 60

const queries = {
  list: () => '',
  'a page in the middle': (i) => `to=2026-0${1 + (i % 6)}-15`,
  'one facet': (i) => `kind=${['bug', 'idea', 'praise'][i % 3]}`,
  'one rare facet': (i) => `person=u${i * 7}`,
  'two facets': (i) => `kind=${['bug', 'idea'][i % 2]}&tag.plan=${['free', 'pro', 'team'][i % 3]}`,
  'two facets, one excluded': (i) => `release=1.${i % 30}.0&not.status=done`,
  'a range of scores': (i) => `scale=nps&max=${i % 7}`,
  'one rare word': () => 'q=zeppelin',
  'one word in 400': () => 'q=refund',
  'one common word': (i) => `q=${['checkout', 'login', 'error', 'phone'][i % 4]}`,
  'two words': (i) => `q=${['login+broken', 'checkout+wrong', 'report+slow', 'dark+mode'][i % 4]}`,
  'a sentence': () => 'q=the+export+button+is+missing+on+my+phone',
  'one word and a facet': (i) => `q=${['checkout', 'login'][i % 2]}&tag.plan=pro`,
  'a word that nobody said': () => 'q=submarine+login',
}

/** Lists, filters and searches over a million items, timed from request to the last byte at one connection. */
export async function bench() {
  const system = await serveRaw()
  try {
    console.log(`Filling ${count.toLocaleString('en')} items …`)
    await system.restart((file) => fill(file, { project: system.project, count, now: Date.now() }))
    const rows = []
    for (const [name, queryOf] of Object.entries(queries)) {
      const times = []
      let read = 0
      let total = ''
      for (let i = 0; i < runs + 5; i++) {
        await system.rows()
        const begun = performance.now()
        const response = await system.call(`/v1/feedback?limit=50&${queryOf(i)}`)
        const answer = await response.json()
        if (i >= 5) times.push(performance.now() - begun)
        if (!response.ok) throw new Error(JSON.stringify(answer))
        total = `${answer.total.exact ? '' : '≥ '}${answer.total.count}`
        read = (await system.rows()).read
      }
      const { p50, p95 } = quantiles(times)
      rows.push([name, p50, p95, total, read])
    }
    table(['query', 'p50 ms', 'p95 ms', 'matches', 'rows read'], rows)
    console.log('Goal: p95 under 50 ms.')
  } finally {
    await system.stop()
  }
}
