import { beforeAll, describe, expect, it } from 'vitest'
import type {
  AuditList,
  CreatedInvitation,
  CreatedKey,
  CreatedProject,
  Key,
  MadeByMember,
  PasskeyList,
  PasskeyOptions,
  Problem,
  RotatedKey,
  Session,
  SessionList,
  SignInLink,
} from '../../sdk/wire/index.ts'
import { type Authenticator, makeAuthenticator } from '../support/authenticator.ts'
import { startSystem, type System } from '../support/system.ts'
import { invite, join, makeVisitor, type Visitor } from '../support/visitor.ts'

let system: System
let other: System
beforeAll(async () => {
  ;[system, other] = await Promise.all([startSystem('Ending'), startSystem('Elsewhere')])
})

const idOf = async (who: Visitor) => (await who.session()).member.id
const isIn = async (who: Visitor) => (await who.ask('/v1/session')).status === 200
const namesOf = async (who: Visitor) =>
  (await who.json<PasskeyList>('GET', '/v1/passkeys')).items.map(({ name }) => name)

async function addPasskey(who: Visitor, name: string): Promise<Authenticator> {
  const authenticator = makeAuthenticator(system.origin)
  const { publicKey } = await who.json<PasskeyOptions>('POST', '/v1/passkeys/options')
  await who.json('POST', '/v1/passkeys', { name, credential: authenticator.create(publicKey) })
  return authenticator
}

async function signIn(authenticator: Authenticator) {
  const who = makeVisitor(system.origin)
  const { publicKey } = await who.json<PasskeyOptions>('POST', '/v1/sign-in/options')
  const credential = authenticator.get(publicKey)
  return { who, answer: await who.json<Session | Problem>('POST', '/v1/sign-in', { credential }) }
}

/** Another browser of the same member, by a link that opens what this one opens. */
async function another(who: Visitor): Promise<Visitor> {
  const browser = makeVisitor(system.origin)
  await browser.press((await who.json<SignInLink>('POST', '/v1/sign-in-links')).url)
  return browser
}

/** A member of both projects, and a browser that somebody signed in to the first alone, before. */
async function makeNarrow(name: string) {
  const wide = await join(system, name, 'viewer')
  const narrow = await another(wide)
  await wide.press((await invite(other, { role: 'editor' })).url, { as: 'member' })
  return { wide, narrow }
}

describe('signing out everywhere else', () => {
  it('ends the other sessions and the links that wait, and leaves passkeys unless told', async () => {
    const ada = await join(system, 'Ada', 'viewer')
    const laptop = await another(ada)
    const laptopKey = await addPasskey(laptop, 'From the laptop')
    const waiting = await laptop.json<SignInLink>('POST', '/v1/sign-in-links')
    expect(await ada.json('DELETE', '/v1/sessions')).toBeNull()
    expect([await isIn(laptop), await isIn(ada)]).toEqual([false, true])
    expect((await makeVisitor(system.origin).press(waiting.url)).status).toBe(403)
    expect((await signIn(laptopKey)).answer).toHaveProperty('member')
    expect(await ada.json('DELETE', '/v1/sessions?passkeys=remove')).toBeNull()
    expect((await signIn(laptopKey)).answer).toMatchObject({ code: 'bad-token' })
    expect(await namesOf(ada)).toEqual([])
    expect(await ada.json('DELETE', '/v1/sessions?passkeys=all')).toMatchObject({ code: 'invalid' })
  })

  it('leaves no way back to whoever makes links all the while', async () => {
    const abe = await join(system, 'Abe', 'viewer')
    const thief = await another(abe)
    const links: string[] = []
    const makeLinks = async () => {
      for (;;) {
        const made = await thief.json<SignInLink | Problem>('POST', '/v1/sign-in-links')
        if (!('url' in made)) return
        links.push(made.url)
      }
    }
    const making = Promise.all([1, 2, 3, 4].map(makeLinks))
    await expect.poll(() => links.length).toBeGreaterThan(4)
    expect(await abe.json('DELETE', '/v1/sessions')).toBeNull()
    await making
    const opened = await Promise.all(links.map(async (url) => (await makeVisitor(system.origin).press(url)).status))
    expect(new Set(opened)).toEqual(new Set([403]))
  })

  it('keeps the passkey that the session began with', async () => {
    const bea = await join(system, 'Bea', 'viewer')
    const own = await addPasskey(bea, 'Own')
    const strange = await addPasskey(bea, 'Strange')
    const { who } = await signIn(own)
    await who.json('DELETE', '/v1/sessions?passkeys=remove')
    expect(await namesOf(who)).toEqual(['Own'])
    expect((await signIn(strange)).answer).toMatchObject({ code: 'bad-token' })
  })

  it('touches nobody else’s, and stands in the audit log', async () => {
    const [cid, dan] = [await join(system, 'Cid', 'viewer'), await join(system, 'Dan', 'viewer')]
    const key = await addPasskey(dan, 'Dan’s')
    await cid.json('DELETE', '/v1/sessions?passkeys=remove')
    expect(await isIn(dan)).toBe(true)
    expect((await signIn(key)).answer).toHaveProperty('member')
    const id = await idOf(cid)
    const log = (await (await system.call(`/v1/audit?action=session.end&target=${id}`)).json()) as AuditList
    expect(log.items).toMatchObject([{ actor: { id }, summary: 'Everywhere else', after: { passkeys: 'removed' } }])
  })
})

