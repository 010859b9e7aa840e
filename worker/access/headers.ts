import { createMiddleware } from 'hono/factory'
import type { AppEnv } from '../env.ts'

/** What every answer carries unless its route says otherwise: data is not kept, not guessed at, not framed, not embedded. */
const unlessSaid = Object.entries({
  'cache-control': 'no-store',
  'x-content-type-options': 'nosniff',
  'referrer-policy': 'no-referrer',
  'content-security-policy': "default-src 'none'; frame-ancestors 'none'",
  'cross-origin-resource-policy': 'same-origin',
})
const hsts = 'max-age=31536000; includeSubDomains'

/** Sets the headers before the answer is made, which then may replace them: copying an answer costs more. */
export const guardAnswers = createMiddleware<AppEnv>(async (c, next) => {
  for (const [name, value] of unlessSaid) c.header(name, value)
  if (c.req.url.startsWith('https:')) c.header('strict-transport-security', hsts)
  await next()
})
