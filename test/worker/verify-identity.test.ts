import { generateKeyPairSync, sign } from 'node:crypto'
import { DatabaseSync } from 'node:sqlite'
import { readFileSync } from 'node:fs'
import { SignJWT } from 'jose'
import { describe, expect, it } from 'vitest'
import { forgetIdentitySecrets, verifyToken } from '../../worker/access/identity-secrets.ts'
import { type Verdict, verifyIdentity } from '../../worker/access/verify-identity.ts'
import {
  findIdentitySecrets,
  insertIdentitySecret,
  revokeIdentitySecret,
  wipeIdentitySecrets,
} from '../../worker/storage/identity-secrets.ts'
import { signToken } from '../support/tokens.ts'
import { jwsVectors } from './jws-vectors.ts'

const secret = 'idn_0123456789abcdefghijABCDEFGHIJ0123456789'
const other = 'idn_9876543210abcdefghijABCDEFGHIJ0123456789'
const project = '3f2c1a90-0000-4000-8000-000000000001'
const now = Date.parse('2026-11-22T12:00:00.900Z')
const seconds = Math.floor(now / 1000)
const keyOf = (text: string) => ({ id: text.slice(0, 8), bytes: new TextEncoder().encode(text) })
const verify = (token: string, ...secrets: string[]) =>
  verifyIdentity(token, { project, keys: (secrets.length === 0 ? [secret] : secrets).map(keyOf), now })
const good = { sub: 'u_42', aud: project, exp: seconds + 600 }
const whyOf = (verdict: Verdict) => (verdict.ok ? 'accepted' : verdict.why)

describe('a signed identity is good', () => {
  it.each<[name: string, claims: object]>([
    ['with sub, aud and exp', {}],
    ['for several projects', { aud: ['elsewhere', project] }],
    ['an hour before it expires', { exp: seconds + 3_600 }],
    ['where the signer’s clock is a minute ahead', { exp: seconds + 3_660, nbf: seconds + 60, iat: seconds + 60 }],
    ['59 seconds after it expired', { exp: seconds - 59 }],
    ['with a sub in any script', { sub: 'müller-愛-👩‍👩‍👧' }],
    ['with a sub of 200 characters', { sub: 'x'.repeat(200) }],
    ['with claims that nobody knows', { scope: ['a'], exp_: 1 }],
  ])('%s', async (_name, claims) => {
    const wanted = { ...good, ...claims }
    expect(await verify(signToken(secret, wanted))).toEqual({
      ok: true,
      subject: wanted.sub,
      claims: wanted,
      key: secret.slice(0, 8),
    })
  })

  it('when another library signed it', async () => {
    const token = await new SignJWT({ email: 'ada@example.com' })
      .setProtectedHeader({ alg: 'HS256', typ: 'JWT', kid: 'any' })
      .setSubject('u_42')
      .setAudience(project)
      .setIssuedAt(seconds)
      .setExpirationTime(seconds + 3_600)
      .sign(new TextEncoder().encode(secret))
    expect(await verify(token)).toMatchObject({ ok: true, subject: 'u_42', claims: { email: 'ada@example.com' } })
  })

  it('when any of the secrets signed it, while they are being rotated', async () => {
    expect(await verify(signToken(secret, good), other, secret)).toMatchObject({ ok: true, key: secret.slice(0, 8) })
    expect(await verify(signToken(other, good), other, secret)).toMatchObject({ ok: true, key: other.slice(0, 8) })
  })
})

