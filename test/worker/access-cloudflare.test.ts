import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { exportJWK, generateKeyPair, SignJWT } from 'jose'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { CreatedInvitation, Problem, Session } from '../../sdk/wire/index.ts'
import { type RawSystem, serveRaw } from '../bench/raw/serve.mjs'
import { invite, makeVisitor } from '../support/visitor.ts'

type KeyPair = Awaited<ReturnType<typeof generateKeyPair>>

const audience = 'b1f6c0de'.repeat(8)
let raw: RawSystem
let server: Server
let team: string
let [key, next, strange]: KeyPair[] = []
/** What Cloudflare would answer at `/cdn-cgi/access/certs`. */
let published: object[] = []
let asked: string[] = []
let isDown = false

beforeAll(async () => {
  ;[key, next, strange] = await Promise.all([1, 2, 3].map(() => generateKeyPair('RS256', { extractable: true })))
  published = [await publicOf(key!, 'one')]
  server = createServer((request, response) => {
    asked.push(request.url ?? '')
    if (isDown) return void response.writeHead(503).end()
    response.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify({ keys: published }))
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  team = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  raw = await serveRaw({ quiet: true, settings: { ACCESS_TEAM_DOMAIN: team, ACCESS_AUD: audience } })
})
afterAll(async () => {
  await raw.stop()
  server.close()
})

const publicOf = async ({ publicKey }: KeyPair, kid: string) => ({
  ...(await exportJWK(publicKey)),
  kid,
  alg: 'RS256',
  use: 'sig',
})

interface Wish {
  email?: string | null
  issuer?: string
  audience?: string
  /** Seconds from now. */
  expires?: number
  kid?: string
  pair?: KeyPair | undefined
}

/** A token as Cloudflare Access signs it. */
function sign({ email = 'ada@example.com', ...wish }: Wish = {}): Promise<string> {
  const now = Math.floor(Date.now() / 1000)
  return new SignJWT({ ...(email !== null && { email }), type: 'app', identity_nonce: 'n', country: 'DE' })
    .setProtectedHeader({ alg: 'RS256', kid: wish.kid ?? 'one' })
    .setIssuer(wish.issuer ?? team)
    .setAudience([wish.audience ?? audience])
    .setIssuedAt(now)
    .setNotBefore(now)
    .setExpirationTime(now + (wish.expires ?? 3_600))
    .setSubject('7335d417-61da-459d-899c-0a01c76a2f94')
    .sign((wish.pair ?? key)!.privateKey)
}

/** A browser behind Access, which adds the token to what it asks. */
const behind = async (wish?: Wish) => makeVisitor(raw.origin, { 'cf-access-jwt-assertion': await sign(wish) })
const statusOf = async (token: string) =>
  (await makeVisitor(raw.origin, { 'cf-access-jwt-assertion': token }).ask('/v1/session')).status

describe('Cloudflare Access', () => {
  it('brings whoever was invited in, as the address that it has proven', async () => {
    const ada = await behind()
    expect(await ada.json('GET', '/v1/session')).toMatchObject({ code: 'no-key' })
    const page = await ada.ask('/console/sign-in')
    expect([page.status, await page.text()]).toEqual([403, expect.stringContaining('ada@example.com')])
    const { url } = await invite(raw, { role: 'editor', email: 'somebody.else@example.com' })
    expect((await ada.press(url, { as: 'new', name: 'Ada' })).status).toBe(303)
    expect(ada.cookie()).toBe('')
    expect(await ada.session()).toMatchObject({
      member: { name: 'Ada', email: 'ada@example.com' },
      projects: [{ id: raw.project, role: 'editor' }],
    } satisfies { member: Partial<Session['member']>; projects: object[] })
    const entries = await raw.rowsOf(
      "SELECT actor_name, target_type, after FROM audit WHERE action = 'invitation.accept'",
    )
    expect(entries).toEqual([{ actor_name: 'Ada', target_type: 'invitation', after: '{"role":"editor"}' }])
    expect((await ada.ask('/v1/feedback')).status).toBe(200)
    expect(await (await ada.ask('/console/sign-in')).text()).toContain('Open the console')
    expect((await (await behind({ email: 'ADA@example.com' })).session()).member.name).toBe('Ada')
  })

  it('is believed by the cookie that it sets for the whole host, too', async () => {
    const visitor = makeVisitor(raw.origin, { cookie: `CF_Authorization=${await sign()}` })
    expect((await visitor.ask('/v1/session')).status).toBe(200)
  })

  it('is not believed where anything is wrong with its token', async () => {
    const wishes: [name: string, wish: Wish][] = [
      ['another team', { issuer: 'https://evil.cloudflareaccess.com' }],
      ['another application', { audience: 'f'.repeat(64) }],
      ['expired', { expires: -120 }],
      ['a key that the team has not', { pair: strange }],
      ['a key by another name', { kid: 'nine' }],
      ['of a service, which is nobody', { email: null }],
    ]
    for (const [name, wish] of wishes) expect([name, await statusOf(await sign(wish))]).toEqual([name, 401])
    const [head, body = '', signature] = (await sign()).split('.')
    const forged = Buffer.from(body, 'base64url').toString().replace('ada@', 'eve@')
    const none = Buffer.from('{"alg":"none"}').toString('base64url')
    for (const token of [
      `${head}.${Buffer.from(forged).toString('base64url')}.${signature}`,
      `${none}.${body}.`,
      `${head}.${body}.`,
      'rubbish',
      '',
    ]) {
      expect([token.slice(0, 20), await statusOf(token)]).toEqual([token.slice(0, 20), 401])
    }
  })

  it('does not let a page elsewhere use it', async () => {
    const headers = { 'cf-access-jwt-assertion': await sign(), 'sec-fetch-site': 'cross-site' }
    const response = await fetch(`${raw.origin}/v1/feedback`, { headers })
    expect([response.status, ((await response.json()) as Problem).code]).toEqual([403, 'cross-site'])
  })

  it('takes the place of links, passkeys and sessions of ours', async () => {
    const ada = await behind()
    const link = await raw.call('/v1/sign-in-links', { method: 'POST' })
    expect(link.status).toBe(422)
    const page = await makeVisitor(raw.origin).press(`${raw.origin}/console/sign-in?token=any`)
    expect([page.status, page.headers.get('set-cookie')]).toEqual([403, null])
    await raw.sql(
      `INSERT INTO member_session (hash, id, member, method, browser, created_at, last_used_at, expires_at)
      SELECT '${'0'.repeat(64)}', 's', id, 'link', '', 0, 9007199254740991, 9007199254740991 FROM member LIMIT 1`,
    )
    expect(await ada.json('GET', '/v1/sessions')).toEqual({ items: [], hidden: 0 })
    expect(await ada.json('DELETE', '/v1/sessions')).toMatchObject({ code: 'invalid' })
    expect(await ada.json('POST', '/v1/passkeys/options')).toMatchObject({ code: 'invalid' })
    expect(await makeVisitor(raw.origin).json('POST', '/v1/sign-in/options')).toMatchObject({ code: 'invalid' })
    // Keys are for machines, and go on working.
    expect((await raw.call('/v1/feedback')).status).toBe(200)
  })

  it('adds a project to the member of an address, and takes nobody by what an invitation says', async () => {
    const [further, ada] = [await raw.another('Further'), await behind()]
    const call = (path: string, init?: RequestInit) =>
      fetch(raw.origin + path, {
        ...init,
        headers: { ...(init?.headers as Record<string, string>), authorization: `Bearer ${further.secretKey}` },
      })
    const { url }: CreatedInvitation = await invite({ call }, { role: 'viewer' })
    expect((await makeVisitor(raw.origin).press(url, { as: 'new', name: 'Nobody' })).status).toBe(403)
    expect((await ada.press(url, { as: 'new', name: 'Somebody new' })).status).toBe(303)
    expect((await ada.session()).projects).toHaveLength(2)
    expect((await ada.session()).member.name).toBe('Ada')
  })

  it('signs nobody in by an address that several members have, and says what to do', async () => {
    for (const id of ['twin-1', 'twin-2']) {
      await raw.sql(
        `INSERT INTO member (id, name, email) VALUES ('${id}', '${id}', '${id === 'twin-1' ? 'twin' : 'Twin'}@example.com')`,
        `INSERT INTO membership (member, project, role) VALUES ('${id}', '${raw.project}', 'viewer')`,
      )
    }
    const twin = await behind({ email: 'twin@example.com' })
    const words = expect.stringContaining('Several members have the address twin@example.com') as string
    for (const path of ['/v1/session', '/v1/feedback', '/v1/sessions']) {
      expect(await twin.json('GET', path)).toMatchObject({ status: 401, code: 'no-key', detail: words })
    }
    const { url } = await invite(raw, { role: 'admin' })
    for (const page of [
      await twin.ask('/console/sign-in'),
      await twin.ask(new URL(url).pathname + new URL(url).search),
      await twin.press(url, { as: 'new', name: 'A third' }),
      await twin.press(url, { as: 'member' }),
    ]) {
      expect([page.status, await page.text()]).toEqual([403, words])
    }
    expect((await raw.call('/v1/members/twin-2', { method: 'DELETE' })).status).toBe(204)
    expect((await twin.session()).member.id).toBe('twin-1')
    expect((await twin.press(url, { as: 'member' })).status).toBe(303)
  })

  it('makes one member of somebody who accepts several invitations at once', async () => {
    const projects = await Promise.all(['One', 'Two', 'Three'].map((name) => raw.another(name)))
    const links = await Promise.all(
      projects.map(({ secretKey }) => {
        const authorization = `Bearer ${secretKey}`
        const call = (path: string, init?: RequestInit) =>
          fetch(raw.origin + path, {
            ...init,
            headers: { ...(init?.headers as Record<string, string>), authorization },
          })
        return invite({ call }, { role: 'viewer' })
      }),
    )
    const eve = await behind({ email: 'eve@example.com' })
    const pages = await Promise.all(links.map(({ url }) => eve.press(url, { as: 'new', name: 'Eve' })))
    expect(pages.map(({ status }) => status)).toEqual([303, 303, 303])
    expect((await eve.session()).projects.map(({ name }) => name)).toEqual(['One', 'Three', 'Two'])
  })

  it('has its keys fetched once, and anew where the team changes them', async () => {
    expect(asked.every((path) => path === '/cdn-cgi/access/certs')).toBe(true)
    const before = asked.length
    await Promise.all(Array.from({ length: 20 }, async () => statusOf(await sign())))
    expect(asked.length).toBe(before)
    // In another isolate, which has never seen the old key, and later one that knows nothing of the new.
    published = [await publicOf(next!, 'two')]
    await raw.restart(() => Promise.resolve())
    expect(await statusOf(await sign({ kid: 'two', pair: next }))).toBe(200)
    expect(await statusOf(await sign())).toBe(401)
  })

  it('that cannot be reached lets nobody in, and says so', async () => {
    isDown = true
    await raw.restart(() => Promise.resolve())
    const response = await makeVisitor(raw.origin, { 'cf-access-jwt-assertion': await sign() }).ask('/v1/session')
    expect([response.status, response.headers.get('retry-after')]).toEqual([503, '10'])
    expect((await raw.call('/v1/feedback')).status).toBe(200)
    isDown = false
    expect(await statusOf(await sign({ kid: 'two', pair: next }))).toBe(200)
  })
})
