import { deleteCookie, getCookie, setCookie } from 'hono/cookie'
import type { SessionMethod } from '../../sdk/wire/index.ts'
import { type AppContext, parseSettings } from '../env.ts'
import { type Failure, failed } from '../failure.ts'
import { serverLimits } from '../limits.ts'
import { findByEmail } from '../storage/members.ts'
import { deleteSession, findSession, type NewSession, type SignedIn, updateSessionUse } from '../storage/sessions.ts'
import { type AccessIdentity, verifyAccessToken } from './access-token.ts'
import { nameBrowser } from './browser.ts'
import { isUseDue } from './key-use.ts'
import { hashSecret, randomBase62 } from './secrets.ts'

const loopback = /^(localhost|127\.0\.0\.1|\[::1\])$/

/** Over loopback http the cookie cannot be `Secure`; anywhere else it carries the `__Host-` prefix. */
function cookieOf(c: AppContext): { name: string; secure: boolean } {
  const { protocol, hostname } = new URL(c.req.url)
  const plain = protocol === 'http:' && loopback.test(hostname)
  return plain ? { name: 'earshot_session', secure: false } : { name: '__Host-earshot_session', secure: true }
}

/** Cloudflare Access's token: the header of what it lets through, else the cookie that it sets for the whole host. */
const accessTokenOf = (c: AppContext): string | undefined =>
  c.req.header('cf-access-jwt-assertion') ?? getCookie(c, 'CF_Authorization')

/** Whether Cloudflare Access says who is signed in here; links, passkeys and sessions are not taken then. */
export const isBehindAccess = (c: AppContext): boolean => parseSettings(c.env).access !== null

/** Whether something came along that says who is signed in, good or not. */
export const hasSession = (c: AppContext): boolean =>
  (isBehindAccess(c) ? accessTokenOf(c) : getCookie(c, cookieOf(c).name)) !== undefined

/** Who Cloudflare Access says it is, member or not. */
export async function readAccess(c: AppContext): Promise<AccessIdentity | null> {
  const { access } = parseSettings(c.env)
  const token = accessTokenOf(c)
  return access === null || token === undefined ? null : verifyAccessToken(token, access)
}

/** Who is signed in: by the session's cookie, or by Cloudflare Access where the deployment trusts it. */
export async function readSession(c: AppContext, now: number): Promise<SignedIn | null> {
  if (isBehindAccess(c)) {
    const identity = await readAccess(c)
    const found = identity === null ? null : await findByEmail(c.env.DB, identity.email)
    if (found === 'several') c.set('sharedAddress', identity?.email)
    return found === null || found === 'several' ? null : { ...found, record: null }
  }
  const token = getCookie(c, cookieOf(c).name)
  const found = token === undefined ? null : await findSession(c.env.DB, await hashSecret(token), now)
  const record = found?.record
  if (record && isUseDue(record, now)) c.executionCtx.waitUntil(updateSessionUse(c.env.DB, record.hash, now))
  return found
}

/** Why nobody is signed in, once `readSession` has looked: `detail`, unless an address stands for several members. */
export function nobody(c: AppContext, detail: string): Failure {
  const { sharedAddress } = c.var
  return failed('no-key', sharedAddress === undefined ? detail : sharedWords(sharedAddress)).failure
}

/** What there is to do where Cloudflare Access names several members. */
export const sharedWords = (email: string): string =>
  `Several members have the address ${email}, so that nobody can tell which of them you are. An admin must take all but one of them out of their projects: npx earshot members lists them, with an admin key.`

/**
 * Begins a session by `begin`, which stores it together with what it uses up and its entry in the audit log, and sets its
 * cookie. Its token is always a new one, and the session that came along ends: nobody goes on with what somebody else may
 * have set. False where `begin` finds nothing that is good.
 */
export async function beginSession(
  c: AppContext,
  method: SessionMethod,
  now: number,
  begin: (session: NewSession) => Promise<boolean>,
): Promise<boolean> {
  const { name, secure } = cookieOf(c)
  const before = getCookie(c, name)
  const token = randomBase62(43)
  const [hash, id] = [await hashSecret(token), crypto.randomUUID()]
  const isBegun = await begin({
    hash,
    id,
    method,
    browser: nameBrowser(c.req.header('user-agent') ?? ''),
    now,
    expiresAt: now + serverLimits.sessionMs,
    before: before === undefined ? null : await hashSecret(before),
    entry: {
      id: crypto.randomUUID(),
      action: method === 'invitation' ? 'invitation.accept' : 'session.create',
      requestId: c.var.requestId,
    },
  })
  if (!isBegun) return false
  const maxAge = serverLimits.sessionMs / 1_000
  setCookie(c, name, token, { httpOnly: true, sameSite: 'Lax', path: '/', secure, maxAge })
  return true
}

/** Ends the session and clears its cookie. */
export async function endSession(c: AppContext): Promise<void> {
  const { name, secure } = cookieOf(c)
  const token = getCookie(c, name)
  if (token !== undefined) await deleteSession(c.env.DB, await hashSecret(token))
  deleteCookie(c, name, { path: '/', secure })
}
