import { createHmac } from 'node:crypto'
import { jwtVerify } from 'jose'
import { describe, expect, it } from 'vitest'
import { signIdentity } from '../../sdk/server/index.ts'
import type { SignedIdentity } from '../../sdk/server/index.ts'

const secret = `idn_${'Ab3'.repeat(13)}x`
const project = '0f8fad5b-d9cb-469f-a165-70867728950e'
const ada: SignedIdentity = {
  sub: 'u_42',
  aud: project,
  name: 'Ada Lovelace 日本 👩‍🚀',
  email: 'ada@example.com',
  traits: { plan: 'pro', seats: 5, beta: true },
  account: { id: 'acme', name: 'Acme', revenue: 1200.5 },
}

describe('a signed identity', () => {
  it('is one that somebody else’s verifier takes, and says what was said', async () => {
    const before = Math.floor(Date.now() / 1000)
    const token = await signIdentity(secret, ada)
    const { payload, protectedHeader } = await jwtVerify(token, new TextEncoder().encode(secret), {
      algorithms: ['HS256'],
      audience: project,
      subject: 'u_42',
    })
    expect(protectedHeader).toEqual({ alg: 'HS256', typ: 'JWT' })
    const { iat = 0, exp = 0, ...said } = payload
    expect(said).toEqual(ada)
    expect(iat - before).toBeGreaterThanOrEqual(0)
    expect(exp - iat).toBe(3_000)
  })

  it('has the signature that node:crypto makes of it', async () => {
    const [header, payload, signature] = (await signIdentity(secret, { ...ada, expiresInSeconds: 3_600 })).split('.')
    expect(signature).toBe(createHmac('sha256', secret).update(`${header}.${payload}`).digest('base64url'))
    const { iat, exp } = JSON.parse(Buffer.from(payload ?? '', 'base64url').toString()) as { iat: number; exp: number }
    expect(exp - iat).toBe(3_600)
  })

  it('leaves out what is not known, null as databases give it included', async () => {
    const token = await signIdentity(secret, { sub: 'u', aud: project, email: null as never, name: undefined })
    const said = JSON.parse(Buffer.from(token.split('.')[1] ?? '', 'base64url').toString()) as object
    expect(Object.keys(said).sort()).toEqual(['aud', 'exp', 'iat', 'sub'])
  })

  const wrong: [what: string, secret: string | undefined, identity: unknown, reason: RegExp][] = [
    ['a secret key', `sec_${'a'.repeat(40)}`, ada, /secret key \(sec_\).*idn_/],
    ['a publishable key', `pub_${'a'.repeat(24)}`, ada, /publishable key.*idn_/],
    ['no secret', undefined, ada, /idn_ and 40/],
    ['half a secret', 'idn_abc', ada, /idn_ and 40/],
    ['no sub', secret, { ...ada, sub: undefined }, /sub is text/],
    ['a number as sub', secret, { ...ada, sub: 42 }, /sub is text.*String\(…\)/],
    ['an empty sub', secret, { ...ada, sub: '  ' }, /sub is empty/],
    ['an endless sub', secret, { ...ada, sub: 'u'.repeat(201) }, /sub has more than 200/],
    ['no aud', secret, { sub: 'u' }, /aud is text.*earshot keys/],
    ['a publishable key as aud', secret, { ...ada, aud: 'pub_abc' }, /project’s id, not its publishable key/],
    ['an exp of one’s own', secret, { ...ada, exp: 1 }, /give expiresInSeconds/],
    ['a day', secret, { ...ada, expiresInSeconds: 86_400 }, /at most 3600/],
    ['no time', secret, { ...ada, expiresInSeconds: 0 }, /above 0/],
    ['part of a second', secret, { ...ada, expiresInSeconds: 0.5 }, /above 0/],
    ['a claim that is none', secret, { ...ada, role: 'admin' }, /role is no claim/],
    ['a list as traits', secret, { ...ada, traits: ['a'] }, /traits is an object/],
    ['a nested trait', secret, { ...ada, traits: { plan: { name: 'pro' } } }, /traits\.plan is neither/],
    ['an account without id', secret, { ...ada, account: { name: 'Acme' } }, /account\.id is text/],
    ['an account’s name as its id', secret, { ...ada, account: 'acme' }, /account is \{ id/],
    ['revenue as text', secret, { ...ada, account: { id: 'a', revenue: '12' } }, /revenue is a number/],
    ['an e-mail that is none', secret, { ...ada, email: 5 }, /email is text/],
  ]
  it.each(wrong)('with %s is refused with what to do, without the secret', async (_, key, identity, reason) => {
    const error: unknown = await signIdentity(key, identity as SignedIdentity).catch((caught: unknown) => caught)
    expect(error).toBeInstanceOf(TypeError)
    expect(String(error)).toMatch(reason)
    expect(String(error)).not.toMatch(/Ab3|aaaa/)
  })
})
