import { SignJWT } from 'jose'
import { beforeAll, describe, expect, it } from 'vitest'
import type { CreatedKey, Feedback, KnownValue, Key, NewKey, Note, Receipt, Submission } from '../../sdk/wire/index.ts'
import { newId, problemOf, startSystem, type System } from '../support/system.ts'
import { inSeconds, signToken } from '../support/tokens.ts'

let system: System
let secret: string
beforeAll(async () => {
  system = await startSystem('Identity')
  ;({ key: secret } = await makeKey({ type: 'identity', name: 'Server' }))
})

const post = (body: object): RequestInit => ({
  method: 'POST',
  headers: { 'content-type': 'application/json' },
  body: JSON.stringify(body),
})
const keysPath = (at: System) => `/v1/projects/${at.project}/keys`
const makeKey = async (wish: NewKey, at = system) =>
  (await (await at.call(keysPath(at), post(wish))).json()) as CreatedKey
const listKeys = async (at = system) => ((await (await at.call(keysPath(at))).json()) as { items: Key[] }).items

const claimsFor = (sub: string, more: object = {}) => ({ sub, aud: system.project, exp: inSeconds(600), ...more })
const expired = (sub: string, more: object = {}) => signToken(secret, claimsFor(sub, { exp: inSeconds(-130), ...more }))

const send = async (submission: Partial<Submission>) => {
  const response = await system.submit(submission)
  return { status: response.status, receipt: (await response.json()) as Receipt }
}
const stored = async (submission: Partial<Submission>) => {
  const id = newId()
  const { status, receipt } = await send({ id, message: 'Said', ...submission })
  expect(status).toBe(201)
  const item = await system.find(id)
  expect(item.notes ?? []).toEqual(receipt.notes)
  return item
}
/** A person as told, without the id that the collector gives it. */
const said = ({ person }: Pick<Feedback, 'person'>) => {
  const { uuid: _, ...rest } = person ?? { verified: null }
  return rest
}
const noteOf = (notes: Note[] | undefined, path: string) => notes?.find((note) => note.path === path)

