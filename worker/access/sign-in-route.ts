import { Hono } from 'hono'
import type { AppEnv } from '../env.ts'
import { signInPage, signInStyle } from './sign-in-page.ts'
import { isSameOrigin } from './guard.ts'
import { beginSession } from './session.ts'

const headers = {
  'content-type': 'text/html; charset=utf-8',
  'cache-control': 'no-store',
  'referrer-policy': 'no-referrer',
  'x-content-type-options': 'nosniff',
  'content-security-policy':
    "default-src 'none'; style-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'",
}

/** The one-time link of the console. */
export const signIn = new Hono<AppEnv>()

signIn.get('/console/sign-in', (c) => c.body(signInPage('ready', c.req.query('token') ?? ''), 200, headers))

signIn.get('/console/sign-in.css', (c) =>
  c.body(signInStyle, 200, { 'content-type': 'text/css; charset=utf-8', 'cache-control': 'public, max-age=3600' }),
)

signIn.post('/console/sign-in', async (c) => {
  const form = await c.req.parseBody()
  const token = typeof form['token'] === 'string' ? form['token'] : ''
  const begun = isSameOrigin(c) && (await beginSession(c, token, Date.now()))
  return begun ? c.redirect('/console/inbox', 303) : c.body(signInPage('spent', ''), 403, headers)
})
