import { fillSystem } from './filled.mjs'
import { processorMs, quantiles, table } from './load.mjs'
import { serveRaw } from './raw/serve.mjs'
import { wordsByFrequency } from './texts.mjs'

const count = Number(process.env.EARSHOT_BENCH_ITEMS ?? 1_000_000)
const runs = Number(process.env.EARSHOT_BENCH_RUNS ?? 40)

const each = (list) => (i) => list[i % list.length]

/** Every filter of the wire that narrows, with values as the sample has them. */
const filters = {
  kind: each(['bug', 'idea', 'praise']),
  status: each(['new', 'open', 'done']),
  label: each(['checkout', 'billing', 'none']),
  assignee: each(['none']),
  person: (i) => `u${i * 7}`,
  account: (i) => `a${i * 3}`,
  verified: each(['true', 'false']),
  scale: each(['nps', 'csat', 'ces']),
  max: (i) => String(i % 7),
  release: (i) => `1.${i % 30}.0`,
  environment: each(['production', 'staging']),
  path: (i) => `/p/${i * 3}`,
  locale: each(['en', 'de', 'ja']),
  plan: each(['free', 'pro']),
  source: each(['widget']),
  'tag.plan': each(['free', 'pro', 'team']),
  'tag.screen': (i) => `s${i % 40}`,
  'trait.role': each(['owner', 'member']),
  from: (i) => `2026-0${1 + (i % 9)}-15`,
  to: (i) => `2026-0${1 + (i % 9)}-15`,
  since: each(['2026-11-20', '2026-11-15']),
  'not.status': each(['done', 'new']),
  'not.label': each(['checkout', 'none']),
  spam: each(['only', 'with']),
  merged: each(['without']),
}

const query = (names) => (i) => names.map((name) => `${name}=${encodeURIComponent(filters[name](i))}`).join('&')

/** What people ask of a list; words by how common they are in what was filled in. */
function subjects(texts) {
  const words = texts
    ? wordsByFrequency(texts)
    : { rare: ['zeppelin'], medium: ['refund'], common: ['checkout', 'login', 'error', 'phone'] }
  const said =
    (list, by = 0) =>
    (i) =>
      list[(i * 7 + by) % list.length]
  const [rare, medium, common, other] = [
    said(words.rare),
    said(words.medium),
    said(words.common),
    said(words.common, 3),
  ]
  const sentences = texts?.filter((text) => text.split(' ').length > 8) ?? ['the export button is missing on my phone']
  const sentence = (i) => sentences[(i * 97) % sentences.length].split(/\s+/).slice(0, 8).join(' ')
  const q = (text) => `q=${encodeURIComponent(text)}`
  return {
    lists: {
      list: () => '',
      'oldest first': () => 'sort=oldest',
      ...Object.fromEntries(Object.keys(filters).map((name) => [name, query([name])])),
    },
    searches: {
      'one rare word': (i) => q(rare(i)),
      'one word in some hundreds': (i) => q(medium(i)),
      'one common word': (i) => q(common(i)),
      'two common words': (i) => q(`${common(i)} ${other(i)}`),
      'a sentence': (i) => q(sentence(i)),
      'a phrase': (i) => q(`"${sentence(i).split(' ').slice(0, 2).join(' ')}"`),
      'a word and a facet': (i) => `${q(medium(i))}&tag.plan=pro`,
      'a common word and a facet': (i) => `${q(common(i))}&kind=bug`,
      'a word without another': (i) => q(`${medium(i)} -${common(i)}`),
      'a word that nobody said': (i) => q(`xqzzy ${medium(i)}`),
    },
  }
}

/** Every pair of two filters. */
function pairs() {
  const names = Object.keys(filters)
  return names.flatMap((one, i) => names.slice(i + 1).map((other) => [`${one} + ${other}`, query([one, other])]))
}

/**
 * Lists, filters alone and in pairs, searches, next pages and exact counts over a million items: server time from the
 * request to the last byte at one connection, and the rows that the database read.
 */