describe('an identity secret', () => {
  it('is shown once, listed with its hint, and revoked', async () => {
    const { key, ...made } = await makeKey({ type: 'identity', name: 'Second' })
    expect(key).toMatch(/^idn_[0-9A-Za-z]{40}$/)
    expect(made).toMatchObject({ type: 'identity', name: 'Second', hint: key.slice(0, 10), scopes: [] })
    const text = JSON.stringify(await listKeys())
    expect(text).not.toContain(key)
    expect(text).toContain(made.id)
    const token = signToken(key, claimsFor('u_1'))
    expect(await stored({ token })).toMatchObject({ person: { id: 'u_1', verified: true } })
    const remove = (at: System) => at.call(`${keysPath(at)}/${made.id}`, { method: 'DELETE' })
    expect((await remove(await startSystem('Elsewhere'))).status).toBe(404)
    expect((await remove(system)).status).toBe(204)
    expect((await remove(system)).status).toBe(404)
    const [revoked] = (await listKeys()).filter(({ id }) => id === made.id)
    expect(Date.parse(revoked?.revokedAt ?? '')).toBeGreaterThan(0)
    expect(await stored({ token })).toMatchObject({ person: { id: 'u_1', verified: false } })
  })

  it('shows when it was last used', async () => {
    const { key, id } = await makeKey({ type: 'identity', name: 'Used' })
    await stored({ token: signToken(key, claimsFor('u_1')) })
    const lastUse = async () => (await listKeys()).find((one) => one.id === id)?.lastUsedAt
    await expect.poll(lastUse).toMatch(/^\d{4}-/)
  })

  it('is one of ten at most', async () => {
    const full = await startSystem('Full')
    const wish = { type: 'identity', name: 'One' } as const
    const made = await Promise.all(Array.from({ length: 10 }, () => makeKey(wish, full)))
    const refused = await full.call(keysPath(full), post(wish))
    expect(refused.status).toBe(422)
    expect((await problemOf(refused)).detail).toContain('Revoke one')
    await full.call(`${keysPath(full)}/${made[0]?.id}`, { method: 'DELETE' })
    expect((await full.call(keysPath(full), post(wish))).status).toBe(201)
  })

  it('has no environment and no scopes', async () => {
    for (const more of [{ environment: 'staging' }, { scopes: ['read'] }]) {
      const response = await system.call(keysPath(system), post({ type: 'identity', name: 'Odd', ...more }))
      expect(response.status).toBe(422)
    }
  })

  it('is refused by every route, which says what it is', async () => {
    const { paths } = (await (await fetch(`${system.origin}/openapi.json`)).json()) as {
      paths: Record<string, Record<string, { tags?: string[]; security?: object[]; 'x-earshot-scope'?: string }>>
    }
    const seen = { public: 0, private: 0 }
    for (const [path, methods] of Object.entries(paths)) {
      for (const [lowerCase, { tags, security, 'x-earshot-scope': scope }] of Object.entries(methods)) {
        const method = lowerCase.toUpperCase()
        const isPublic = tags?.includes('Public') === true
        // Signing in and out asks for no key; links to images carry a signature of their own.
        if ((!isPublic && !security?.length) || path.startsWith('/files/')) continue
        seen[isPublic ? 'public' : 'private']++
        const url = `${system.origin}${path.replaceAll(/\{n\}/g, '0').replaceAll(/\{[^}]+\}/g, newId())}`
        const response = isPublic
          ? await fetch(`${url}?key=${secret}&upload=x`, { method, ...(method !== 'GET' && { body: '{}' }) })
          : await fetch(url, { method, headers: { authorization: `Bearer ${secret}` } })
        // A member's own things ask for a session, whatever key comes along.
        if (scope === 'session') {
          expect([401, 403]).toContain(response.status)
          continue
        }
        expect([method, path, response.status]).toEqual([method, path, 401])
        const problem = await problemOf(response)
        expect([path, problem.code]).toEqual([path, 'wrong-key'])
        expect(problem.detail).toMatch(/identity secret.*never sent.*Revoke it/)
      }
    }
    expect(seen.public).toBeGreaterThan(3)
    expect(seen.private).toBeGreaterThan(12)
  })
})

