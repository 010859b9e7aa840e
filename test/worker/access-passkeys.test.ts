import { generateKeyPairSync } from 'node:crypto'
import { beforeAll, describe, expect, it } from 'vitest'
import type { MemberSession, Passkey, PasskeyOptions, Problem, Session } from '../../sdk/wire/index.ts'
import { type Authenticator, makeAuthenticator } from '../support/authenticator.ts'
import { startSystem, type System } from '../support/system.ts'
import { invite, join, makeVisitor, type Visitor } from '../support/visitor.ts'

let system: System
let ada: Visitor
let key: Authenticator
let passkey: Passkey
beforeAll(async () => {
  system = await startSystem('Passkeys')
  ada = await join(system, 'Ada', 'editor')
  key = makeAuthenticator(system.origin)
  passkey = await add(ada, key, 'Laptop')
})

const newOptions = (who: Visitor) => who.json<PasskeyOptions>('POST', '/v1/passkeys/options')
const signInOptions = (who: Visitor) => who.json<PasskeyOptions>('POST', '/v1/sign-in/options')

async function add(who: Visitor, authenticator: Authenticator, name: string): Promise<Passkey> {
  const { publicKey } = await newOptions(who)
  return who.json('POST', '/v1/passkeys', { name, credential: authenticator.create(publicKey) })
}

type Quirk = Parameters<Authenticator['get']>[1]

/** Signs in at a fresh browser; answers with it, and with what was answered. */
async function signIn(authenticator: Authenticator, quirk: Quirk = {}) {
  const who = makeVisitor(system.origin)
  const { publicKey } = await signInOptions(who)
  const answer = await who.json<Session | Problem>('POST', '/v1/sign-in', {
    credential: authenticator.get(publicKey, quirk),
  })
  return { who, answer }
}

