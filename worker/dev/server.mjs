import { spawn, spawnSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:net'
import path from 'node:path'
import { projectNode, root } from './install.mjs'

const wrangler = path.join(root, 'node_modules', 'wrangler', 'bin', 'wrangler.js')
const config = path.join(root, 'worker', 'wrangler.jsonc')
const migrations = path.join(root, 'worker', 'storage', 'migrations')

/** wrangler traces by default, which halves its speed, and looks outside, which fails offline. */
const quiet = {
  X_LOCAL_OBSERVABILITY: 'false',
  X_LOCAL_EXPLORER: 'false',
  CLOUDFLARE_CF_FETCH_ENABLED: 'false',
  WRANGLER_SEND_METRICS: 'false',
  CI: 'true',
}

/** Brings the embedded database in `state` to the newest migration; skips wrangler's start when it is there already. */
export function migrate(state) {
  const hash = createHash('sha256')
  for (const name of readdirSync(migrations).sort()) hash.update(name).update(readFileSync(path.join(migrations, name)))
  const marker = path.join(state, '.migrated')
  const wanted = hash.digest('hex')
  if (existsSync(marker) && readFileSync(marker, 'utf8') === wanted) return
  mkdirSync(state, { recursive: true })
  const args = [wrangler, 'd1', 'migrations', 'apply', 'DB', '--local', '--persist-to', state, '-c', config]
  const { status, stdout, stderr } = spawnSync(projectNode(), args, {
    env: { ...process.env, ...quiet },
    encoding: 'utf8',
  })
  if (status !== 0) throw new Error(`The database could not be migrated:\n${stdout}\n${stderr}`)
  writeFileSync(marker, wanted)
}

/**
 * Serves the worker with its embedded database from `state` and answers once it is ready. `stop()` ends the whole
 * process group. The schedule is driven from here, because nothing else fires it on this machine.
 */
export async function serve({ state, port, setupToken, scheduleMs = 15_000, onLog = () => undefined }) {
  migrate(state)
  const args = [wrangler, 'dev', '-c', config, '--port', String(port), '--persist-to', state, '--log-level', 'warn']
  args.push('--inspector-port', '0', '--show-interactive-dev-session=false', '--var', `SETUP_TOKEN:${setupToken}`)
  args.push('--var', 'WEBHOOKS_LOOPBACK:allow')
  const child = spawn(projectNode(), args, {
    cwd: root,
    env: { ...process.env, ...quiet },
    stdio: ['ignore', 'pipe', 'pipe'],
    detached: process.platform !== 'win32',
  })
  let log = ''
  for (const stream of [child.stdout, child.stderr]) {
    stream.on('data', (chunk) => {
      log = (log + chunk).slice(-20_000)
      onLog(String(chunk))
    })
  }
  let exited = false
  child.on('exit', () => (exited = true))
  const origin = `http://localhost:${port}`
  const until = Date.now() + 60_000
  while (!(await isReady(origin))) {
    if (exited || Date.now() > until) {
      stopGroup(child)
      throw new Error(`The server did not start on port ${port}:\n${log}`)
    }
    await new Promise((resolve) => setTimeout(resolve, 100))
  }
  const runSchedule = () => fetch(`${origin}/cdn-cgi/local/scheduled`).then((response) => response.text())
  // A tick that fails is followed by the next one.
  const timer = scheduleMs > 0 ? setInterval(() => void runSchedule().catch(() => undefined), scheduleMs) : null
  return {
    origin,
    child,
    runSchedule,
    log: () => log,
    stop: () =>
      new Promise((resolve) => {
        clearInterval(timer)
        if (exited) return resolve()
        child.once('exit', () => resolve())
        stopGroup(child)
      }),
  }
}

async function isReady(origin) {
  try {
    return (await fetch(`${origin}/healthz`, { signal: AbortSignal.timeout(2_000) })).ok
  } catch {
    // Nobody listens yet.
    return false
  }
}

function stopGroup(child) {
  try {
    process.kill(process.platform === 'win32' ? child.pid : -child.pid, 'SIGTERM')
  } catch {
    // It has ended already.
  }
}

/** Makes a project on a running server, and answers with its id, keys and sign-in link. */
export async function setUp(origin, setupToken, name) {
  const response = await fetch(`${origin}/v1/setup`, {
    method: 'POST',
    headers: { authorization: `Bearer ${setupToken}`, 'content-type': 'application/json' },
    body: JSON.stringify({ name, member: { name: 'Ada Admin', email: null } }),
  })
  if (!response.ok) throw new Error(`The project could not be made: ${await response.text()}`)
  return response.json()
}

/** A port that nobody listens on. */
export function freePort() {
  return new Promise((resolve, reject) => {
    const probe = createServer()
    probe.once('error', reject)
    probe.listen(0, '127.0.0.1', () => {
      const { port } = probe.address()
      probe.close(() => resolve(port))
    })
  })
}
