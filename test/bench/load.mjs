import { existsSync, readFileSync } from 'node:fs'
import { Agent, request } from 'node:http'

/**
 * Sends requests over a fixed number of connections for a fixed time, to 127.0.0.1 only. `next()` gives each request's
 * path, method and body. Answers with the rate a second, latencies in ms and how many did not get the `expect`ed status.
 */
export async function load(origin, { connections, seconds, next, expect = 201 }) {
  const { hostname, port } = new URL(origin)
  if (hostname !== '127.0.0.1') throw new Error('Load goes to 127.0.0.1 only.')
  const agent = new Agent({ keepAlive: true, maxSockets: connections })
  const latencies = []
  let failed = 0
  const until = performance.now() + seconds * 1_000
  const one = () =>
    new Promise((resolve) => {
      const { path, method = 'POST', body, headers } = next()
      const begun = performance.now()
      const sent = request(
        {
          agent,
          hostname,
          port,
          path,
          method,
          headers: { ...headers, 'content-length': Buffer.byteLength(body ?? '') },
        },
        (response) => {
          response.resume()
          response.on('end', () => {
            latencies.push(performance.now() - begun)
            if (response.statusCode !== expect) failed++
            resolve()
          })
        },
      )
      sent.on('error', () => {
        failed++
        resolve()
      })
      sent.end(body)
    })
  const begun = performance.now()
  const worker = async () => {
    while (performance.now() < until) await one()
  }
  await Promise.all(Array.from({ length: connections }, worker))
  const elapsed = (performance.now() - begun) / 1_000
  agent.destroy()
  return { rate: latencies.length / elapsed, count: latencies.length, failed, ...quantiles(latencies) }
}

/**
 * The processor time that a process has used, in ms to 10 ms: on a shared machine it says what wall clocks do not. NaN
 * where there is no /proc.
 */
export function processorMs(pid) {
  const file = `/proc/${pid}/stat`
  if (!existsSync(file)) return Number.NaN
  const fields = readFileSync(file, 'utf8').split(') ')[1].split(' ')
  return (Number(fields[11]) + Number(fields[12])) * 10
}

/** Median, 95th and 99th percentile, by nearest rank. */
export function quantiles(values) {
  const sorted = values.toSorted((a, b) => a - b)
  const at = (q) => sorted[Math.min(sorted.length - 1, Math.ceil(q * sorted.length) - 1)] ?? Number.NaN
  return { p50: at(0.5), p95: at(0.95), p99: at(0.99) }
}

export const median = (values) => quantiles(values).p50

/** Prints rows of cells as a table, numbers to the right. */
export function table(head, rows) {
  const cells = [head, ...rows].map((row) => row.map((cell) => (typeof cell === 'number' ? round(cell) : String(cell))))
  const widths = head.map((_, i) => Math.max(...cells.map((row) => row[i].length)))
  for (const [line, row] of cells.entries()) {
    console.log(row.map((cell, i) => (i === 0 ? cell.padEnd(widths[i]) : cell.padStart(widths[i]))).join('  '))
    if (line === 0) console.log(widths.map((width) => '-'.repeat(width)).join('  '))
  }
}

const round = (value) => (Math.abs(value) >= 100 ? Math.round(value).toLocaleString('en') : value.toFixed(2))
