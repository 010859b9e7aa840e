import { getCookie, setCookie, deleteCookie } from 'hono/cookie'
import type { Session } from '../../sdk/wire/index.ts'
import type { AppContext } from '../env.ts'
import { serverLimits } from '../limits.ts'
import { deleteSession, findSession, redeemSignInLink } from '../storage/members.ts'
import { hashSecret, randomBase62 } from './secrets.ts'

const loopback = /^(localhost|127\.0\.0\.1|\[::1\])$/

/** Over loopback http the cookie cannot be `Secure`; anywhere else it carries the `__Host-` prefix. */
function cookieOf(c: AppContext): { name: string; secure: boolean } {
  const { protocol, hostname } = new URL(c.req.url)
  const plain = protocol === 'http:' && loopback.test(hostname)
  return plain ? { name: 'earshot_session', secure: false } : { name: '__Host-earshot_session', secure: true }
}

/** Whether a session's cookie came along, good or not. */
export const hasSession = (c: AppContext): boolean => getCookie(c, cookieOf(c).name) !== undefined

/** Who is signed in, by the session cookie. */
export async function readSession(c: AppContext, now: number): Promise<Session | null> {
  const token = getCookie(c, cookieOf(c).name)
  return token === undefined ? null : findSession(c.env.DB, await hashSecret(token), now)
}

/** Uses a sign-in link up and sets a new session's cookie; false when the link is unknown, used or too old. */
export async function beginSession(c: AppContext, linkToken: string, now: number): Promise<boolean> {
  const token = randomBase62(43)
  const member = await redeemSignInLink(c.env.DB, {
    hash: await hashSecret(linkToken),
    sessionHash: await hashSecret(token),
    now,
    sessionExpiresAt: now + serverLimits.sessionMs,
  })
  if (member === null) return false
  const { name, secure } = cookieOf(c)
  setCookie(c, name, token, {
    httpOnly: true,
    sameSite: 'Lax',
    path: '/',
    secure,
    maxAge: serverLimits.sessionMs / 1_000,
  })
  return true
}

/** Ends the session and clears its cookie. */
export async function endSession(c: AppContext): Promise<void> {
  const { name, secure } = cookieOf(c)
  const token = getCookie(c, name)
  if (token !== undefined) await deleteSession(c.env.DB, await hashSecret(token))
  deleteCookie(c, name, { path: '/', secure })
}