describe('a good token', () => {
  it('is the whole truth about a person, and what only the page said is named', async () => {
    const token = await new SignJWT({ email: 'ada@example.com', name: 'Ada', traits: { role: 'owner' } })
      .setProtectedHeader({ alg: 'HS256' })
      .setSubject('ü_42')
      .setAudience(system.project)
      .setExpirationTime('1h')
      .sign(new TextEncoder().encode(secret))
    const item = await stored({
      token,
      anonymousId: 'anon-1',
      email: 'answer@example.com',
      person: {
        id: 'ü_42',
        name: 'Eve',
        email: 'ada@example.com',
        traits: { role: 'owner', admin: true },
        account: { id: 'acme', revenue: 1e9 },
      },
    })
    expect(said(item)).toEqual({
      id: 'ü_42',
      name: 'Ada',
      email: 'ada@example.com',
      traits: { role: 'owner' },
      anonymousId: 'anon-1',
      verified: true,
    })
    expect(item.email).toBe('answer@example.com')
    expect(item.notes).toEqual([
      {
        path: 'person',
        code: 'ignored',
        detail: 'Left out, because the token does not say the same: name, traits.admin, account.',
      },
    ])
  })

  it('is found by filters, exported, and listed among the changes as verified', async () => {
    const account = { id: 'initech', plan: 'pro', revenue: 120_000, traits: { region: 'emea' } }
    const { id } = await stored({ token: signToken(secret, claimsFor('u_7', { account, traits: { team: 'blue' } })) })
    const { id: claimed } = await stored({ person: { id: 'u_7', traits: { team: 'blue' } } })
    const idsOf = async (query: string) => (await system.list(`?${query}`)).items.map((item) => item.id).toSorted()
    expect(await idsOf('person=u_7')).toEqual([id, claimed].toSorted())
    expect(await idsOf('person=u_7&verified=true')).toEqual([id])
    expect(await idsOf('person=u_7&verified=false')).toEqual([claimed])
    expect(await idsOf('account=initech')).toEqual([id])
    expect((await system.find(id)).person?.account).toEqual(account)
    const csv = await (await system.call('/v1/export?format=csv&bom=off&columns=id,verified&person=u_7')).text()
    expect(csv.trim().split('\r\n').slice(1).toSorted()).toEqual([`${id},true`, `${claimed},false`].toSorted())
    const changes = await (await system.call('/v1/changes?limit=1000')).text()
    expect(changes.split('\n').find((line) => line.includes(id))).toContain('"verified":true')
  })

  it('proves the person even where one of its claims cannot be stored', async () => {
    const deep = `${'['.repeat(20_000)}${']'.repeat(20_000)}`
    const claims = JSON.stringify(
      claimsFor('u_8', {
        email: 'no address',
        name: 'A\u0000',
        picture: 'x',
        traits: { team: 'blue', odd: { a: 1 }, long: 'y'.repeat(300), deep: 0 },
        account: { name: 'No id' },
        iat: inSeconds(0),
        jti: 'once',
      }),
    ).replace('"deep":0', `"deep":${deep}`)
    const { person, notes } = await stored({ token: signToken(secret, claims) })
    expect(said({ person })).toEqual({
      id: 'u_8',
      name: 'A\uFFFD',
      traits: { team: 'blue', long: 'y'.repeat(256) },
      verified: true,
    })
    expect(new Set(notes?.map(({ path, code }) => `${path} ${code}`))).toEqual(
      new Set([
        'token.email dropped',
        'token.name replaced',
        'token.picture ignored',
        'token.traits.odd dropped',
        'token.traits.long truncated',
        'token.traits.deep dropped',
        'token.account dropped',
        `${notes?.find(({ detail }) => detail.startsWith('Nested'))?.path} dropped`,
      ]),
    )
  })

  it('works at once after its secret was made, in a project that had none', async () => {
    const fresh = await startSystem('Fresh')
    const submit = async (key: string) => {
      const id = newId()
      const token = signToken(key, { sub: 'u_1', aud: fresh.project, exp: inSeconds(600) })
      await fresh.submit({ id, message: 'm', token })
      return fresh.find(id)
    }
    const { notes } = await submit(secret)
    expect(noteOf(notes, 'token')?.detail).toContain('no identity secret')
    const { key } = await makeKey({ type: 'identity', name: 'First' }, fresh)
    expect(said(await submit(key))).toEqual({ id: 'u_1', verified: true })
  })
})

