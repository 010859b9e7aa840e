import { createMiddleware } from 'hono/factory'
import { routePath } from 'hono/route'
import type { AppContext, AppEnv } from './env.ts'
import { serverLimits } from './limits.ts'
import { describeError, limitLines, log } from './log.ts'

const mayWrite = limitLines(serverLimits.refusalLinesPerMinute)

/**
 * Gives each request an id of our own (a caller's is not trusted), says it in `X-Request-Id`, and writes a line for what
 * was refused. The line has the route's pattern: an address may name a person.
 */
export const trace = createMiddleware<AppEnv>(async (c, next) => {
  const requestId = crypto.randomUUID()
  c.set('requestId', requestId)
  c.header('x-request-id', requestId)
  const begun = Date.now()
  await next()
  const { status } = c.res
  if (status < 400) return
  const code = c.get('refused')
  // A fault has written its own line.
  if (code === undefined || code === 'fault') return
  const may = mayWrite(begun)
  if (may === null) return
  log('refused', {
    ...whereOf(c),
    status,
    code,
    ms: Date.now() - begun,
    ...(may.left > 0 && { linesLeftOut: may.left }),
  })
})

/** Nothing of the inside goes out; the request id leads to this line. */
export function logFault(c: AppContext, error: unknown): void {
  log('fault', { ...whereOf(c), error: describeError(error) })
}

const whereOf = (c: AppContext) => ({
  requestId: c.var.requestId,
  method: c.req.method,
  route: routePath(c, -1),
  actor: c.var.actor?.id,
  project: c.var.actor?.project,
})
