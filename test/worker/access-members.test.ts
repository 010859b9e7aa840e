import { beforeAll, describe, expect, inject, it } from 'vitest'
import type {
  CreatedInvitation,
  CreatedProject,
  Invitation,
  Member,
  MemberSession,
  Problem,
  Role,
  SignInLink,
} from '../../sdk/wire/index.ts'
import { newId, startSystem, type System } from '../support/system.ts'
import { invite, join, makeVisitor, type Visitor } from '../support/visitor.ts'

let system: System
let other: System
beforeAll(async () => {
  ;[system, other] = await Promise.all([startSystem('Shop'), startSystem('Blog')])
})

const byKey = async <T>(of: System, method: string, path: string, body?: object): Promise<T> => {
  const json = { headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) }
  const response = await of.call(path, { method, ...(body === undefined ? {} : json) })
  return (response.status === 204 ? null : await response.json()) as T
}
const membersOf = async (of: System) => (await byKey<{ items: Member[] }>(of, 'GET', '/v1/members')).items
const idOf = async (who: Visitor) => (await who.session()).member.id
const triage = (who: Visitor) =>
  who.ask(`/v1/feedback/${newId()}?project=${system.project}`, {
    method: 'PATCH',
    headers: { 'content-type': 'application/json' },
    body: '{"status":"done"}',
  })