describe('a member whom an admin signs out everywhere', () => {
  it('comes back by passkey, unless the project is closed to passkeys too', async () => {
    const eli = await join(system, 'Eli', 'editor')
    const key = await addPasskey(eli, 'Phone')
    const path = `/v1/members/${await idOf(eli)}/sessions`
    expect((await system.call(path, { method: 'DELETE' })).status).toBe(204)
    expect(await isIn(eli)).toBe(false)
    expect((await signIn(key)).answer).toHaveProperty('member')
    expect((await system.call(`${path}?passkeys=close`, { method: 'DELETE' })).status).toBe(204)
    expect((await signIn(key)).answer).toMatchObject({ code: 'bad-token' })
    expect((await system.call(`${path}?passkeys=remove`, { method: 'DELETE' })).status).toBe(422)
  })

  it('keeps what opens other projects, and comes back by an invitation, in their role', async () => {
    const fay = await join(system, 'Fay', 'editor')
    await fay.press((await invite(other, { role: 'viewer' })).url, { as: 'member' })
    const key = await addPasskey(fay, 'Phone')
    const path = `/v1/members/${await idOf(fay)}/sessions?passkeys=close`
    expect((await system.call(path, { method: 'DELETE' })).status).toBe(204)
    const { who } = await signIn(key)
    expect((await who.session()).projects.map(({ name }) => name)).toEqual(['Elsewhere'])
    expect(await who.json('GET', `/v1/feedback?project=${system.project}`)).toMatchObject({ code: 'not-found' })
    await who.press((await invite(system, { role: 'viewer' })).url, { as: 'member' })
    const back = (await signIn(key)).who
    expect((await back.session()).projects).toMatchObject([
      { name: 'Elsewhere', role: 'viewer' },
      { name: 'Ending', role: 'editor' },
    ])
  })
})