describe('a bad token never loses what was said', () => {
  const cases: [name: string, token: () => unknown, why: RegExp][] = [
    ['expired', () => expired('u_9'), /expired 2 minutes earlier/],
    ['of another project', () => signToken(secret, claimsFor('u_9', { aud: 'p2' })), /another project/],
    ['of another algorithm', () => signToken(secret, claimsFor('u_9'), { alg: 'HS512' }), /HS512; only HS256/],
    ['unsigned', () => signToken(secret, claimsFor('u_9'), { alg: 'none' }), /not signed/],
    ['signed with the secret key', () => signToken(system.secretKey, claimsFor('u_9')), /fits none/],
    ['good for too long', () => signToken(secret, claimsFor('u_9', { exp: inSeconds(3_730) })), /62 minutes/],
    ['that is the secret itself', () => secret, /identity secret, not a token/],
    ['of 200 kB', () => `${signToken(secret, claimsFor('u_9'))}${'x'.repeat(200_000)}`, /fits none|cannot be read/],
    ['that is a number', () => 42, /string/],
    ['with half a surrogate pair', () => 'a.\ud83d.c', /./],
  ]
  it.each(cases)('%s', async (_name, token, why) => {
    const { notes, person } = await stored({ token: token() as string, person: { id: 'u_9', name: 'Nina' } })
    expect(said({ person })).toEqual({ id: 'u_9', name: 'Nina', verified: false })
    expect(noteOf(notes, 'token')?.detail).toMatch(why)
    expect(JSON.stringify(notes)).not.toContain(secret)
  })

  it('and what it says counts as said by the page, where the page says nothing', async () => {
    const claims = { name: 'Nina', email: 'nope', scope: 'x', account: { id: 'acme', plan: 'pro', revenue: 5 } }
    const { person, notes } = await stored({ token: expired('u_9', claims), anonymousId: 'anon-9' })
    const account = { id: 'acme', plan: 'pro' }
    expect(said({ person })).toEqual({ id: 'u_9', name: 'Nina', account, anonymousId: 'anon-9', verified: false })
    expect(notes?.map(({ path, code }) => `${path} ${code}`)).toEqual([
      'token unverified',
      'token.email dropped',
      'token.account.revenue unverified',
    ])
  })

  it('and revenue that nothing proves is left out, with or without a token', async () => {
    const person = { id: 'u_9', account: { id: 'acme', plan: 'pro', revenue: 5 } }
    for (const token of [undefined, expired('u_9')]) {
      const { person: kept, notes } = await stored({ person, ...(token !== undefined && { token }) })
      expect(said({ person: kept })).toEqual({ id: 'u_9', account: { id: 'acme', plan: 'pro' }, verified: false })
      expect(noteOf(notes, 'person.account.revenue')).toMatchObject({ code: 'unverified' })
    }
  })
})