describe('a passkey', () => {
  it('signs in without an e-mail address, in a session of its own', async () => {
    const { who, answer } = await signIn(key)
    expect(answer).toEqual(await ada.session())
    expect((await who.session()).member.name).toBe('Ada')
    const { items } = await who.json<{ items: MemberSession[] }>('GET', '/v1/sessions')
    expect(items.find(({ current }) => current)?.method).toBe('passkey')
    const { items: passkeys } = await who.json<{ items: Passkey[] }>('GET', '/v1/passkeys')
    expect(passkeys[0]?.lastUsedAt).not.toBeNull()
  })

  it('is refused by another origin, another host, another key, another ceremony, and where nobody was verified', async () => {
    const { privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' })
    const quirks: Quirk[] = [
      { origin: 'https://evil.example' },
      { rpID: 'evil.example' },
      { key: privateKey },
      { type: 'webauthn.create' },
      { verified: false },
      { userHandle: Buffer.from('somebody else').toString('base64url') },
    ]
    for (const quirk of quirks) {
      const { who, answer } = await signIn(key, quirk)
      expect([quirk, (answer as Problem).code]).toEqual([quirk, 'bad-token'])
      expect(who.cookie()).toBe('')
    }
    expect((await signIn(makeAuthenticator(system.origin))).answer).toMatchObject({ code: 'bad-token' })
  })

  it('signs each challenge once, and none that was made for something else', async () => {
    const who = makeVisitor(system.origin)
    const { publicKey } = await signInOptions(who)
    const credential = key.get(publicKey)
    const send = () => who.ask('/v1/sign-in', { method: 'POST', headers: { 'content-type': 'application/json' }, body })
    const body = JSON.stringify({ credential })
    const statuses = (await Promise.all([send(), send(), send()])).map(({ status }) => status)
    expect(statuses.toSorted((a, b) => a - b)).toEqual([200, 403, 403])
    expect((await send()).status).toBe(403)
    const { publicKey: forAdding } = await newOptions(ada)
    const answer = await who.json('POST', '/v1/sign-in', { credential: key.get(forAdding) })
    expect(answer).toMatchObject({ code: 'bad-token' })
    expect(await who.json('POST', '/v1/sign-in', { credential: key.get({ challenge: 'made-up' }) })).toMatchObject({
      code: 'bad-token',
    })
  })

  it('whose count does not rise is refused: somebody has a copy', async () => {
    const copied = makeAuthenticator(system.origin)
    await add(ada, copied, 'Copied')
    expect((await signIn(copied, { counter: 9 })).answer).toHaveProperty('member')
    expect((await signIn(copied, { counter: 9 })).answer).toMatchObject({ code: 'bad-token' })
    expect((await signIn(copied, { counter: 3 })).answer).toMatchObject({ code: 'bad-token' })
    expect((await signIn(copied, { counter: 10 })).answer).toHaveProperty('member')
  })

  it('that does not count signs in all the same', async () => {
    const synced = makeAuthenticator(system.origin)
    const { publicKey } = await newOptions(ada)
    await ada.json('POST', '/v1/passkeys', { name: 'Synced', credential: synced.create(publicKey, { counter: 0 }) })
    expect((await signIn(synced, { counter: 0 })).answer).toHaveProperty('member')
    expect((await signIn(synced, { counter: 0 })).answer).toHaveProperty('member')
  })

  it('ends the session that was there before, and begins with a new token', async () => {
    const { publicKey } = await signInOptions(ada)
    const before = ada.cookie()
    await ada.json('POST', '/v1/sign-in', { credential: key.get(publicKey) })
    expect(ada.cookie()).not.toBe(before)
    const old = await fetch(`${system.origin}/v1/session`, { headers: { cookie: before } })
    expect(old.status).toBe(401)
    const planted = await fetch(`${system.origin}/v1/sign-in/options`, {
      method: 'POST',
      headers: { origin: system.origin },
    })
    const options = (await planted.json()) as PasskeyOptions
    const set = await fetch(`${system.origin}/v1/sign-in`, {
      method: 'POST',
      headers: {
        origin: system.origin,
        cookie: 'earshot_session=chosen-by-somebody',
        'content-type': 'application/json',
      },
      body: JSON.stringify({ credential: key.get(options.publicKey) }),
    })
    expect(set.headers.get('set-cookie')).toMatch(/^earshot_session=[0-9A-Za-z]{43};/)
    const chosen = await fetch(`${system.origin}/v1/session`, {
      headers: { cookie: 'earshot_session=chosen-by-somebody' },
    })
    expect(chosen.status).toBe(401)
  })

  it('cannot be used or asked for from another site', async () => {
    for (const path of ['/v1/sign-in/options', '/v1/sign-in']) {
      const response = await fetch(system.origin + path, {
        method: 'POST',
        headers: { origin: 'https://evil.example', 'content-type': 'application/json' },
        body: '{}',
      })
      expect([path, response.status]).toEqual([path, path.endsWith('options') ? 403 : 422])
    }
    const { publicKey } = await signInOptions(makeVisitor(system.origin))
    const response = await fetch(`${system.origin}/v1/sign-in`, {
      method: 'POST',
      headers: { 'sec-fetch-site': 'cross-site', 'content-type': 'application/json' },
      body: JSON.stringify({ credential: key.get(publicKey) }),
    })
    expect(response.status).toBe(403)
    expect(response.headers.get('set-cookie')).toBeNull()
  })
})

describe('the sign-in page', () => {
  it('leads on to the console alone, whatever its address asks for', async () => {
    const nextOf = async (next: string) => {
      const page = await fetch(`${system.origin}/console/sign-in?next=${encodeURIComponent(next)}`)
      return /data-next="([^"]*)"/.exec(await page.text())?.[1]
    }
    expect(await nextOf('/console/numbers?project=p')).toBe('/console/numbers?project=p')
    for (const next of [
      'https://evil.example/console/',
      '//evil.example/console/',
      '/\\evil.example/console/',
      '/console/../v1/session',
      'javascript:alert(1)',
      '"><script>',
    ]) {
      expect([next, await nextOf(next)]).toEqual([next, '/console/inbox'])
    }
  })

  it('is under the console’s own policy, with nothing inline', async () => {
    const page = await fetch(`${system.origin}/console/sign-in`)
    expect(page.headers.get('content-security-policy')).toBe(
      "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'; require-trusted-types-for 'script'; trusted-types 'none'",
    )
    expect(page.headers.get('referrer-policy')).toBe('no-referrer')
    expect(page.headers.get('x-content-type-options')).toBe('nosniff')
    const text = await page.text()
    expect(text).not.toMatch(/<script>|<style|\son\w+=|\sstyle=/)
    const script = /<script type="module" src="([^"]+)">/.exec(text)?.[1] ?? ''
    const served = await fetch(system.origin + script)
    expect([served.status, served.headers.get('content-type')]).toEqual([200, expect.stringContaining('javascript')])
  })
})

