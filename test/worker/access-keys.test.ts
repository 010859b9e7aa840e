import { beforeAll, describe, expect, it } from 'vitest'
import type { CreatedKey, Feedback, Key, NewKey, Problem, RotatedKey } from '../../sdk/wire/index.ts'
import { newId, startSystem, type System } from '../support/system.ts'
import { signToken } from '../support/tokens.ts'

let system: System
let other: System
beforeAll(async () => {
  ;[system, other] = await Promise.all([startSystem('Keys'), startSystem('Others')])
})

async function ask<T>(method: string, path = '', body?: object, of = system): Promise<T> {
  const json = { headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) }
  const response = await of.call(`/v1/projects/${of.project}/keys${path}`, {
    method,
    ...(body === undefined ? {} : json),
  })
  return (response.status === 204 ? null : await response.json()) as T
}
const make = (wish: NewKey) => ask<CreatedKey>('POST', '', wish)
const rotate = (id: string, graceSeconds?: number) =>
  ask<RotatedKey>('POST', `/${id}/rotate`, graceSeconds === undefined ? {} : { graceSeconds })
const listed = async (id: string) => (await ask<{ items: Key[] }>('GET')).items.find((key) => key.id === id)
const use = async (key: string) =>
  (await fetch(`${system.origin}/v1/feedback`, { headers: { authorization: `Bearer ${key}` } })).status
const send = async (key: string) =>
  (
    await fetch(`${system.origin}/v1/feedback?key=${key}`, {
      method: 'POST',
      body: JSON.stringify({ id: newId(), message: 'Hello', kind: 'bug' }),
    })
  ).status
const soon = (ms: number) => new Date(Date.now() + ms).toISOString()
const secret = { type: 'secret', name: 'Nightly', scopes: ['read', 'export'] } as const
const day = 24 * 3_600_000

describe('a key that is rotated', () => {
  it('leaves a new one with the same rights, and goes on working for a day', async () => {
    const old = await make({ ...secret, scopes: [...secret.scopes] })
    const made = await rotate(old.id)
    expect(made).toMatchObject({ type: 'secret', name: 'Nightly', scopes: ['read', 'export'], expiresAt: null })
    expect(made.key).not.toBe(old.key)
    expect(made.replaced).toMatchObject({ id: old.id, revokedAt: null })
    expect(Date.parse(made.replaced.expiresAt ?? '') - Date.parse(made.createdAt)).toBe(day)
    expect([await use(old.key), await use(made.key)]).toEqual([200, 200])
    expect(await listed(old.id)).toMatchObject({ expiresAt: made.replaced.expiresAt, revokedAt: null })
    expect(JSON.stringify(await ask('GET'))).not.toContain(made.key)
  })

  it('stops at once where nobody needs it any more', async () => {
    const old = await make({ ...secret, scopes: ['read'] })
    const made = await rotate(old.id, 0)
    expect(made.replaced.revokedAt).not.toBeNull()
    expect([await use(old.key), await use(made.key)]).toEqual([401, 200])
    expect(await rotate(old.id)).toMatchObject({ code: 'not-found' })
  })

  it('is never given longer than it had, and is replaced once by each of two at the same time', async () => {
    const ends = soon(3_600_000)
    const old = await make({ ...secret, scopes: ['read'], expiresAt: ends })
    const [one, two] = await Promise.all([rotate(old.id, 7_200), rotate(old.id, 1_800)])
    expect([await use(one.key), await use(two.key)]).toEqual([200, 200])
    const left = Date.parse((await listed(old.id))?.expiresAt ?? '') - Date.now()
    expect(left).toBeLessThanOrEqual(1_800_000)
    expect(one.expiresAt).toBeNull()
  })

  it('may be a publishable one, and pages with either go on sending', async () => {
    const old = await make({ type: 'publishable', name: 'Site', environment: 'staging' })
    const made = await rotate(old.id)
    expect(made).toMatchObject({ type: 'publishable', environment: 'staging', id: made.key })
    expect([await send(old.key), await send(made.key)]).toEqual([201, 201])
    const last = await rotate(made.id, 0)
    expect([await send(made.key), await send(last.key)]).toEqual([401, 201])
  })

  it('may be an identity secret, and tokens of either prove who speaks', async () => {
    const old = await make({ type: 'identity', name: 'Server' })
    const made = await rotate(old.id)
    const exp = Math.floor(Date.now() / 1000) + 600
    const speak = async (key: string) => {
      const id = newId()
      const token = signToken(key, { sub: 'u_42', aud: system.project, exp })
      await system.submit({ id, message: 'It is me', kind: 'bug', token })
      return (await system.find(id)) satisfies Feedback
    }
    for (const { key } of [old, made]) expect((await speak(key)).person?.verified).toBe(true)
    await rotate(made.id, 0)
    expect((await speak(made.key)).person?.verified).not.toBe(true)
  })
})