describe('a session that opens one project of several', () => {
  it('neither shows nor ends sessions that open more, and says how many there are', async () => {
    const { wide, narrow } = await makeNarrow('Gus')
    const mine = await wide.json<SessionList>('GET', '/v1/sessions')
    expect([mine.items.length, mine.hidden]).toEqual([2, 0])
    const seen = await narrow.json<SessionList>('GET', '/v1/sessions')
    expect([seen.items.map(({ current }) => current), seen.hidden]).toEqual([[true], 1])
    const own = mine.items.find(({ current }) => current)?.id ?? ''
    expect(await narrow.json('DELETE', `/v1/sessions/${own}`)).toMatchObject({ status: 403, code: 'no-scope' })
    const waiting = await wide.json<SignInLink>('POST', `/v1/sign-in-links?project=${system.project}`)
    expect(await narrow.json('DELETE', '/v1/sessions?passkeys=remove')).toBeNull()
    expect(await isIn(wide)).toBe(true)
    expect((await makeVisitor(system.origin).press(waiting.url)).status).toBe(303)
    expect(await wide.json('DELETE', `/v1/sessions/${seen.items[0]?.id}`)).toBeNull()
    expect(await isIn(narrow)).toBe(false)
  })

  it('neither shows nor removes nor names passkeys that open more', async () => {
    const { wide, narrow } = await makeNarrow('Hal')
    const key = await addPasskey(wide, 'Both')
    await addPasskey(narrow, 'One')
    const { items } = await wide.json<PasskeyList>('GET', '/v1/passkeys')
    expect(items.map(({ name, opensAll }) => [name, opensAll])).toEqual([
      ['Both', true],
      ['One', false],
    ])
    expect(await narrow.json('GET', '/v1/passkeys')).toMatchObject({ items: [{ name: 'One' }], hidden: 1 })
    const path = `/v1/passkeys/${items[0]?.id}`
    expect(await narrow.json('DELETE', path)).toMatchObject({ status: 403, code: 'no-scope' })
    expect(await narrow.json('PATCH', path, { name: 'Mine' })).toMatchObject({ status: 403, code: 'no-scope' })
    await narrow.json('DELETE', '/v1/sessions?passkeys=remove')
    expect(await namesOf(wide)).toEqual(['Both'])
    expect((await signIn(key)).answer).toMatchObject({ projects: [{ name: 'Elsewhere' }, { name: 'Ending' }] })
  })
})

/** An admin with a key, an identity secret, an invitation, a webhook, and a link for somebody else. */
async function makeAdmin(name: string) {
  const ida = await join(system, name, 'admin')
  const keys = `/v1/projects/${system.project}/keys`
  const key = await ida.json<CreatedKey>('POST', keys, { type: 'secret', name: 'Nightly', scopes: ['read'] })
  const identity = await ida.json<CreatedKey>('POST', keys, { type: 'identity', name: 'App' })
  await ida.json('POST', keys, { type: 'publishable', name: 'Site' })
  const invitation = await ida.json<CreatedInvitation>('POST', '/v1/invitations', { role: 'admin' })
  const hook = { type: 'signed', name: 'Mirror', url: 'https://receiver.example/hook' }
  const { id: webhook } = await ida.json<{ id: string }>('POST', '/v1/webhooks', hook)
  return { ida, id: await idOf(ida), key, identity, invitation, webhook }
}

const byKey = async <T>(method: string, path: string, body?: object): Promise<T> => {
  const json = { headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) }
  const response = await system.call(path, { method, ...(body === undefined ? {} : json) })
  return (response.status === 204 ? null : await response.json()) as T
}
const works = async ({ key }: CreatedKey) =>
  (await fetch(`${system.origin}/v1/feedback`, { headers: { authorization: `Bearer ${key}` } })).status === 200
const keyNow = async ({ id }: CreatedKey) =>
  (await byKey<{ items: Key[] }>('GET', `/v1/projects/${system.project}/keys`)).items.find((key) => key.id === id)
const mayJoin = async ({ url }: CreatedInvitation) =>
  (await makeVisitor(system.origin).ask(new URL(url).pathname + new URL(url).search)).status === 200

