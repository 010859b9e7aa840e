import { spawn } from 'node:child_process'
import { mkdtempSync, readdirSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { expect, it } from 'vitest'
import { migrate as migrateWhole } from '../../worker/dev/server.mjs'
import { serveRaw } from '../bench/raw/serve.mjs'
import { contents, type Ground, migrate, migrations, prepare } from './migrating.ts'
import { record } from './record.ts'

it('a migration cut off after any of its statements and run again gives the same on the SQLite that D1 is', async () => {
  const raw = await serveRaw({ quiet: true })
  let databases = 0
  const open = (): Ground => {
    const name = `empty${databases++}`
    return async (statements) => {
      if (statements.length === 0) return []
      const answers = (await raw.sqlIn(name, ...statements)) as { results: Record<string, unknown>[] }[]
      return answers.map(({ results }) => results)
    }
  }
  try {
    for (const [at, { name, statements }] of migrations.entries()) {
      const smooth = open()
      await prepare(smooth, at)
      await migrate(smooth, at)
      const whole = await contents(smooth)
      // One after the other on the same database, each run again over what the one before it left; every cut by itself
      // is what `migrations.test.ts` makes, on a SQLite that costs nothing to begin anew.
      const cuts = statements.map((_, n) => n + 1)
      const ground = open()
      await prepare(ground, at)
      await migrate(ground, at, cuts)
      expect([name, await contents(ground)]).toEqual([name, whole])
      record({ runs: statements.length })
    }
  } finally {
    await raw.stop()
  }
}, 300_000)

it('`wrangler d1 migrations apply`, killed at any moment and run again, leaves the schema that it leaves undisturbed', async () => {
  const root = resolve(import.meta.dirname, '../..')
  const folder = mkdtempSync(join(tmpdir(), 'earshot-migrated-'))
  const stateOf = (round: string) => join(folder, round)
  const read = async (state: string) => {
    const file = readdirSync(state, { recursive: true })
      .map(String)
      .find((name) => name.includes('D1Database') && name.endsWith('.sqlite') && !name.includes('metadata'))
    const database = new DatabaseSync(join(state, file ?? ''), { readOnly: true })
    const ground: Ground = async (statements) => statements.map((sql) => database.prepare(sql).all())
    const [applied = []] = await ground(['SELECT name FROM d1_migrations'])
    const { schema } = (await contents(ground)) as { schema: object }
    database.close()
    return { schema, applied: [...new Set(applied.map(({ name }) => name))] }
  }
  /** Applies as `npm start` does, and kills wrangler with all that it started after so many ms. */
  const applyAndKill = async (state: string, afterMs: number) => {
    const config = join(root, 'worker', 'wrangler.jsonc')
    const wrangler = join(root, 'node_modules', 'wrangler', 'bin', 'wrangler.js')
    const args = [wrangler, 'd1', 'migrations', 'apply', 'DB', '--local', '--persist-to', state, '-c', config]
    const env = { ...process.env, CI: 'true', WRANGLER_SEND_METRICS: 'false' }
    const child = spawn(process.execPath, args, { env, stdio: 'ignore', detached: true })
    const ended = new Promise((done) => child.once('exit', done))
    const timer = setTimeout(() => process.kill(-(child.pid ?? 0), 'SIGKILL'), afterMs)
    await ended
    clearTimeout(timer)
  }
  try {
    const begun = Date.now()
    migrateWhole(stateOf('smooth'))
    const tookMs = Date.now() - begun
    const whole = await read(stateOf('smooth'))
    expect(whole.applied).toEqual(migrations.map(({ name }) => name))
    const rounds = 3
    for (let round = 0; round < rounds; round++) {
      const state = stateOf(`round${round}`)
      await applyAndKill(state, tookMs * (0.5 + (0.5 * round) / rounds))
      migrateWhole(state)
      expect(await read(state)).toEqual(whole)
    }
    record({ runs: rounds })
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}, 900_000)