describe('a key with an end', () => {
  it('stops by itself, and says when it did', async () => {
    const [one, site] = await Promise.all([
      make({ ...secret, scopes: ['read'], expiresAt: soon(2_500) }),
      make({ type: 'publishable', name: 'Fair', expiresAt: soon(2_500) }),
    ])
    expect(one.revokedAt).toBeNull()
    await expect.poll(() => use(one.key), { timeout: 20_000 }).toBe(401)
    await expect.poll(() => send(site.key), { timeout: 20_000 }).toBe(401)
    const told = await fetch(`${system.origin}/v1/feedback`, { headers: { authorization: `Bearer ${one.key}` } })
    expect(await told.json()).toMatchObject({ detail: expect.stringContaining('expired') as string })
    expect(await listed(one.id)).toMatchObject({ expiresAt: null, revokedAt: one.expiresAt })
    expect(await ask('PATCH', `/${one.id}`, { expiresAt: null })).toMatchObject({ code: 'not-found' })
  })

  it('is given more time, or none, and a name', async () => {
    const key = await make({ ...secret, scopes: ['read'], expiresAt: soon(3_600_000) })
    const later = soon(7_200_000)
    expect(await ask('PATCH', `/${key.id}`, { expiresAt: later, name: 'Weekly' })).toMatchObject({
      name: 'Weekly',
      expiresAt: later,
    })
    expect(await ask('PATCH', `/${key.id}`, { name: 'Monthly' })).toMatchObject({ name: 'Monthly', expiresAt: later })
    expect(await ask('PATCH', `/${key.id}`, { expiresAt: null })).toMatchObject({ expiresAt: null })
    expect(await ask('DELETE', `/${key.id}`)).toBeNull()
    expect(await use(key.key)).toBe(401)
  })

  it('that has passed, is no time, or lies a century ahead is refused', async () => {
    for (const expiresAt of [soon(-1_000), 'tomorrow', '2999-01-01T00:00:00Z']) {
      const problem = await ask<Problem>('POST', '', { ...secret, expiresAt })
      expect([problem.code, problem.issues?.[0]?.path]).toEqual(['invalid', 'expiresAt'])
    }
    const grace = await ask<Problem>('POST', '/x/rotate', { graceSeconds: 7_776_001 })
    expect([grace.code, grace.issues?.[0]?.path]).toEqual(['invalid', 'graceSeconds'])
  })

  it('in another project is not there', async () => {
    const key = await make({ ...secret, scopes: ['read'] })
    expect(await ask('POST', `/${key.id}/rotate`, {}, other)).toMatchObject({ code: 'not-found' })
    expect(await ask('PATCH', `/${key.id}`, { name: 'Mine' }, other)).toMatchObject({ code: 'not-found' })
    expect(await ask('DELETE', `/${key.id}`, undefined, other)).toMatchObject({ code: 'not-found' })
    expect(await use(key.key)).toBe(200)
  })
})