describe('what an admin made', () => {
  it('is listed for admins: keys they have seen, invitations that are open, webhooks', async () => {
    const { id, key, identity, invitation, webhook } = await makeAdmin('Jan')
    const kit = await join(system, 'Kit', 'admin')
    const rotate = `/v1/projects/${system.project}/keys/${key.id}/rotate`
    const rotated = await kit.json<RotatedKey>('POST', rotate, { graceSeconds: 3_600 })
    const made = await byKey<MadeByMember>('GET', `/v1/members/${id}/made`)
    expect(made.keys.map((one) => one.id)).toEqual([key.id, identity.id])
    expect(made.invitations.map((one) => one.id)).toEqual([invitation.id])
    expect(made.webhooks).toEqual([{ id: webhook, name: 'Mirror' }])
    const replaced = await byKey<MadeByMember>('GET', `/v1/members/${await idOf(kit)}/made`)
    expect(replaced.keys.map((one) => one.id)).toEqual([rotated.id])
    const leo = await join(system, 'Leo', 'editor')
    expect(await leo.json('GET', `/v1/members/${id}/made`)).toMatchObject({ code: 'no-scope' })
    expect(await (await other.call(`/v1/members/${id}/made`)).json()).toMatchObject({ code: 'not-found' })
  })

  it('goes with them where that is wanted: invitations unless told, keys where they are named', async () => {
    const { ida, id, key, identity, invitation } = await makeAdmin('Mia')
    const ned = await join(system, 'Ned', 'viewer')
    const link = await ida.json<SignInLink>('POST', '/v1/sign-in-links', { member: await idOf(ned) })
    const strange = await byKey<Problem>('DELETE', `/v1/members/${id}?revokeKeys=nobody`)
    expect(strange).toMatchObject({ code: 'invalid', issues: [{ path: 'revokeKeys' }] })
    expect([await isIn(ida), await mayJoin(invitation)]).toEqual([true, true])
    expect(await byKey('DELETE', `/v1/members/${id}?revokeKeys=${key.id}`)).toBeNull()
    expect([await works(key), await mayJoin(invitation)]).toEqual([false, false])
    expect((await makeVisitor(system.origin).press(link.url)).status).toBe(403)
    expect((await keyNow(identity))?.revokedAt).toBeNull()
    const log = await byKey<AuditList>('GET', `/v1/audit?action=member.remove&target=${id}`)
    expect(log.items).toMatchObject([{ after: { keysRevoked: [key.hint], invitationsRevoked: 1 } }])
  })

  it('stays where that is wanted', async () => {
    const { id, key, invitation } = await makeAdmin('Ola')
    expect(await byKey('DELETE', `/v1/members/${id}?invitations=no`)).toMatchObject({ code: 'invalid' })
    expect(await byKey('DELETE', `/v1/members/${id}?invitations=keep`)).toBeNull()
    expect([await works(key), await mayJoin(invitation)]).toEqual([true, true])
  })

  it('goes when they are an admin no more, too, but not by another change', async () => {
    const { id, key, identity, invitation } = await makeAdmin('Pam')
    expect(await byKey('PATCH', `/v1/members/${id}`, { role: 'admin' })).toMatchObject({ role: 'admin' })
    const wish = { role: 'admin', revokeKeys: [key.id] }
    expect(await byKey('PATCH', `/v1/members/${id}`, wish)).toMatchObject({ issues: [{ path: 'revokeKeys' }] })
    expect([await works(key), await mayJoin(invitation)]).toEqual([true, true])
    expect(await byKey('PATCH', `/v1/members/${id}`, { role: 'viewer', revokeKeys: [identity.id] })).toMatchObject({
      role: 'viewer',
    })
    expect([await works(key), await mayJoin(invitation)]).toEqual([true, false])
    expect((await keyNow(identity))?.revokedAt).not.toBeNull()
    // Later, too: they have seen it.
    await byKey('PATCH', `/v1/members/${id}`, { role: 'editor', revokeKeys: [key.id] })
    expect(await works(key)).toBe(false)
  })

  it('stays, all of it, where the last admin may not go', async () => {
    const lone = await join(system, 'Quy', 'admin')
    const { id: project } = await lone.json<CreatedProject>('POST', '/v1/projects', { name: 'Lone' })
    const at = (path: string) => `${path}?project=${project}`
    const invitation = await lone.json<CreatedInvitation>('POST', at('/v1/invitations'), { role: 'viewer' })
    const path = at(`/v1/members/${await idOf(lone)}`)
    expect(await lone.json('DELETE', path)).toMatchObject({ code: 'conflict' })
    expect(await lone.json('PATCH', path, { role: 'viewer' })).toMatchObject({ code: 'conflict' })
    expect(await mayJoin(invitation)).toBe(true)
  })

  it('is not revoked by whoever leaves without being an admin', async () => {
    const { ida, id, key } = await makeAdmin('Rob')
    await byKey('PATCH', `/v1/members/${id}`, { role: 'editor', invitations: 'keep' })
    expect(await ida.json('DELETE', `/v1/members/${id}?revokeKeys=${key.id}`)).toMatchObject({ code: 'no-scope' })
    expect(await ida.json('DELETE', `/v1/members/${id}`)).toBeNull()
    expect(await works(key)).toBe(true)
  })
})
