import { createHash } from 'node:crypto'
import { readdirSync, readFileSync } from 'node:fs'
import { DatabaseSync } from 'node:sqlite'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Invitation, MemberSession, PasskeyOptions, SignInLink } from '../../sdk/wire/index.ts'
import { type RawSystem, serveRaw } from '../bench/raw/serve.mjs'
import { makeAuthenticator } from '../support/authenticator.ts'
import { invite, join, makeVisitor, type Visitor } from '../support/visitor.ts'

// What the clock ends is moved into the past by hand, instead of waiting for it.
let raw: RawSystem
let ada: Visitor
beforeAll(async () => {
  raw = await serveRaw({ quiet: true })
  ada = await join(raw, 'Ada', 'admin')
})
afterAll(() => raw.stop())

const now = Date.now()
const hour = 3_600_000
const hashOf = (text: string) => createHash('sha256').update(text).digest('hex')
const tokenOf = (url: string) => new URL(url).searchParams.get('token') ?? ''

describe('what has expired is refused', () => {
  it('a session, which goes with the member’s next one', async () => {
    const bob = await join(raw, 'Bob', 'viewer')
    const link = await bob.json<SignInLink>('POST', '/v1/sign-in-links')
    await raw.sql(
      `UPDATE member_session SET expires_at = ${now - 1} WHERE hash = '${hashOf(bob.cookie().split('=')[1] ?? '')}'`,
    )
    for (const path of ['/v1/session', '/v1/sessions', '/v1/feedback']) {
      expect([path, (await bob.ask(path)).status]).toEqual([path, 401])
    }
    const again = makeVisitor(raw.origin)
    await again.press(link.url)
    const { member } = await again.session()
    expect(await raw.rowsOf(`SELECT count(*) AS n FROM member_session WHERE member = '${member.id}'`)).toEqual([
      { n: 1 },
    ])
  })

  it('a sign-in link', async () => {
    const { url } = await ada.json<SignInLink>('POST', '/v1/sign-in-links')
    await raw.sql(`UPDATE member_link SET expires_at = ${now - 1} WHERE hash = '${hashOf(tokenOf(url))}'`)
    expect((await makeVisitor(raw.origin).press(url)).status).toBe(403)
  })

  it('an invitation, which stays on the list for a month', async () => {
    const { id, url } = await invite(raw, { role: 'viewer', email: 'late@example.com' })
    const move = (to: number) => raw.sql(`UPDATE invitation SET expires_at = ${to} WHERE id = '${id}'`)
    await move(now - 1)
    expect((await makeVisitor(raw.origin).press(url, { as: 'new', name: 'Late' })).status).toBe(403)
    const listed = async () => (await ada.json<{ items: Invitation[] }>('GET', '/v1/invitations')).items
    expect(await listed()).toMatchObject([{ id }])
    await move(now - 31 * 24 * hour)
    const { id: other } = await invite(raw, { role: 'viewer' })
    expect((await listed()).map((invitation) => invitation.id)).toEqual([other])
  })

  it('a passkey’s challenge', async () => {
    const key = makeAuthenticator('http://localhost')
    const local = { host: 'localhost' }
    // A bare address has no passkeys; the same collector by its name has.
    expect(await ada.json('POST', '/v1/passkeys/options')).toMatchObject({ code: 'invalid' })
    const named = makeVisitor(raw.origin.replace('127.0.0.1', 'localhost'), { ...local, cookie: ada.cookie() })
    const { publicKey } = await named.json<PasskeyOptions>('POST', '/v1/passkeys/options')
    expect(publicKey).toMatchObject({ rp: { id: 'localhost' } })
    await raw.sql(`UPDATE passkey_challenge SET expires_at = ${now - 1}`)
    const made = await named.json('POST', '/v1/passkeys', { name: 'Late', credential: key.create(publicKey) })
    expect(made).toMatchObject({ code: 'invalid' })
    await named.json('POST', '/v1/passkeys/options')
    expect(await raw.rowsOf('SELECT count(*) AS n FROM passkey_challenge')).toEqual([{ n: 1 }])
  })
})

describe('a session’s last use', () => {
  it('is written once an hour, and only then', async () => {
    const cleo = await join(raw, 'Cleo', 'viewer')
    const hash = hashOf(cleo.cookie().split('=')[1] ?? '')
    const used = async () =>
      (await raw.rowsOf(`SELECT last_used_at AS at FROM member_session WHERE hash = '${hash}'`))[0]?.['at']
    const first = await used()
    await cleo.ask('/v1/session')
    expect(await used()).toBe(first)
    await raw.sql(`UPDATE member_session SET last_used_at = ${now - 2 * hour} WHERE hash = '${hash}'`)
    await cleo.ask('/v1/session')
    await expect.poll(used).toBeGreaterThanOrEqual(now - hour)
    const { items } = await cleo.json<{ items: MemberSession[] }>('GET', '/v1/sessions')
    expect(Date.parse(items[0]?.lastUsedAt ?? '')).toBe(await used())
  })
})

describe('the migration', () => {
  it('leaves whoever is signed in signed in, for the projects that are theirs, however often it runs', () => {
    const folder = new URL('../../worker/storage/migrations/', import.meta.url)
    const sqlite = new DatabaseSync(':memory:')
    const run = (name: string) => sqlite.exec(readFileSync(new URL(name, folder), 'utf8'))
    for (const name of readdirSync(folder).sort()) if (name < '0009') run(name)
    sqlite.exec(`INSERT INTO membership (member, project, role) VALUES ('m', 'p', 'admin'), ('m', 'q', 'viewer');
      INSERT INTO session (hash, member, created_at, expires_at) VALUES ('h', 'm', 1, 2), ('i', 'gone', 1, 2);`)
    run('0009_access.sql')
    run('0009_access.sql')
    expect(sqlite.prepare('SELECT hash, member, projects, method FROM member_session ORDER BY hash').all()).toEqual([
      { hash: 'h', member: 'm', projects: '["p","q"]', method: 'link' },
      { hash: 'i', member: 'gone', projects: '[]', method: 'link' },
    ])
  })
})
