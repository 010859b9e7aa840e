import { spawn, spawnSync } from 'node:child_process'
import { copyFileSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { fillSystem } from './filled.mjs'
import { median, table } from './load.mjs'
import { serveRaw } from './raw/serve.mjs'

const count = Number(process.env.EARSHOT_BENCH_ITEMS ?? 200_000)
const rounds = Number(process.env.EARSHOT_BENCH_ROUNDS ?? 3)

/** A full export against `sqlite3 -csv` over the same file. */
export async function bench() {
  const system = await serveRaw()
  const folder = mkdtempSync(path.join(tmpdir(), 'earshot-export-'))
  const copy = path.join(folder, 'copy.sqlite')
  try {
    await fillSystem(system, count)
    await system.restart((file) => {
      copyFileSync(file, copy)
      return {}
    })
    await system.schedule()
    const hasPeer = spawnSync('sqlite3', ['--version']).status === 0
    const all = 'environment=production&environment=staging&spam=with'
    const subjects = {
      csv: () => pull(system, `format=csv&${all}`),
      xlsx: () => pull(system, `format=xlsx&${all}`),
      ndjson: () => pull(system, `format=ndjson&${all}`),
      json: () => pull(system, `format=json&${all}`),
      ...(hasPeer ? { 'sqlite3 -csv, all columns': () => dump(copy) } : {}),
    }
    const measured = Object.fromEntries(Object.keys(subjects).map((name) => [name, []]))
    // Once before it counts: code is compiled and caches are filled.
    await pull(system, `format=csv&${all}`)
    const memory = residentMb(system.pid())
    for (let round = 0; round < rounds; round++) {
      for (const [name, subject] of Object.entries(subjects)) {
        const before = residentMb(system.pid())
        const peak = watchMemory(system.pid())
        const run = await subject()
        measured[name].push({ ...run, growth: peak() - before })
      }
    }
    table(
      ['', 'rows/s', 'MB/s', 'MB', 'first byte ms', 'memory growth MB', 'rows'],
      Object.entries(measured).map(([name, runs]) => [
        name,
        median(runs.map(({ seconds }) => count / seconds)),
        median(runs.map(({ bytes, seconds }) => bytes / 1e6 / seconds)),
        runs[0].bytes / 1e6,
        median(runs.map(({ firstByte }) => firstByte)),
        Math.max(...runs.map(({ growth }) => growth)),
        runs[0].rows,
      ]),
    )
    console.log(`resident memory of workerd: ${memory} MB before, ${residentMb(system.pid())} MB after`)
    if (hasPeer) {
      const peer = measured['sqlite3 -csv, all columns']
      for (const name of ['csv', 'xlsx', 'ndjson', 'json']) {
        const ratios = measured[name].map(({ seconds }, i) => peer[i].seconds / seconds)
        console.log(
          `${name} / sqlite3 -csv, rate: ${median(ratios).toFixed(2)} (${Math.min(...ratios).toFixed(2)} to ${Math.max(...ratios).toFixed(2)})${name === 'csv' ? '; goal 0.5' : ''}`,
        )
      }
    } else console.log('sqlite3 was not found: no peer to compare with.')
  } finally {
    await system.stop()
    rmSync(folder, { recursive: true, force: true })
  }
}

async function pull(system, query) {
  const begun = performance.now()
  const response = await system.call(`/v1/export?${query}`)
  let bytes = 0
  let firstByte = Number.NaN
  for await (const chunk of response.body) {
    if (bytes === 0) firstByte = performance.now() - begun
    bytes += chunk.length
  }
  return { seconds: (performance.now() - begun) / 1_000, bytes, firstByte, rows: response.headers.get('earshot-rows') }
}

async function dump(file) {
  const begun = performance.now()
  const child = spawn('sqlite3', ['-csv', '-header', file, 'SELECT * FROM item ORDER BY doc'])
  let bytes = 0
  let firstByte = Number.NaN
  for await (const chunk of child.stdout) {
    if (bytes === 0) firstByte = performance.now() - begun
    bytes += chunk.length
  }
  return { seconds: (performance.now() - begun) / 1_000, bytes, firstByte, rows: count }
}

/** Looks at the memory every 20 ms; the answer is the most it was. */
function watchMemory(pid) {
  let most = residentMb(pid)
  const timer = setInterval(() => (most = Math.max(most, residentMb(pid))), 20)
  return () => {
    clearInterval(timer)
    return most
  }
}

function residentMb(pid) {
  try {
    const status = readFileSync(`/proc/${pid}/status`, 'utf8')
    return Math.round(Number(/VmRSS:\s+(\d+)/.exec(status)?.[1]) / 1_000)
  } catch {
    // No /proc on this system.
    return Number.NaN
  }
}