describe('adding a passkey', () => {
  it('takes only what was made for the challenge of the same member, on this host, once', async () => {
    const bob = await join(system, 'Bob', 'viewer')
    const other = makeAuthenticator(system.origin)
    const post = (who: Visitor, credential: object) => who.json('POST', '/v1/passkeys', { name: 'Mine', credential })
    const { publicKey } = await newOptions(ada)
    expect(await post(bob, other.create(publicKey))).toMatchObject({ code: 'invalid' })
    for (const quirk of [{ origin: 'https://evil.example' }, { rpID: 'evil.example' }, { verified: false }]) {
      const { publicKey } = await newOptions(bob)
      expect(await post(bob, other.create(publicKey, quirk))).toMatchObject({ code: 'invalid' })
    }
    const { publicKey: own } = await newOptions(bob)
    const made = other.create(own)
    expect(await post(bob, made)).toMatchObject({ name: 'Mine', opensAll: true })
    expect(await post(bob, made)).toMatchObject({ code: 'invalid' })
    const { publicKey: again } = await newOptions(bob)
    expect(await post(bob, other.create(again))).toMatchObject({ code: 'conflict' })
  })

  it('needs somebody who is signed in, and no key will do', async () => {
    const nobody = makeVisitor(system.origin)
    expect(await nobody.json('POST', '/v1/passkeys/options')).toMatchObject({ code: 'no-key' })
    const response = await system.call('/v1/passkeys/options', { method: 'POST' })
    expect([response.status, (await response.json()) as Problem]).toMatchObject([401, { code: 'wrong-key' }])
  })
})

describe('a member’s passkeys', () => {
  it('are named and removed by that member alone', async () => {
    const carl = await join(system, 'Carl', 'admin')
    for (const [method, body] of [
      ['PATCH', { name: 'Theirs' }],
      ['DELETE', undefined],
    ] as const) {
      expect(await carl.json(method, `/v1/passkeys/${passkey.id}`, body)).toMatchObject({ code: 'not-found' })
    }
    const path = `/v1/passkeys/${passkey.id}`
    expect(await ada.json('PATCH', path, { name: 'Work laptop' })).toMatchObject({ name: 'Work laptop' })
    expect(await ada.json('DELETE', path)).toBeNull()
    expect(await ada.json('DELETE', path)).toMatchObject({ code: 'not-found' })
    expect((await signIn(key)).answer).toMatchObject({ code: 'bad-token' })
  })

  it('open a project that came later only once the member has said that they are theirs', async () => {
    const dora = await join(system, 'Dora', 'viewer')
    const first = makeAuthenticator(system.origin)
    const { id } = await add(dora, first, 'Phone')
    const further = await startSystem('Further')
    const { url } = await invite(further, { role: 'editor' })
    expect((await dora.press(url, { as: 'member' })).status).toBe(303)
    expect((await dora.session()).projects.map(({ name }) => name)).toEqual(['Further', 'Passkeys'])
    const { who } = await signIn(first)
    expect((await who.session()).projects.map(({ name }) => name)).toEqual(['Passkeys'])
    expect((await who.ask(`/v1/feedback?project=${further.project}`)).status).toBe(404)
    const { items } = await dora.json<{ items: Passkey[] }>('GET', '/v1/passkeys')
    expect(items).toMatchObject([{ id, opensAll: false }])
    // Whoever signs in with it cannot say so for it.
    await who.json('PATCH', `/v1/passkeys/${id}`, { opensAll: true })
    expect((await (await signIn(first)).who.session()).projects).toHaveLength(1)
    expect(await dora.json('PATCH', `/v1/passkeys/${id}`, { opensAll: true })).toMatchObject({ opensAll: true })
    expect((await (await signIn(first)).who.session()).projects).toHaveLength(2)
  })
})