export async function bench() {
  const system = await serveRaw()
  try {
    const texts = await fillSystem(system, count)
    await system.schedule()
    const { lists, searches } = subjects(texts)
    const one = (path) => measure(system, path, runs)
    for (const [title, queries] of Object.entries({ lists, searches })) {
      console.log(`\n${title}, a page of 50`)
      const rows = []
      for (const [name, queryOf] of Object.entries(queries))
        rows.push([name, ...(await one((i) => `limit=50&${queryOf(i)}`))])
      print(rows)
    }
    console.log('\nnext pages, reached by cursor')
    print([
      ['list', ...(await pages(system, ''))],
      ['kind=bug', ...(await pages(system, 'kind=bug'))],
      ['a common word', ...(await pages(system, searches['one common word'](1)))],
    ])
    await measurePairs(system)
    console.log('\nexact counts')
    const counts = []
    for (const name of ['list', 'kind', 'release', 'from', 'tag.plan', 'label']) {
      counts.push([name, ...(await measure(system, lists[name], 10, '/v1/feedback/count'))])
    }
    print(counts)
    console.log('Goal: p95 under 50 ms, exact counts excepted.')
  } finally {
    await system.stop()
  }
}

function print(rows) {
  table(['query', 'p50 ms', 'p95 ms', 'least ms', 'processor ms', 'matches', 'rows read'], rows)
}

async function measure(system, queryOf, times, path = '/v1/feedback') {
  const taken = []
  let read = 0
  let used = 0
  let total = ''
  for (let i = 0; i < times + 3; i++) {
    await system.rows()
    if (i === 3) used = processorMs(system.pid())
    const begun = performance.now()
    const response = await system.call(`${path}?${queryOf(i)}`)
    const answer = await response.json()
    if (i >= 3) taken.push(performance.now() - begun)
    if (!response.ok) throw new Error(JSON.stringify(answer))
    const { count: matches, exact } = answer.total ?? answer
    total = `${exact ? '' : '≥ '}${matches}`
    read = Math.max(read, (await system.rows()).read)
  }
  const { p50, p95 } = quantiles(taken)
  return [p50, p95, Math.min(...taken), (processorMs(system.pid()) - used) / times, total, read]
}

/** The second to the eleventh page, again and again. */
async function pages(system, text) {
  const taken = []
  let read = 0
  const used = processorMs(system.pid())
  let cursor = ''
  for (let i = 0; i < runs; i++) {
    await system.rows()
    const begun = performance.now()
    const answer = await (await system.call(`/v1/feedback?limit=50&${text}${cursor}`)).json()
    if (i % 11 > 0) taken.push(performance.now() - begun)
    cursor = answer.next === null || i % 11 === 10 ? '' : `&cursor=${encodeURIComponent(answer.next)}`
    read = Math.max(read, (await system.rows()).read)
  }
  const { p50, p95 } = quantiles(taken)
  return [p50, p95, Math.min(...taken), (processorMs(system.pid()) - used) / runs, '', read]
}

/** All pairs, a few times each: the median and the worst of them, and those that are slow by name. */
async function measurePairs(system) {
  const measured = []
  for (const [name, queryOf] of pairs()) {
    measured.push([name, ...(await measure(system, (i) => `limit=50&${queryOf(i)}`, 7))])
  }
  const all = quantiles(measured.map(([, p50]) => p50))
  const worst = quantiles(measured.map(([, , p95]) => p95))
  console.log(
    `\n${measured.length} pairs of filters: median of the medians ${all.p50.toFixed(1)} ms, 95 % of the medians under ${all.p95.toFixed(1)} ms; slowest of seven runs: median ${worst.p50.toFixed(1)} ms, p95 ${worst.p95.toFixed(1)} ms`,
  )
  print(measured.toSorted((a, b) => b[1] - a[1]).slice(0, 12))
}
