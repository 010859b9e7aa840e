import { Hono } from 'hono'
import { app } from '../../../worker/app.ts'
import type { Bindings } from '../../../worker/env.ts'
import { runConsumer, runSchedule } from '../../../worker/jobs/run.ts'
import { type ConsumerName, findPosition } from '../../../worker/storage/consumers.ts'
import { type Around, databaseOf, runOn, Sqlite, type Statement } from './database.ts'

export { Sqlite }

interface Env {
  SQLITE: DurableObjectNamespace<Sqlite>
  SETUP_TOKEN: string
  ADDRESS_PER_MINUTE?: string
  KEY_PER_MINUTE?: string
}

/** What the intake is measured against: Hono, JSON, one INSERT. */
const bare = new Hono<{ Bindings: Pick<Bindings, 'DB'> }>()
bare.get('/bare/hello', (c) => c.text('hello'))
bare.post('/bare/insert', async (c) => {
  const { id, message } = await c.req.json<{ id: string; message: string }>()
  await c.env.DB.prepare('INSERT INTO bare (id, message) VALUES (?1, ?2)').bind(id, message).run()
  return c.json({ id }, 201)
})

/** What a request may ask to happen at its n-th call to the database: that the call fails, or that others come first. */
interface Interruption {
  /** Which call; 0 is each one. */
  call: number
  /** Only calls with these words, in a statement or bound to it. */
  words?: string
  /** None, and no requests, and no `waitMs`: the call fails. */
  submissions?: { key: string; body: object }[]
  /** With a secret key. */
  requests?: { key: string; method: string; path: string; body?: object }[]
  /** The call is made later by so much. */
  waitMs?: number
  /** The call is made, and its answer is lost. */
  isAfter?: boolean
  /** All later calls fail too: nobody is there any more who makes them. */
  isCrash?: boolean
  /** What the call fails with. */
  error?: string
}

/** What the latest calls to the database said. */
const calls: string[] = []
const callsKept = 20_000
const noteCall = (statements: readonly Statement[]) => {
  calls.push(statements.map(({ sql }) => sql).join(';'))
  if (calls.length > 2 * callsKept) calls.splice(0, callsKept)
}

export default {
  async fetch(request: Request, env: Env, context: ExecutionContext): Promise<Response> {
    const { pathname, searchParams } = new URL(request.url)
    const stub = env.SQLITE.get(env.SQLITE.idFromName(searchParams.get('database') ?? 'one'))
    const bindingsOf = (DB: D1Database) => ({ ...env, DB }) as Partial<Bindings> as Bindings
    const plain = bindingsOf(databaseOf(stub, count))
    const wish = request.headers.get('bench-interrupt')
    const interrupted =
      wish === null ? plain : bindingsOf(databaseOf(stub, interrupt(JSON.parse(wish) as Interruption)))
    if (pathname.startsWith('/bare/')) return bare.fetch(request, plain, context)
    if (pathname === '/bench/calls') {
      const words = searchParams.get('words') ?? ''
      return Response.json(calls.filter((sql) => sql.includes(words)).length)
    }
    if (pathname === '/bench/rows') return Response.json(await stub.takeRows())
    if (pathname === '/bench/schedule') {
      const now = Number(searchParams.get('now') ?? Date.now())
      const run = wish === null ? runWhole(plain.DB, now) : runSchedule(interrupted.DB, now)
      return run.then(() => Response.json(null), failed)
    }
    if (pathname === '/bench/sql')
      return runOn(stub, await request.json<Statement[]>()).then((answers) => Response.json(answers), failed)
    return app.fetch(request, interrupted, context)

    function interrupt({ call, words, submissions, requests, waitMs, isAfter, isCrash, error }: Interruption): Around {
      let nth = 0
      const fails = () => {
        throw new Error(error ?? 'D1_ERROR: Network connection lost.')
      }
      return async (make, statements) => {
        noteCall(statements)
        if (words !== undefined && !JSON.stringify(statements).includes(words)) return make()
        nth++
        if (isCrash && nth > call) return fails()
        if (nth !== call && call !== 0) return make()
        for (const { key, method, path, body } of requests ?? []) {
          const headers = { authorization: `Bearer ${key}`, 'content-type': 'application/json' }
          const init = { method, headers, body: body === undefined ? null : JSON.stringify(body) }
          await app.fetch(new Request(`http://localhost${path}`, init), plain, context)
        }
        // A moment later, so that what comes now is dated after what has begun.
        const pauseMs = submissions === undefined ? waitMs : 3
        if (pauseMs !== undefined) await new Promise((resolve) => setTimeout(resolve, pauseMs))
        for (const { key, body } of submissions ?? []) {
          const init = { method: 'POST', body: JSON.stringify(body) }
          await app.fetch(new Request(`http://localhost/v1/feedback?key=${key}`, init), plain, context)
        }
        if ((requests ?? submissions ?? waitMs) !== undefined) return make()
        if (isAfter) await make()
        return fails()
      }
    }
  },
}

const consumers: ConsumerName[] = ['search', 'counts', 'people']

/**
 * The schedule, and then the consumers until none is behind: it leaves alone what a request that was answered a moment ago
 * follows just now. One that a test put to sleep is not waited for.
 */
async function runWhole(db: Bindings['DB'], now: number): Promise<void> {
  await runSchedule(db, now)
  const asleep = db.prepare("SELECT name FROM consumer WHERE lease = 'asleep'")
  for (let n = 0; n < 100; n++) {
    const { results } = await asleep.all<{ name: string }>()
    const awake = consumers.filter((one) => !results.some(({ name }) => name === one))
    const positions = await Promise.all(awake.map((name) => findPosition(db, name)))
    const behind = awake.filter((_, i) => (positions[i]?.done ?? 0) < (positions[i]?.last ?? 0))
    if (behind.length === 0) return
    if (n > 0) await new Promise((resolve) => setTimeout(resolve, 100))
    for (const name of behind) await runConsumer(db, name, 1)
  }
}

const count: Around = (make, statements) => {
  noteCall(statements)
  return make()
}

const failed = (error: unknown) => new Response(String(error), { status: 500 })
