import { request } from 'node:http'
import { serverLimits } from '../../worker/limits.ts'
import { median, quantiles, table } from './load.mjs'
import { serveRaw } from './raw/serve.mjs'
import { sampleSubmission } from './sample.mjs'

const rounds = 3
const seconds = 10
/** What the neighbour sends a second, each from an address of its own: a busy product. */
const neighbourRate = 10
const floodFactor = 10
/** Above this, waiting requests would pile up in this program, and not in the collector. */
const underWayMax = 500

/**
 * One project sends ten times what its key may, the other its usual share, on one workerd with one database, limits as
 * they come: the other's latency before and during. Bounded in number and time, to 127.0.0.1 alone.
 */
export async function bench() {
  const system = await serveRaw({ quiet: true })
  try {
    const [flooded, neighbour] = [system.publishableKey, (await system.addProject('Neighbour')).publishableKey]
    const floodRate = (serverLimits.keyPerMinute / 60) * floodFactor
    await pace(system.origin, neighbour, neighbourRate, 2)
    const [before, during, floods] = [[], [], []]
    for (let round = 0; round < rounds; round++) {
      before.push(await pace(system.origin, neighbour, neighbourRate, seconds))
      const [flood, beside] = await Promise.all([
        pace(system.origin, flooded, floodRate, seconds),
        pace(system.origin, neighbour, neighbourRate, seconds),
      ])
      during.push(beside)
      floods.push(flood)
    }
    const row = (name, all) => [
      name,
      median(all.map(({ rate }) => rate)),
      all.reduce((sum, { stored }) => sum + stored, 0),
      all.reduce((sum, { held }) => sum + held, 0),
      all.reduce((sum, { failed }) => sum + failed, 0),
      median(all.map(({ p50 }) => p50)),
      median(all.map(({ p99 }) => p99)),
    ]
    console.log(
      `${rounds} rounds of ${seconds} s; the flood is ${floodFactor} times what a key may, ${floodRate} a second`,
    )
    table(
      ['', 'requests/s', 'stored', '429', 'failed', 'p50 ms', 'p99 ms'],
      [row('neighbour, alone', before), row('neighbour, beside the flood', during), row('the flood', floods)],
    )
    const ratio = during.map(({ p99 }, i) => p99 / before[i].p99)
    console.log(
      `neighbour's p99, during / before: ${median(ratio).toFixed(2)} (${Math.min(...ratio).toFixed(2)} to ${Math.max(...ratio).toFixed(2)})`,
    )
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
