import { request } from 'node:http'
import { load, median, quantiles, table } from './load.mjs'
import { serveRaw } from './raw/serve.mjs'
import { sampleSubmission } from './sample.mjs'

const rounds = 3
const seconds = 10
const floodFactor = 10
/** How much of what the machine stores one key may send: with the limits as they come, about what D1 leaves it. */
const keyShare = 0.1
/** How much of that the neighbour sends. */
const neighbourShare = 0.5
/** Above this, waiting requests would pile up in this program, and not in the collector. */
const underWayMax = 500

/**
 * One project sends ten times what its key may, the other its usual share, on one workerd with one database: the other's
 * latency before and during. What a key may is set to a tenth of what this machine stores just now, so that a slow or a
 * busy machine shows the same as a fast one. Bounded in number and time, to 127.0.0.1 alone.
 */
export async function bench() {
  const stored = await capacity()
  const keyRate = Math.max(1, stored * keyShare)
  const [floodRate, neighbourRate] = [keyRate * floodFactor, keyRate * neighbourShare]
  console.log(
    `This machine stores ${Math.round(stored)} a second just now; a key may send ${keyRate.toFixed(1)}, the flood is ${floodFactor} times that. ${rounds} rounds of ${seconds} s.`,
  )
  const held = await besideFlood(Math.round(keyRate * 60), floodRate, neighbourRate)
  // What the limits are for: the same flood, and none of them.
  const free = await besideFlood(1_000_000, floodRate, neighbourRate)
  table(
    ['', 'requests/s', 'stored', '429', 'failed', 'p50 ms', 'p99 ms'],
    [
      row('neighbour, alone', held.before),
      row('neighbour, beside the flood', held.during),
      row('the flood', held.flood),
      row('neighbour, beside a flood without limits', free.during),
      row('the flood without limits', free.flood),
    ],
  )
  for (const [name, { before, during }] of Object.entries({ 'with limits': held, 'without limits': free })) {
    const ratios = during.map(({ p99 }, i) => p99 / before[i].p99)
    const spread = `${Math.min(...ratios).toFixed(2)} to ${Math.max(...ratios).toFixed(2)}`
    console.log(`neighbour's p99, during / before, ${name}: ${median(ratios).toFixed(2)} (${spread})`)
  }
}

/** A row of the table: medians of the rounds, sums of the answers. */
const row = (name, all) => [
  name,
  median(all.map(({ rate }) => rate)),
  ...['stored', 'held', 'failed'].map((what) => all.reduce((sum, one) => sum + one[what], 0)),
  median(all.map(({ p50 }) => p50)),
  median(all.map(({ p99 }) => p99)),
]

/** The neighbour by itself, then beside the flood, in turn. */
async function besideFlood(keyPerMinute, floodRate, neighbourRate) {
  const settings = { ADDRESS_PER_MINUTE: 1_000_000, KEY_PER_MINUTE: keyPerMinute }
  const system = await serveRaw({ quiet: true, settings })
  try {
    const [flooded, neighbour] = [system.publishableKey, (await system.addProject('Neighbour')).publishableKey]
    await pace(system.origin, neighbour, neighbourRate, 2)
    const rows = { before: [], during: [], flood: [] }
    for (let round = 0; round < rounds; round++) {
      rows.before.push(await pace(system.origin, neighbour, neighbourRate, seconds))
      const [flood, beside] = await Promise.all([
        pace(system.origin, flooded, floodRate, seconds),
        pace(system.origin, neighbour, neighbourRate, seconds),
      ])
      rows.during.push(beside)
      rows.flood.push(flood)
    }
    return rows
  } finally {
    await system.stop()
  }
}

/** How many submissions this machine stores a second just now. */
async function capacity() {
  const system = await serveRaw({ quiet: true, settings: { ADDRESS_PER_MINUTE: 1_000_000, KEY_PER_MINUTE: 1_000_000 } })
  try {
    const next = () => ({
      path: `/v1/feedback?key=${system.publishableKey}`,
      body: JSON.stringify(sampleSubmission()),
    })
    await load(system.origin, { connections: 16, seconds: 1, next })
    return (await load(system.origin, { connections: 16, seconds: 4, next })).rate
  } finally {
    await system.stop()
  }
}

/** Sends at a steady rate, whatever the answers take: a slow collector must show, not slow the sender. */
async function pace(origin, key, rate, seconds) {
  const latencies = []
  const answers = { stored: 0, held: 0, failed: 0 }
  const underWay = new Set()
  const begun = performance.now()
  let sent = 0
  while (performance.now() - begun < seconds * 1_000) {
    const due = Math.floor(((performance.now() - begun) / 1_000) * rate)
    for (; sent < due && underWay.size < underWayMax; sent++) {
      const one = send(origin, key, `10.${sent >> 16}.${(sent >> 8) & 255}.${sent & 255}`).then(([status, ms]) => {
        latencies.push(ms)
        answers[status === 201 ? 'stored' : status === 429 ? 'held' : 'failed']++
        underWay.delete(one)
        return status
      })
      underWay.add(one)
    }
    await new Promise((resolve) => setTimeout(resolve, 2))
  }
  await Promise.all(underWay)
  return { rate: sent / seconds, ...answers, ...quantiles(latencies) }
}

function send(origin, key, address) {
  const body = JSON.stringify(sampleSubmission())
  const { hostname, port } = new URL(origin)
  if (hostname !== '127.0.0.1') throw new Error('Load goes to 127.0.0.1 only.')
  const begun = performance.now()
  return new Promise((resolve) => {
    const headers = { 'content-length': Buffer.byteLength(body), 'cf-connecting-ip': address }
    const path = `/v1/feedback?key=${key}`
    const sent = request({ hostname, port, path, method: 'POST', headers }, (response) => {
      response.resume()
      response.on('end', () => resolve([response.statusCode, performance.now() - begun]))
    })
    sent.on('error', () => resolve([0, performance.now() - begun]))
    sent.end(body)
  })
}