describe('a repeat', () => {
  const repeated = (more: object = {}): Partial<Submission> & { id: string } => ({
    id: newId(),
    message: 'Said twice',
    anonymousId: 'anon-2',
    person: { id: 'u_2', name: 'Page' },
    ...more,
  })

  it('with a good token proves who spoke, where the first attempt could not', async () => {
    const body = repeated({ tags: { bad: { a: 1 } } })
    const first = await send({ ...body, token: expired('u_2'), sentAt: new Date().toISOString() })
    expect(first.receipt.notes.map(({ path }) => path)).toEqual(['tags.bad', 'token'])
    // Counted, so that what moves is seen.
    const countOf = async () => {
      const response = await system.call('/v1/names/values?name=verified')
      const { items } = (await response.json()) as { items: { value: string; count: number }[] }
      return ['true', 'false'].map((value) => items.find((item) => item.value === value)?.count ?? 0)
    }
    const [good = 0, bad = 0] = await countOf()
    const before = await system.find(body.id)
    const traits = { seat: 'window' }
    const token = signToken(secret, claimsFor('u_2', { name: 'Token', traits }))
    const again = await send({ ...body, token, sentAt: new Date().toISOString() })
    expect(again.status).toBe(200)
    expect(again.receipt.notes.map(({ path }) => path)).toEqual(['tags.bad', 'person'])
    expect({ ...again.receipt, notes: [] }).toEqual({ ...first.receipt, notes: [] })
    const item = await system.find(body.id)
    expect(item.change).toBeGreaterThan(before.change)
    expect(said(item)).toEqual({ id: 'u_2', name: 'Token', traits, anonymousId: 'anon-2', verified: true })
    expect(item.notes).toEqual(again.receipt.notes)
    expect((await system.list('?verified=true&trait.seat=window')).items.map(({ id }) => id)).toEqual([body.id])
    expect(await countOf()).toEqual([good + 1, bad - 1])
    const { items: names } = (await (await system.call('/v1/names')).json()) as { items: { name: string }[] }
    expect(names.map(({ name }) => name)).toContain('trait.seat')
    const third = await send({ ...body, token })
    expect(third.receipt).toEqual(again.receipt)
    expect((await system.find(body.id)).change).toBe(item.change)
  })

  it('proves it where nobody was named at first, and where the secret was rotated between two attempts', async () => {
    const { key: old, id } = await makeKey({ type: 'identity', name: 'Old' })
    const body = { id: newId(), message: 'Nobody named', anonymousId: 'anon-3' }
    await system.call(`${keysPath(system)}/${id}`, { method: 'DELETE' })
    await send(body)
    await send({ ...body, token: signToken(old, claimsFor('u_3')) })
    expect(said(await system.find(body.id))).toEqual({ anonymousId: 'anon-3', verified: false })
    // Persons are suggested by who they are now, also where one is named after the rest was.
    const persons = async () =>
      ((await (await system.call('/v1/names/values?name=person')).json()) as { items: KnownValue[] }).items.find(
        ({ value }) => value === 'u_3',
      )?.count ?? 0
    const before = await persons()
    await send({ ...body, token: signToken(secret, claimsFor('u_3')) })
    expect(await persons()).toBe(before + 1)
    expect(said(await system.find(body.id))).toEqual({ id: 'u_3', anonymousId: 'anon-3', verified: true })
  })

  it('does not bring back who was erased since: the words stay nobody’s', async () => {
    const body = { id: newId(), message: 'Said before the erasure', anonymousId: 'anon-4' }
    await send(body)
    expect((await system.call('/v1/people/external%3Au_4', { method: 'DELETE' })).status).toBe(200)
    expect((await send({ ...body, token: signToken(secret, claimsFor('u_4')) })).status).toBe(200)
    expect(said(await system.find(body.id))).toEqual({ anonymousId: 'anon-4', verified: false })
  })

  it.each<[name: string, body: object, sub: string]>([
    ['another body', { message: 'Other words' }, 'u_2'],
    ['another person on the page', { person: { id: 'u_2' } }, 'u_2'],
    ['a token of somebody else', {}, 'u_3'],
    ['a sub that looks alike', {}, 'U_2'],
  ])('with %s proves nothing', async (_name, change, sub) => {
    const body = repeated()
    const { receipt } = await send(body)
    const before = await system.find(body.id)
    const again = await send({ ...body, ...change, token: signToken(secret, claimsFor(sub)) })
    expect(again.status).toBe(200)
    expect(again.receipt.notes).toEqual(receipt.notes)
    expect(await system.find(body.id)).toEqual(before)
  })

  it.each<[name: string, again: () => object]>([
    ['without a token', () => ({})],
    ['with an expired token', () => ({ token: expired('u_2') })],
    ['with other claims', () => ({ token: signToken(secret, claimsFor('u_2', { name: 'Other' })) })],
    ['with a token of somebody else', () => ({ token: signToken(secret, claimsFor('u_3')) })],
  ])('%s takes no proof away', async (_name, again) => {
    const body = repeated()
    await send({ ...body, token: signToken(secret, claimsFor('u_2')) })
    const before = await system.find(body.id)
    expect(before.person?.verified).toBe(true)
    expect((await send({ ...body, ...again() })).status).toBe(200)
    expect(await system.find(body.id)).toEqual(before)
  })

  it('proves it once, while others repeat it and triage it at the same time', async () => {
    const body = repeated()
    await send({ ...body, token: expired('u_2') })
    const label = async (name: string) => {
      const { ok } = await system.call(`/v1/feedback/${body.id}`, { ...post({ addLabels: [name] }), method: 'PATCH' })
      return ok ? [name] : []
    }
    const token = signToken(secret, claimsFor('u_2'))
    const [labelled, ...answers] = await Promise.all([
      Promise.all(['a', 'b', 'c'].map(label)),
      ...Array.from({ length: 12 }, (_, i) => send({ ...body, token: i % 3 === 0 ? expired('u_2') : token })),
    ])
    // Either it is there, or its sender is told to send it again.
    expect(answers.filter(({ status }) => status !== 200 && status !== 503)).toEqual([])
    const { person, labels } = await system.find(body.id)
    expect([person?.verified, labels.toSorted()]).toEqual([true, labelled.flat()])
  })
})
