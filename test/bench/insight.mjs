import { fillSystem } from './filled.mjs'
import { processorMs, quantiles, table } from './load.mjs'
import { serveRaw } from './raw/serve.mjs'

const count = Number(process.env.EARSHOT_BENCH_ITEMS ?? 1_000_000)
const runs = Number(process.env.EARSHOT_BENCH_RUNS ?? 15)

const ranges = {
  '12 weeks': '',
  '90 days': 'by=day&from=2026-08-25&',
  '24 months': 'by=month&from=2024-12-01&',
}
const filters = { none: '', 'kind=bug': 'kind=bug&', 'tag.plan=pro': 'tag.plan=pro&', 'status=new': 'status=new&' }
const dimensions = ['kind', 'status', 'label', 'path', 'release', 'plan', 'source', 'locale', 'account', 'tag.plan']

function* charts() {
  for (const [range, when] of Object.entries(ranges)) yield [`nps, ${range}`, `scores?scale=nps&${when}`]
  for (const scale of ['csat', 'ces', 'stars']) yield [`${scale}, 12 weeks`, `scores?scale=${scale}`]
  for (const [name, filter] of Object.entries(filters).slice(1)) yield [`nps, ${name}`, `scores?scale=nps&${filter}`]
  for (const [range, when] of Object.entries(ranges)) yield [`volume, ${range}`, `volume?${when}`]
  for (const dimension of dimensions) yield [`by ${dimension}`, `volume?dimension=${dimension}`]
  for (const dimension of dimensions) yield [`by ${dimension}, kind=bug`, `volume?dimension=${dimension}&kind=bug`]
  yield ['by kind, 24 months', `volume?dimension=kind&${ranges['24 months']}`]
  yield ['by status, 24 months', `volume?dimension=status&${ranges['24 months']}`]
}

/** What a chart costs without any of its indexes: every item is read and its JSON with it. */
const anew = `SELECT strftime('%Y-%W', created_at / 1000, 'unixepoch') AS week, count(*) AS n, avg(body ->> '$.rating.value') AS mean
  FROM item WHERE environment = 'production' AND spam = 0 AND body ->> '$.rating.scale' = 'nps' GROUP BY 1`

/** Every chart of the console under no filter or one, over a million items: server time and rows read. */
export async function bench() {
  const system = await serveRaw()
  try {
    await fillSystem(system, count)
    await system.schedule()
    const rows = []
    for (const [name, path] of charts()) {
      const taken = []
      let read = 0
      let used = 0
      for (let i = 0; i < runs + 2; i++) {
        await system.rows()
        if (i === 2) used = processorMs(system.pid())
        const begun = performance.now()
        // The range ends where the items do, whenever this runs.
        const response = await system.call(`/v1/insight/${path}${path.includes('?') ? '&' : '?'}to=2026-11-22`)
        const answer = await response.json()
        if (!response.ok) throw new Error(`${path}: ${JSON.stringify(answer)}`)
        if (i >= 2) taken.push(performance.now() - begun)
        read = (await system.rows()).read
      }
      const { p50, p95 } = quantiles(taken)
      rows.push([name, p50, p95, Math.min(...taken), (processorMs(system.pid()) - used) / runs, read])
    }
    const begun = performance.now()
    await system.sql(anew)
    rows.push(['recomputed from all rows', performance.now() - begun, '', '', '', ''])
    table(['chart', 'p50 ms', 'p95 ms', 'least ms', 'processor ms', 'rows read'], rows)
    console.log('Goal: p95 under 100 ms under no filter or one.')
  } finally {
    await system.stop()
  }
}
