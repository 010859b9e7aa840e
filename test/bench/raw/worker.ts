import { Hono } from 'hono'
import { app } from '../../../worker/app.ts'
import type { Bindings } from '../../../worker/env.ts'
import { runSchedule } from '../../../worker/jobs/run.ts'
import { databaseOf, runOn, Sqlite, type Statement } from './database.ts'

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
  call: number
  /** None, and no requests: the call fails. */
  submissions?: { key: string; body: object }[]
  /** With a secret key. */
  requests?: { key: string; method: string; path: string; body?: object }[]
}

export default {
  async fetch(request: Request, env: Env, context: ExecutionContext): Promise<Response> {
    const stub = env.SQLITE.get(env.SQLITE.idFromName('one'))
    const bindingsOf = (DB: D1Database) => ({ ...env, DB }) as Partial<Bindings> as Bindings
    const plain = bindingsOf(databaseOf(stub))
    const wish = request.headers.get('bench-interrupt')
    const interrupted =
      wish === null ? plain : bindingsOf(databaseOf(stub, interrupt(JSON.parse(wish) as Interruption)))
    const { pathname } = new URL(request.url)
    if (pathname.startsWith('/bare/')) return bare.fetch(request, plain, context)
    if (pathname === '/bench/rows') return Response.json(await stub.takeRows())
    if (pathname === '/bench/schedule') return runSchedule(interrupted.DB).then(() => Response.json(null), failed)
    if (pathname === '/bench/sql') return Response.json(await runOn(stub, await request.json<Statement[]>()))
    return app.fetch(request, interrupted, context)

    function interrupt({ call, submissions, requests }: Interruption): () => Promise<void> {
      let calls = 0
      return async () => {
        if (++calls !== call) return
        for (const { key, method, path, body } of requests ?? []) {
          const headers = { authorization: `Bearer ${key}`, 'content-type': 'application/json' }
          const init = { method, headers, body: body === undefined ? null : JSON.stringify(body) }
          await app.fetch(new Request(`http://localhost${path}`, init), plain, context)
        }
        if (requests !== undefined) return
        if (submissions === undefined) throw new Error('D1_ERROR: Network connection lost.')
        // A moment later, so that what comes now is dated after what has begun.
        await new Promise((resolve) => setTimeout(resolve, 3))
        for (const { key, body } of submissions) {
          const init = { method: 'POST', body: JSON.stringify(body) }
          await app.fetch(new Request(`http://localhost/v1/feedback?key=${key}`, init), plain, context)
        }
      }
    }
  },
}

const failed = (error: unknown) => new Response(String(error), { status: 500 })
