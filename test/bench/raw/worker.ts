import { Hono } from 'hono'
import { app } from '../../../worker/app.ts'
import type { Bindings } from '../../../worker/env.ts'
import { runSchedule } from '../../../worker/jobs/run.ts'
import { databaseOf, runOn, Sqlite, type Statement } from './database.ts'

export { Sqlite }

interface Env {
  SQLITE: DurableObjectNamespace<Sqlite>
  SETUP_TOKEN: string
}

/** What the intake is measured against: Hono, JSON, one INSERT. */
const bare = new Hono<{ Bindings: Pick<Bindings, 'DB'> }>()
bare.get('/bare/hello', (c) => c.text('hello'))
bare.post('/bare/insert', async (c) => {
  const { id, message } = await c.req.json<{ id: string; message: string }>()
  await c.env.DB.prepare('INSERT INTO bare (id, message) VALUES (?1, ?2)').bind(id, message).run()
  return c.json({ id }, 201)
})

export default {
  async fetch(request: Request, env: Env, context: ExecutionContext): Promise<Response> {
    const stub = env.SQLITE.get(env.SQLITE.idFromName('one'))
    const bindings = { DB: databaseOf(stub), SETUP_TOKEN: env.SETUP_TOKEN } as Bindings
    const { pathname } = new URL(request.url)
    if (pathname.startsWith('/bare/')) return bare.fetch(request, bindings, context)
    if (pathname === '/bench/rows') return Response.json(await stub.takeRows())
    if (pathname === '/bench/schedule') return Response.json(await runSchedule(bindings.DB))
    if (pathname === '/bench/sql') return Response.json(await runOn(stub, await request.json<Statement[]>()))
    return app.fetch(request, bindings, context)
  },
}
