import { cors } from 'hono/cors'
import { createMiddleware } from 'hono/factory'
import type { AppEnv } from '../env.ts'
import { serverLimits } from '../limits.ts'

/** What every answer carries unless its route says otherwise: data is not kept, not guessed at, not framed, not embedded. */
const unlessSaid = Object.entries({
  'cache-control': 'no-store',
  'x-content-type-options': 'nosniff',
  'referrer-policy': 'no-referrer',
  'content-security-policy': "default-src 'none'; frame-ancestors 'none'",
  'cross-origin-resource-policy': 'same-origin',
})
const hsts = 'max-age=31536000; includeSubDomains'

/** Adds what the answer does not say itself. Pages and images, which have a policy of their own, say all of it. */
export const guardAnswers = createMiddleware<AppEnv>(async (c, next) => {
  await next()
  const { headers } = c.res
  if (headers.has('content-security-policy')) return
  for (const [name, value] of unlessSaid) if (!headers.has(name)) headers.set(name, value)
  if (c.req.url.startsWith('https:')) headers.set('strict-transport-security', hsts)
})

const exposed = ['retry-after', 'x-request-id']
const preflight = cors({
  origin: '*',
  allowMethods: ['GET', 'POST', 'PUT'],
  allowHeaders: ['content-type'],
  exposeHeaders: exposed,
  maxAge: serverLimits.preflightSeconds,
})

/**
 * Open to every page: a publishable key says which project, and no credentials are taken. What a preflight asks Hono's
 * cors answers; to the rest it would add the same two headers by making each answer three times.
 */
export const fromAnyPage = createMiddleware<AppEnv>((c, next) => {
  if (c.req.method === 'OPTIONS') return preflight(c, next)
  c.header('access-control-allow-origin', '*')
  c.header('access-control-expose-headers', exposed.join(','))
  return next()
})
