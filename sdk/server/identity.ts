import { limits } from '../wire/limits.ts'
import type { Account, IdentityClaims, Tags } from '../wire/index.ts'

/** Who somebody is, as your server knows it. */
export interface SignedIdentity extends Omit<IdentityClaims, 'exp'> {
  /** How long the token is good, in seconds. Default: 3,000, which leaves room for a clock that is ahead of the collector's. */
  expiresInSeconds?: number
}

const defaultSeconds = 3_000
const idMaxChars = 200
const claims = ['sub', 'aud', 'name', 'email', 'traits', 'account', 'expiresInSeconds']

/**
 * Signs who somebody is, so that the collector takes it for verified: a JWT by HS256 and nothing else, good for an hour at
 * most. Answer with it where your signed-in pages ask for it; they ask again at each attempt to send.
 *
 * @param secret the project's identity secret, `idn_…`; never in a page
 * @throws TypeError that says which part cannot be signed
 * @example
 * // Express; `project` is what `npx earshot keys` shows.
 * app.get('/earshot-token', requireUser, async (request, response) => {
 *   const { id, email, company } = request.user
 *   response.set('cache-control', 'no-store').type('text/plain')
 *   response.send(await signIdentity(process.env.EARSHOT_IDENTITY, { sub: id, aud: project, email, account: company }))
 * })
 * // Next.js, Hono, Deno, Bun, workers: a handler that answers with a Response.
 * export async function GET() {
 *   const user = await currentUser()
 *   return new Response(await signIdentity(secret, { sub: user.id, aud: project }), { headers: { 'cache-control': 'no-store' } })
 * }
 * // In the page.
 * earshot.identify({ id: user.id, token: () => fetch('/earshot-token').then((response) => response.text()) })
 */
export async function signIdentity(secret: string | undefined, identity: SignedIdentity): Promise<string> {
  checkSecret(secret)
  checkIdentity(identity)
  const { sub, aud, name, email, traits, account, expiresInSeconds = defaultSeconds } = identity
  const now = Math.floor(Date.now() / 1000)
  const payload = { sub, aud, iat: now, exp: now + expiresInSeconds, ...given({ name, email, traits, account }) }
  const signed = `${encode({ alg: 'HS256', typ: 'JWT' })}.${encode(payload)}`
  const encoder = new TextEncoder()
  const algorithm = { name: 'HMAC', hash: 'SHA-256' }
  const key = await crypto.subtle.importKey('raw', encoder.encode(secret), algorithm, false, ['sign'])
  const signature = await crypto.subtle.sign('HMAC', key, encoder.encode(signed))
  return `${signed}.${base64url(new Uint8Array(signature))}`
}

function checkSecret(secret: unknown): asserts secret is string {
  const text = typeof secret === 'string' ? secret : ''
  if (/^idn_[0-9A-Za-z]{40}$/.test(text)) return
  if (text.startsWith('sec_')) {
    fail('the secret is a secret key (sec_). Identities are signed with an identity secret, which begins with idn_')
  }
  if (text.startsWith('pub_')) {
    fail(
      'the secret is a publishable key (pub_). Identities are signed with an identity secret, which begins with idn_',
    )
  }
  fail('the secret is no identity secret: those are idn_ and 40 letters or digits. "npx earshot keys" makes one')
}

/** What the collector would not take for verified is said here, where it can be mended. */
function checkIdentity({ sub, aud, name, email, traits, account, expiresInSeconds, ...rest }: SignedIdentity): void {
  checkId('sub', sub, 'the person’s id in your own system')
  checkId('aud', aud, 'the project’s id, which "npx earshot keys" shows')
  if (aud.startsWith('pub_')) fail('aud is the project’s id, not its publishable key; "npx earshot keys" shows it')
  const [unknown] = Object.keys(rest)
  if (unknown === 'exp') fail('exp is made here: give expiresInSeconds')
  if (unknown !== undefined) fail(`${unknown} is no claim; there are ${claims.join(', ')}`)
  checkText('name', name)
  checkText('email', email)
  checkTags('traits', traits)
  if (account !== undefined && account !== null) checkAccount(account)
  const isGood = expiresInSeconds === undefined || (Number.isInteger(expiresInSeconds) && expiresInSeconds >= 1)
  if (!isGood) fail('expiresInSeconds is a whole number of seconds above 0')
  if ((expiresInSeconds ?? 0) > limits.tokenMaxSeconds) {
    fail(`expiresInSeconds is at most ${limits.tokenMaxSeconds}: pages ask for a new token at each attempt`)
  }
}

function checkAccount(account: Account): void {
  if (typeof account !== 'object') fail('account is { id, name, plan, revenue, traits }')
  checkId('account.id', account.id, 'the account’s id in your own system')
  checkText('account.name', account.name)
  checkText('account.plan', account.plan)
  checkTags('account.traits', account.traits)
  const { revenue } = account
  if (revenue !== undefined && !Number.isFinite(revenue)) fail('account.revenue is a number')
}

function checkId(path: string, value: unknown, meaning: string): void {
  if (typeof value !== 'string')
    fail(`${path} is text: ${meaning}${typeof value === 'number' ? '; String(…) makes it' : ''}`)
  else if (value.trim() === '') fail(`${path} is empty; it is ${meaning}`)
  else if (value.length > idMaxChars) fail(`${path} has more than ${idMaxChars} characters`)
}

/** Null, as databases give it, is as good as left out. */
function checkText(path: string, value: unknown): void {
  if (value !== undefined && value !== null && typeof value !== 'string') fail(`${path} is text`)
}

function checkTags(path: string, tags: Tags | null | undefined): void {
  if (tags === undefined || tags === null) return
  if (typeof tags !== 'object' || Array.isArray(tags)) fail(`${path} is an object of flat values`)
  for (const [name, value] of Object.entries(tags)) {
    const isFlat = ['string', 'boolean'].includes(typeof value) || Number.isFinite(value)
    if (!isFlat) fail(`${path}.${name} is neither text, a number, true nor false`)
  }
}

function given(parts: Record<string, unknown>): Record<string, unknown> {
  return Object.fromEntries(Object.entries(parts).filter(([, value]) => value !== undefined && value !== null))
}

const encode = (value: object): string => base64url(new TextEncoder().encode(JSON.stringify(value)))

function base64url(bytes: Uint8Array): string {
  let binary = ''
  for (const byte of bytes) binary += String.fromCharCode(byte)
  return btoa(binary).replaceAll('+', '-').replaceAll('/', '_').replaceAll('=', '')
}

function fail(why: string): never {
  throw new TypeError(`earshot: signIdentity: ${why}.`)
}