describe('an invitation', () => {
  it('makes a new member by its page, once, with the role and the address that it names', async () => {
    const { url, ...invitation } = await invite(system, { role: 'editor', email: 'eve@example.com' })
    expect(await byKey(system, 'GET', '/v1/invitations')).toMatchObject({ items: [invitation] })
    const eve = makeVisitor(system.origin, { 'user-agent': 'Mozilla/5.0 (X11; Linux x86_64) Firefox/150.0' })
    const page = await (await eve.ask(new URL(url).pathname + new URL(url).search)).text()
    expect(page).toContain('Join Shop')
    expect(page).toContain('eve@example.com')
    expect((await eve.press(url, { as: 'new', name: 'Eve', email: 'admin@example.com' })).status).toBe(303)
    expect(await eve.session()).toMatchObject({
      member: { name: 'Eve', email: 'eve@example.com' },
      projects: [{ id: system.project, role: 'editor' }],
    })
    const { items } = await eve.json<{ items: MemberSession[] }>('GET', '/v1/sessions')
    expect(items).toMatchObject([{ browser: 'Firefox on Linux', method: 'invitation', current: true }])
    const mallory = await makeVisitor(system.origin).press(url, { as: 'new', name: 'Mallory' })
    expect([mallory.status, await mallory.text()]).toEqual([403, expect.stringContaining('href="/console/sign-in"')])
    // Whoever accepted it and opens it again has a way on.
    const again = await eve.ask(new URL(url).pathname + new URL(url).search)
    expect([again.status, await again.text()]).toEqual([403, expect.stringContaining('href="/console/inbox"')])
    expect((await byKey<{ items: Invitation[] }>(system, 'GET', '/v1/invitations')).items).toEqual([])
  })

  it('takes no address that is longer than one can be', async () => {
    const { url } = await invite(system, { role: 'viewer' })
    const email = `${'a'.repeat(250)}@example.com`
    expect((await makeVisitor(system.origin).press(url, { as: 'new', name: 'Long', email })).status).toBe(422)
  })

  it('is good for one of several who accept it at the same time', async () => {
    const { url } = await invite(system, { role: 'viewer' })
    const crowd = ['A', 'B', 'C', 'D'].map((name) => makeVisitor(system.origin).press(url, { as: 'new', name }))
    const statuses = (await Promise.all(crowd)).map(({ status }) => status)
    expect(statuses.toSorted((a, b) => a - b)).toEqual([303, 403, 403, 403])
  })

  it('is refused when it was taken back, has expired, or was never made', async () => {
    const { id, url } = await invite(system, { role: 'admin' })
    expect(await byKey(other, 'DELETE', `/v1/invitations/${id}`)).toMatchObject({ code: 'not-found' })
    expect(await byKey(system, 'DELETE', `/v1/invitations/${id}`)).toBeNull()
    const nobody = makeVisitor(system.origin)
    for (const link of [url, `${system.origin}/console/invitation?token=nope`]) {
      expect((await nobody.press(link, { as: 'new', name: 'Nobody' })).status).toBe(403)
      expect((await nobody.ask(new URL(link).pathname + new URL(link).search)).status).toBe(403)
    }
    expect(nobody.cookie()).toBe('')
  })

  it('asks again for a name or an address that will not do, and is not used up by that', async () => {
    const { url } = await invite(system, { role: 'viewer' })
    const finn = makeVisitor(system.origin)
    for (const [fields, fault] of [
      [{ name: ' ' }, 'Say your name'],
      [{ name: 'Finn', email: 'finn' }, 'no e-mail address'],
      [{ name: 'Finn', email: 'EVE@example.com' }, 'works in this project already'],
    ] as const) {
      const response = await finn.press(url, { as: 'new', ...fields })
      expect([response.status, await response.text()]).toEqual([422, expect.stringContaining(fault)])
    }
    expect((await finn.press(url, { as: 'new', name: 'Finn <b>' })).status).toBe(303)
    expect((await finn.session()).member).toMatchObject({ name: 'Finn <b>', email: null })
  })

  it('shows names as text, and cannot be accepted from another site', async () => {
    const { url } = await invite(system, { role: 'viewer' })
    const page = await fetch(`${url}%22%3E%3Cscript%3E`)
    expect(await page.text()).not.toContain('<script>')
    const pull = await fetch(`${system.origin}/console/invitation`, {
      method: 'POST',
      redirect: 'manual',
      headers: { origin: 'https://evil.example' },
      body: new URLSearchParams({ token: new URL(url).searchParams.get('token') ?? '', as: 'new', name: 'Pulled' }),
    })
    expect(pull.status).toBe(403)
    const policy = page.headers.get('content-security-policy')
    expect(policy).toContain("require-trusted-types-for 'script'")
    expect(policy).not.toContain('unsafe')
    expect(page.headers.get('cache-control')).toBe('no-store')
  })

  it('adds the project to whoever is signed in, and never signs anybody in by an address', async () => {
    const gina = await join(other, 'Gina', 'viewer')
    const { url } = await invite(system, { role: 'editor', email: 'gina@example.com' })
    const stranger = makeVisitor(system.origin)
    expect((await stranger.press(url, { as: 'new', name: 'Gina' })).status).toBe(303)
    expect(await idOf(stranger)).not.toBe(await idOf(gina))
    expect((await stranger.session()).projects.map(({ name }) => name)).toEqual(['Shop'])
    const { url: again } = await invite(system, { role: 'editor' })
    expect((await gina.press(again, { as: 'member' })).headers.get('location')).toContain(system.project)
    expect((await gina.session()).projects).toMatchObject([
      { name: 'Blog', role: 'viewer' },
      { name: 'Shop', role: 'editor' },
    ])
  })

  it('is not made for somebody who works here, nor by anybody but an admin', async () => {
    const body = { role: 'viewer', email: 'Eve@Example.com' }
    expect(await byKey(system, 'POST', '/v1/invitations', body)).toMatchObject({ code: 'invalid' })
    const editor = await join(system, 'Hal', 'editor')
    expect(await editor.json('POST', '/v1/invitations', { role: 'admin' })).toMatchObject({ code: 'no-scope' })
    expect(await editor.json('GET', '/v1/invitations')).toMatchObject({ code: 'no-scope' })
    for (const wrong of [{ role: 'owner' }, { role: 'viewer', days: 31 }, { role: 'viewer', email: 'x' }]) {
      expect(await byKey(system, 'POST', '/v1/invitations', wrong)).toMatchObject({ code: 'invalid' })
    }
  })
})

describe('a role', () => {
  it('changes with the member’s next request', async () => {
    const ivy = await join(system, 'Ivy', 'viewer')
    const path = `/v1/members/${await idOf(ivy)}`
    expect((await triage(ivy)).status).toBe(403)
    expect(await byKey(system, 'PATCH', path, { role: 'editor' })).toMatchObject({ name: 'Ivy', role: 'editor' })
    expect((await triage(ivy)).status).toBe(404)
    await byKey(system, 'PATCH', path, { role: 'viewer' })
    expect((await triage(ivy)).status).toBe(403)
    expect(await byKey(other, 'PATCH', path, { role: 'admin' })).toMatchObject({ code: 'not-found' })
    expect(await ivy.json('PATCH', path, { role: 'admin' })).toMatchObject({ code: 'no-scope' })
  })

  it('of the last admin stays, whoever asks, and however many at once', async () => {
    const lone = await startSystem('Lone')
    const [first] = await membersOf(lone)
    const path = `/v1/members/${first?.id}`
    expect(await byKey(lone, 'PATCH', path, { role: 'editor' })).toMatchObject({ code: 'conflict' })
    expect(await byKey(lone, 'DELETE', path)).toMatchObject({ code: 'conflict' })
    expect(await byKey(lone, 'PATCH', path, { role: 'admin' })).toMatchObject({ role: 'admin' })
    const second = await idOf(await join(lone, 'Jo', 'admin'))
    const demote = [path, `/v1/members/${second}`].map((one) =>
      byKey<Member | Problem>(lone, 'PATCH', one, { role: 'viewer' }),
    )
    const answers = (await Promise.all(demote)).map((answer) => ('code' in answer ? answer.code : answer.role))
    expect(answers.toSorted()).toEqual(['conflict', 'viewer'])
    expect((await membersOf(lone)).filter(({ role }) => role === 'admin')).toHaveLength(1)
  })
})

