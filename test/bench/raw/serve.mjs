import { spawn } from 'node:child_process'
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import { build } from 'esbuild'
import { root } from '../../../worker/dev/install.mjs'
import { freePort, setUp } from '../../../worker/dev/server.mjs'

const migrations = path.join(root, 'worker', 'storage', 'migrations')
const setupToken = 'benchmark-only-0123456789'

/** The migrations, statement by statement. */
export function migrationStatements() {
  return readdirSync(migrations)
    .sort()
    .flatMap((name) =>
      readFileSync(path.join(migrations, name), 'utf8')
        .replace(/^--.*$/gm, '')
        .split(/;\s*\n/),
    )
    .map((sql) => sql.trim())
    .filter((sql) => sql !== '')
}

/**
 * Serves the worker on raw workerd, the database in a Durable Object's SQLite, state in a folder of its own.
 * `restart(change)` stops it, hands the database file to `change`, and starts it again; what `change` answers with takes
 * the place of `known()`, the project and its keys. `crash()` kills it as a machine does that loses its power, and starts
 * it again. `quiet` keeps its log for `log()`, `disk` is a folder for its state, `settings` are the deployment's.
 */
export async function serveRaw({ quiet = false, disk = tmpdir(), settings = {} } = {}) {
  const home = mkdtempSync(path.join(disk, 'earshot-bench-'))
  const port = await freePort()
  await build({
    entryPoints: [path.join(root, 'test/bench/raw/worker.ts')],
    outfile: path.join(home, 'worker.js'),
    bundle: true,
    minify: true,
    format: 'esm',
    target: 'es2023',
    external: ['cloudflare:*', 'node:*'],
    logLevel: 'error',
  })
  mkdirSync(path.join(home, 'do'))
  writeFileSync(path.join(home, 'config.capnp'), config(port, settings))
  const origin = `http://127.0.0.1:${port}`
  let log = ''
  let child = await start()

  async function start() {
    const bin = path.join(root, 'node_modules', 'workerd', 'bin', 'workerd')
    const started = spawn(bin, ['serve', 'config.capnp', '--experimental'], {
      cwd: home,
      stdio: quiet ? ['ignore', 'pipe', 'pipe'] : ['ignore', 'inherit', 'inherit'],
    })
    for (const stream of [started.stdout, started.stderr]) {
      stream?.on('data', (chunk) => (log = (log + chunk).slice(-100_000)))
    }
    for (const until = Date.now() + 60_000; ;) {
      try {
        await fetch(`${origin}/bare/hello`)
        return started
      } catch (error) {
        if (started.exitCode !== null || Date.now() > until)
          throw new Error(`workerd did not start: ${log}`, { cause: error })
        await wait(10)
      }
    }
  }
  const end = async (signal = 'SIGTERM') => {
    const gone = new Promise((resolve) => child.once('exit', resolve))
    child.kill(signal)
    await gone
  }
  const sqlIn = async (database, ...statements) => {
    const body = JSON.stringify(statements.map((one) => ({ sql: one, bound: [] })))
    const response = await fetch(`${origin}/bench/sql?database=${database}`, { method: 'POST', body })
    if (!response.ok) throw new Error(await response.text())
    return response.json()
  }
  const sql = (...statements) => sqlIn('one', ...statements)
  for (const statement of migrationStatements()) await sql(statement)
  await sql('CREATE TABLE bare (id TEXT PRIMARY KEY, message TEXT NOT NULL) STRICT')
  const project = await setUp(origin, setupToken, 'Bench')
  return {
    origin,
    ...project,
    setupToken,
    addProject: (name) => setUp(origin, setupToken, name),
    sql,
    sqlIn,
    known: () => project,
    /** The rows that a query finds. */
    rowsOf: async (query) => (await sql(query))[0].results,
    /** Makes another project, with keys of its own. */
    another: (name) => setUp(origin, setupToken, name),
    log: () => log,
    pid: () => child.pid,
    call: (url, init) =>
      fetch(`${origin}${url}`, {
        ...init,
        headers: { ...init?.headers, authorization: `Bearer ${project.secretKey}` },
      }),
    calls: async (words = '') => (await fetch(`${origin}/bench/calls?${new URLSearchParams({ words })}`)).json(),
    rows: async () => (await fetch(`${origin}/bench/rows`)).json(),
    schedule: async (now = Date.now()) => (await fetch(`${origin}/bench/schedule?now=${now}`)).text(),
    databaseFile: () => findDatabase(path.join(home, 'do')),
    restart: async (change) => {
      await end()
      // A database that was filled before brings its own project and keys.
      Object.assign(project, await change(findDatabase(path.join(home, 'do'))))
      child = await start()
    },
    crash: async () => {
      await end('SIGKILL')
      child = await start()
    },
    stop: async () => {
      await end()
      rmSync(home, { recursive: true, force: true })
    },
  }
}

function findDatabase(folder) {
  const files = readdirSync(folder, { recursive: true }).map(String)
  return path.join(folder, files.find((name) => name.endsWith('.sqlite') && !name.includes('metadata')) ?? '')
}

const config = (port, settings) => `using Workerd = import "/workerd/workerd.capnp";
const config :Workerd.Config = (
  services = [
    (name = "main", worker = .main),
    (name = "disk", disk = (path = "do", writable = true)),
    # What the worker fetches in tests is served on this machine.
    (name = "internet", network = (allow = ["public", "private"])),
  ],
  sockets = [(name = "http", address = "127.0.0.1:${port}", http = (), service = "main")],
);
const main :Workerd.Worker = (
  modules = [(name = "worker.js", esModule = embed "worker.js")],
  compatibilityDate = "2026-11-01",
  bindings = [
    (name = "SQLITE", durableObjectNamespace = "Sqlite"),
    (name = "SETUP_TOKEN", text = "${setupToken}"),
    (name = "WEBHOOKS_LOOPBACK", text = "allow"),
${Object.entries(settings)
  .map(([name, value]) => `    (name = "${name}", text = "${value}"),\n`)
  .join('')}  ],
  durableObjectNamespaces = [(className = "Sqlite", uniqueKey = "earshot-bench", enableSql = true)],
  durableObjectStorage = (localDisk = "disk"),
);
`