describe('a token proves nothing, and says why', () => {
  const { privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 })
  const part = (value: object) => Buffer.from(JSON.stringify(value)).toString('base64url')
  const rs256 = () => {
    const signed = `${part({ alg: 'RS256' })}.${part(good)}`
    return `${signed}.${sign('sha256', Buffer.from(signed), privateKey).toString('base64url')}`
  }
  const tampered = () => {
    const [header, , signature] = signToken(secret, good).split('.')
    return `${header}.${part({ ...good, sub: 'u_1' })}.${signature}`
  }
  const claims = (more: object) => signToken(secret, { ...good, ...more })
  const without = (name: string) =>
    signToken(secret, Object.fromEntries(Object.entries(good).filter(([key]) => key !== name)))

  it.each<[name: string, token: string, why: RegExp]>([
    ['no JWT', 'hello', /no JWT: one has three parts/],
    ['nothing', '', /no JWT/],
    ['three dots', '...', /no JWT/],
    ['rubbish in three parts', 'a.b.c', /header cannot be read/],
    ['a JSON serialisation', '{"payload":"a.b.c"}', /header cannot be read/],
    ['an encrypted token', 'a.b.c.d.e', /no JWT: one has three parts/],
    ['the secret itself', secret, /identity secret, not a token signed with it/],
    ['no signature', `${part({ alg: 'none' })}.${part(good)}.`, /not signed \(alg: none\)/],
    ['a signature with alg none', signToken(secret, good, { alg: 'none' }), /not signed \(alg: none\)/],
    ['alg None', signToken(secret, good, { alg: 'None' }), /signed with None; only HS256/],
    ['no alg', signToken(secret, good, { typ: 'JWT' }), /signed with no algorithm known here; only HS256/],
    ['alg as a list', signToken(secret, good, { alg: ['HS256'] }), /signed with no algorithm known here; only HS256/],
    ['an alg that is markup', signToken(secret, good, { alg: '<b>\u0000' }), /no algorithm known here/],
    ['HS384', signToken(secret, good, { alg: 'HS384' }), /signed with HS384; only HS256/],
    ['HS512', signToken(secret, good, { alg: 'HS512' }), /signed with HS512; only HS256/],
    ['RS256', rs256(), /signed with RS256; only HS256/],
    ['RS256 in the header, the secret as its key', signToken(secret, good, { alg: 'RS256' }), /with RS256; only/],
    ['a critical extension', signToken(secret, good, { alg: 'HS256', crit: ['exp'], exp: 1 }), /crit/],
    [
      'an unencoded payload',
      signToken(secret, good, { alg: 'HS256', crit: ['b64'], b64: false }),
      /critical extensions/,
    ],
    ['an unknown secret', signToken(other, good), /fits none of this project’s identity secrets/],
    ['a changed payload', tampered(), /fits none/],
    ['a cut signature', signToken(secret, good).slice(0, -8), /fits none/],
    ['the secret without its prefix', signToken(secret.slice(4), good), /fits none/],
    ['the secret of another project, for it', signToken(other, { ...good, aud: 'p2' }), /for another project/],
    ['another project', claims({ aud: 'p2' }), new RegExp(`its aud must be this one’s id, ${project}`)],
    ['other projects', claims({ aud: ['p2', 'p3'] }), /for another project/],
    ['no audience', without('aud'), /lacks aud/],
    ['an audience that is a number', claims({ aud: 7 }), /for another project/],
    ['no expiry', without('exp'), /lacks exp/],
    ['an expiry that is text', claims({ exp: String(seconds + 600) }), /exp must be a number of seconds/],
    ['an expiry that is null', claims({ exp: null }), /exp must be a number/],
    ['an expiry in milliseconds', claims({ exp: now + 600_000 }), /in seconds since 1970, not in milliseconds/],
    ['an endless expiry', signToken(secret, `{"sub":"u","aud":"${project}","exp":1e999}`), /in seconds since 1970/],
    ['expired 60 seconds ago', claims({ exp: seconds - 60 }), /had expired 60 seconds earlier/],
    ['expired two minutes ago', claims({ exp: seconds - 130 }), /expired 2 minutes earlier/],
    ['expired in 1970', claims({ exp: 0 }), /expired 20\d{3} days earlier/],
    ['good for longer than an hour', claims({ exp: seconds + 3_661 }), /good for 61 minutes; at most 60 minutes/],
    ['good for a year', claims({ exp: seconds + 365 * 86_400 }), /good for 365 days; at most/],
    ['not good yet', claims({ nbf: seconds + 300 }), /not good yet: its nbf was 5 minutes ahead/],
    ['nbf that is text', claims({ nbf: 'soon' }), /nbf must be a number/],
    ['iat that is text', claims({ iat: 'now' }), /iat must be a number/],
    ['no sub', without('sub'), /lacks sub/],
    ['an empty sub', claims({ sub: '' }), /does not say who this is/],
    ['a blank sub', claims({ sub: ' \n' }), /does not say who this is/],
    ['a sub that is a number', claims({ sub: 42 }), /does not say who this is/],
    ['a sub of 201 characters', claims({ sub: 'x'.repeat(201) }), /does not say who this is/],
    ['a sub with a NUL', claims({ sub: 'u\u0000' }), /cannot be stored/],
    ['half a surrogate pair', signToken(secret, JSON.stringify(good).replace('u_42', 'u\\ud83d')), /cannot be stored/],
    ['claims that are a list', signToken(secret, [good]), /no JSON object of claims/],
    ['claims that are no JSON', signToken(secret, 'sub=u_42'), /no JSON object of claims/],
    ['200 kB of rubbish', `${'x'.repeat(100_000)}.${'y'.repeat(100_000)}.z`, /header cannot be read/],
    ['a million levels', signToken(secret, `{"sub":${'['.repeat(1_000_000)}`), /no JSON object of claims/],
  ])('%s', async (_name, token, why) => {
    expect(whyOf(await verify(token))).toMatch(why)
  })

  it('wherever one character of a good token is another', async () => {
    const token = signToken(secret, good)
    // Of the last character two bits count for nothing.
    for (let at = 0; at < token.length - 1; at++) {
      const changed = `${token.slice(0, at)}${token[at] === 'A' ? 'B' : 'A'}${token.slice(at + 1)}`
      expect([at, (await verify(changed)).ok]).toEqual([at, false])
    }
  })

  it('where the project has no secret', async () => {
    const verdict = await verifyIdentity(signToken(secret, good), { project, keys: [], now })
    expect(whyOf(verdict)).toMatch(/had no identity secret: make one/)
  })
})