describe('a member who is taken out of a project', () => {
  it('is out with the next request, and gone whole where it was the last one', async () => {
    const kim = await join(system, 'Kim', 'viewer')
    const id = await idOf(kim)
    const { url } = await invite(other, { role: 'viewer' })
    await kim.press(url, { as: 'member' })
    expect(await byKey(system, 'DELETE', `/v1/members/${id}`)).toBeNull()
    expect((await kim.session()).projects.map(({ name }) => name)).toEqual(['Blog'])
    expect((await kim.ask(`/v1/feedback?project=${system.project}`)).status).toBe(404)
    expect(await byKey(system, 'DELETE', `/v1/members/${id}`)).toMatchObject({ code: 'not-found' })
    expect(await byKey(other, 'DELETE', `/v1/members/${id}`)).toBeNull()
    expect((await kim.ask('/v1/session')).status).toBe(401)
  })

  it('may be the one who leaves, and nobody else without the scope', async () => {
    const [lee, max] = [await join(system, 'Lee', 'viewer'), await join(system, 'Max', 'editor')]
    const path = `/v1/members/${await idOf(lee)}`
    expect(await max.json('DELETE', path)).toMatchObject({ code: 'no-scope' })
    expect(await lee.json('DELETE', path)).toBeNull()
    expect((await lee.ask('/v1/feedback')).status).toBe(401)
  })
})

describe('a sign-in link', () => {
  it('is a member’s own for the asking, and signs in nobody else', async () => {
    const nia = await join(system, 'Nia', 'viewer')
    const link = await nia.json<SignInLink>('POST', '/v1/sign-in-links')
    expect(link.member).toMatchObject({ name: 'Nia' })
    const phone = makeVisitor(system.origin)
    expect((await phone.press(link.url)).status).toBe(303)
    expect(await phone.session()).toEqual(await nia.session())
    const [admin] = await membersOf(system).then((all) => all.filter(({ role }) => role === 'admin'))
    expect(await nia.json('POST', '/v1/sign-in-links', { member: admin?.id })).toMatchObject({ code: 'no-scope' })
  })

  it('is made by an admin for a member of their own projects alone', async () => {
    const olga = await join(system, 'Olga', 'viewer')
    const id = await idOf(olga)
    expect(await byKey(other, 'POST', '/v1/sign-in-links', { member: id })).toMatchObject({ code: 'not-found' })
    const before = await byKey<SignInLink>(system, 'POST', '/v1/sign-in-links', { member: id })
    const { url } = await invite(other, { role: 'admin' })
    await olga.press(url, { as: 'member' })
    expect(await byKey(system, 'POST', '/v1/sign-in-links', { member: id })).toMatchObject({ code: 'no-scope' })
    // The link from before opens what it could open when it was made, and so does what comes of it.
    const admin = makeVisitor(system.origin)
    await admin.press(before.url)
    expect((await admin.session()).projects.map(({ name }) => name)).toEqual(['Shop'])
    const further = await admin.json<SignInLink>('POST', '/v1/sign-in-links')
    const again = makeVisitor(system.origin)
    await again.press(further.url)
    expect((await again.session()).projects.map(({ name }) => name)).toEqual(['Shop'])
    expect((await again.ask(`/v1/feedback?project=${other.project}`)).status).toBe(404)
    expect((await olga.session()).projects).toHaveLength(2)
  })

  it('for an admin of every project of somebody opens them all', async () => {
    const pia = await join(system, 'Pia', 'admin')
    const { id: own } = await pia.json<CreatedProject>('POST', '/v1/projects', { name: 'Pia’s own' })
    const quin = await join(system, 'Quin', 'viewer')
    const { url } = await pia.json<CreatedInvitation>('POST', `/v1/invitations?project=${own}`, { role: 'viewer' })
    await quin.press(url, { as: 'member' })
    const id = await idOf(quin)
    const link = await pia.json<SignInLink>('POST', `/v1/sign-in-links?project=${own}`, { member: id })
    const at = makeVisitor(system.origin)
    await at.press(link.url)
    expect((await at.session()).projects.map(({ name }) => name)).toEqual(['Pia’s own', 'Shop'])
  })

  it('is made by whoever runs the deployment for anybody', async () => {
    const ask = (body: object, token = inject('setupToken')) =>
      fetch(`${system.origin}/v1/setup/sign-in-links`, {
        method: 'POST',
        headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
        body: JSON.stringify(body),
      })
    const response = await ask({ project: system.project })
    expect([response.status, await response.json()]).toMatchObject([201, { member: { name: expect.any(String) } }])
    expect((await ask({ project: system.project }, system.secretKey)).status).toBe(404)
    expect((await ask({ member: 'nobody' })).status).toBe(404)
    expect((await ask({})).status).toBe(422)
  })

  it('cannot be asked for with a body that is no JSON', async () => {
    const headers = { 'content-type': 'text/plain' }
    const response = await system.call('/v1/sign-in-links', { method: 'POST', headers, body: '{}' })
    expect(response.status).toBe(415)
    const broken = { 'content-type': 'application/json' }
    expect((await system.call('/v1/sign-in-links', { method: 'POST', headers: broken, body: '{' })).status).toBe(400)
  })
})

