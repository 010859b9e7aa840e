import { Hono } from 'hono'
import type { AppEnv } from '../env.ts'
import { serverLimits } from '../limits.ts'
import { redeemSignInLink } from '../storage/sessions.ts'
import { readText } from './body.ts'
import { isSameOrigin } from './guard.ts'
import { waitForAttempt } from './limit-attempts.ts'
import { showPage, tooManyPage } from './page.ts'
import { hashSecret } from './secrets.ts'
import { beginSession, isBehindAccess, readAccess, readSession } from './session.ts'
import { accessPage, crossSitePage, linkPage, passkeyPage, sharedAddressPage, spentPage } from './sign-in-page.ts'

/** The page that signs in: by the link that leads to it, else by passkey. */
export const signIn = new Hono<AppEnv>()

signIn.get('/console/sign-in', async (c) => {
  if (isBehindAccess(c)) {
    const [identity, member] = await Promise.all([readAccess(c), readSession(c, Date.now())])
    if (c.var.sharedAddress !== undefined) return showPage(c, sharedAddressPage(c.var.sharedAddress))
    return showPage(c, accessPage({ email: identity?.email ?? null, isMember: member !== null }))
  }
  const token = c.req.query('token')
  return showPage(c, token ? linkPage(token) : passkeyPage(ownPath(c.req.query('next'), c.req.url)))
})

signIn.post('/console/sign-in', async (c) => {
  const wait = waitForAttempt(c)
  if (wait > 0) return showPage(c, tooManyPage(wait))
  if (!isSameOrigin(c)) return showPage(c, crossSitePage())
  const body = await readText(c, serverLimits.formMaxBytes)
  const token = body.ok ? new URLSearchParams(body.value).get('token') : null
  if (token === null || isBehindAccess(c)) return showPage(c, spentPage(false))
  const hash = await hashSecret(token)
  const isBegun = await beginSession(c, 'link', Date.now(), (session) => redeemSignInLink(c.env.DB, hash, session))
  if (isBegun) return c.redirect('/console/inbox', 303)
  return showPage(c, spentPage((await readSession(c, Date.now())) !== null))
})

/** Where to go on to: a page of the console, on this host, and nowhere else. */
function ownPath(next: string | undefined, url: string): string {
  const { origin } = new URL(url)
  const target = next !== undefined && next.startsWith('/') && URL.canParse(next, origin) ? new URL(next, origin) : null
  return target?.origin === origin && target.pathname.startsWith('/console/')
    ? target.pathname + target.search
    : '/console/inbox'
}