describe('published vectors', () => {
  it.each(jwsVectors.map((vector) => [vector.name, vector] as const))('%s', async (_name, { key, token, isSigned }) => {
    const keys = [{ id: 'k', bytes: new Uint8Array(Buffer.from(key, 'base64url')) }]
    // None of them is an identity, so those that are signed are refused for what they hold.
    const onClaims = /no JSON object of claims|lacks (sub|aud|exp)/
    const why = whyOf(await verifyIdentity(token, { project, keys, now }))
    expect(why).not.toBe('accepted')
    expect([why, onClaims.test(why)]).toEqual([why, isSigned])
  })
})

/** D1's `prepare` and `batch` on Node's SQLite, counting what is read. */
function openDatabase() {
  const sqlite = new DatabaseSync(':memory:')
  const migration = readFileSync('worker/storage/migrations/0004_identity_secrets.sql', 'utf8')
  // Cut off and run again.
  sqlite.exec(migration)
  sqlite.exec(migration)
  let reads = 0
  const prepare = (sql: string) => ({
    bind: (...bound: (string | number | null)[]) => ({
      all: async () => {
        reads++
        return { results: sqlite.prepare(sql).all(...bound) }
      },
      run: async () => ({ meta: { changes: Number(sqlite.prepare(sql).run(...bound).changes) } }),
    }),
  })
  const batch = async (statements: readonly { run: () => Promise<unknown> }[]) => {
    const answers: unknown[] = []
    for (const statement of statements) answers.push(await statement.run())
    return answers
  }
  return { db: { prepare, batch }, sqlite, reads: () => reads }
}

describe('what an isolate remembers of identity secrets', () => {
  const insert = (db: Parameters<typeof verifyToken>[0], text: string) =>
    insertIdentitySecret(
      db,
      { id: text.slice(4, 8), project, name: 'Server', hint: 'idn_', createdAt: now, revokedAt: null },
      text,
    )
  const ask = async (db: Parameters<typeof verifyToken>[0], text: string, at: number, exp = seconds + 3_000) => {
    const uses: Promise<unknown>[] = []
    const later = (work: Promise<unknown>) => void uses.push(work)
    const verdict = await verifyToken(db, signToken(text, { ...good, exp }), { project, now: at, later })
    await Promise.all(uses)
    return { ok: verdict.ok, written: uses.length }
  }

  it('is a minute old at most, and five seconds where a token fits none', async () => {
    const { db, reads } = openDatabase()
    forgetIdentitySecrets(project)
    expect((await ask(db, secret, now)).ok).toBe(false)
    await insert(db, secret)
    for (let i = 0; i < 20; i++) expect((await ask(db, secret, now + 4_000)).ok).toBe(false)
    expect(reads()).toBe(1)
    expect((await ask(db, secret, now + 5_000)).ok).toBe(true)
    expect(reads()).toBe(2)
    await revokeIdentitySecret(db, project, secret.slice(4, 8), now)
    expect((await ask(db, secret, now + 64_000)).ok).toBe(true)
    expect((await ask(db, secret, now + 65_000)).ok).toBe(false)
    expect(reads()).toBe(3)
  })

  it('writes a secret’s last use once an hour', async () => {
    const { db } = openDatabase()
    forgetIdentitySecrets(project)
    await insert(db, other)
    const at = now + 10_000_000
    const exp = Math.floor(at / 1000) + 3_600
    expect(await ask(db, other, at, exp)).toEqual({ ok: true, written: 1 })
    expect(await ask(db, other, at + 1_800_000, exp)).toEqual({ ok: true, written: 0 })
    expect(await ask(db, other, at + 3_600_001, exp)).toEqual({ ok: true, written: 1 })
    expect(await findIdentitySecrets(db, project, at)).toMatchObject([{ lastUsedAt: at + 3_600_001 }])
  })

  it('forgets the secret itself once it has stopped by itself, and not before', async () => {
    const { db, sqlite } = openDatabase()
    const ending = { id: 'ends', project, name: 'Server', hint: 'idn_', createdAt: now, revokedAt: now + 1_000 }
    await insertIdentitySecret(db, ending, secret)
    await insert(db, other)
    const kept = () => sqlite.prepare('SELECT secret FROM identity_secret ORDER BY id').all()
    await wipeIdentitySecrets(db, now)
    expect(JSON.stringify(kept())).toContain(secret)
    expect(await findIdentitySecrets(db, project, now + 1_000)).toHaveLength(1)
    await wipeIdentitySecrets(db, now + 1_000)
    expect(JSON.stringify(kept())).not.toContain(secret)
    expect(JSON.stringify(kept())).toContain(other)
  })

  it('forgets the secret itself where it is revoked', async () => {
    const { db, sqlite } = openDatabase()
    await insert(db, secret)
    expect(await revokeIdentitySecret(db, project, secret.slice(4, 8), now)).toBe(true)
    expect(await revokeIdentitySecret(db, project, secret.slice(4, 8), now)).toBe(false)
    expect(JSON.stringify(sqlite.prepare('SELECT * FROM identity_secret').all())).not.toContain(secret)
  })
})