describe('a session', () => {
  it('is listed with its browser, and ended by its member alone', async () => {
    const rita = await join(system, 'Rita', 'viewer')
    const phone = makeVisitor(system.origin, { 'user-agent': 'Mozilla/5.0 (iPhone) Version/19.0 Mobile Safari/604.1' })
    await phone.press((await rita.json<SignInLink>('POST', '/v1/sign-in-links')).url)
    const { items } = await rita.json<{ items: MemberSession[] }>('GET', '/v1/sessions')
    expect(new Map(items.map(({ browser, current }) => [browser, current]))).toEqual(
      new Map([
        ['', true],
        ['Safari on iOS', false],
      ]),
    )
    const path = `/v1/sessions/${items.find(({ current }) => !current)?.id}`
    const sam = await join(system, 'Sam', 'admin')
    expect(await sam.json('DELETE', path)).toMatchObject({ code: 'not-found' })
    expect(await rita.json('DELETE', path)).toBeNull()
    expect((await phone.ask('/v1/session')).status).toBe(401)
    expect((await rita.ask('/v1/session')).status).toBe(200)
  })

  it('is ended by an admin of a project that it sees, with links that are open', async () => {
    const tom = await join(system, 'Tom', 'viewer')
    const path = `/v1/members/${await idOf(tom)}/sessions`
    const link = await tom.json<SignInLink>('POST', '/v1/sign-in-links')
    expect(await byKey(other, 'DELETE', path)).toMatchObject({ code: 'not-found' })
    expect((await tom.ask('/v1/session')).status).toBe(200)
    expect(await byKey(system, 'DELETE', path)).toBeNull()
    expect((await tom.ask('/v1/session')).status).toBe(401)
    expect((await makeVisitor(system.origin).press(link.url)).status).toBe(403)
  })
})

describe('a further project', () => {
  it('is made by an admin, who is its admin, and by nobody else', async () => {
    const uma = await join(system, 'Uma', 'admin')
    const made = await uma.json<CreatedProject>('POST', '/v1/projects', { name: 'Second' })
    const roleOf = (role: Role) => ({ id: made.id, name: 'Second', role })
    expect((await uma.session()).projects).toContainEqual(roleOf('admin'))
    expect(await uma.json('GET', `/v1/members?project=${made.id}`)).toMatchObject({ items: [{ name: 'Uma' }] })
    const said = { id: newId(), message: 'Hello', kind: 'bug' }
    const sent = await fetch(`${system.origin}/v1/feedback?key=${made.publishableKey}`, {
      method: 'POST',
      body: JSON.stringify(said),
    })
    expect(sent.status).toBe(201)
    const viewer = await join(system, 'Vic', 'viewer')
    expect(await viewer.json('POST', '/v1/projects', { name: 'Third' })).toMatchObject({ code: 'no-scope' })
    expect(await byKey(system, 'POST', '/v1/projects', { name: 'Third' })).toMatchObject({ code: 'wrong-key' })
  })
})
