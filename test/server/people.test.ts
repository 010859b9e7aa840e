import { beforeAll, describe, expect, it } from 'vitest'
import { createClient, signIdentity, unwrap } from '../../sdk/server/index.ts'
import type { Client } from '../../sdk/server/index.ts'
import type { Receipt } from '../../sdk/wire/index.ts'
import { cli } from '../cli/run-cli.ts'
import { newId, startSystem } from '../support/system.ts'
import type { System } from '../support/system.ts'

let system: System
let earshot: Client
let secret: string
let env: Record<string, string>

beforeAll(async () => {
  system = await startSystem('People')
  env = { EARSHOT_KEY: system.secretKey, EARSHOT_ENDPOINT: system.origin }
  earshot = createClient({ endpoint: system.origin, key: system.secretKey })
  secret = (await cli(['keys', 'create', 'identity', '--name', 'Signing'], env)).stdout.trim()
})

const sign = (sub: string) =>
  signIdentity(secret, {
    sub,
    aud: system.project,
    name: 'Ada',
    email: `${sub}@example.com`,
    traits: { plan: 'pro' },
    account: { id: 'acme', revenue: 1_200 },
  })

async function say(parts: Record<string, unknown>): Promise<Receipt> {
  const sentAt = new Date().toISOString()
  const submission = { id: newId(), message: 'Hello', createdAt: sentAt, sentAt, ...parts }
  return (await (await system.submit(submission)).json()) as Receipt
}

describe('identities and people, from end to end', () => {
  it('takes what signIdentity signs for verified, until its secret is revoked', async () => {
    const { id, notes } = await say({ token: await sign('u_1') })
    expect(notes).toEqual([])
    expect(unwrap(await earshot.feedback.get(id)).person).toMatchObject({
      id: 'u_1',
      verified: true,
      name: 'Ada',
      email: 'u_1@example.com',
      account: { id: 'acme', revenue: 1_200 },
    })
    const other = unwrap(await earshot.keys.create({ type: 'identity', name: 'Old' }))
    expect(unwrap(await earshot.keys.list()).find((key) => key.id === other.id)).toMatchObject({ type: 'identity' })
    const token = await signIdentity(other.key, { sub: 'u_1', aud: system.project })
    await earshot.keys.revoke(other.id)
    const late = await say({ token })
    expect(late.notes).toMatchObject([{ path: 'token', code: 'unverified' }])
    expect(unwrap(await earshot.feedback.get(late.id)).person).toMatchObject({ id: 'u_1', verified: false })
  })

  it('finds somebody by every name, and keeps what the team knows', async () => {
    const { id } = await say({ token: await sign('u_2'), anonymousId: 'browser-2' })
    const item = unwrap(await earshot.feedback.get(id))
    const uuid = item.person?.uuid ?? ''
    for (const who of [uuid, { externalId: 'u_2' }, { email: 'U_2@example.com' }]) {
      const view = unwrap(await earshot.people.get(who))
      expect(view.people.map((person) => person.id)).toEqual([uuid])
      expect(view.items.map((item) => item.id)).toEqual([id])
    }
    const nameless = [await say({ anonymousId: 'browser/9 +ä' }), await say({ anonymousId: 'browser/9 +ä' })]
    const said: string[] = []
    for await (const item of earshot.people.items({ anonymousId: 'browser/9 +ä' })) said.push(item.id)
    expect(said.sort()).toEqual(nameless.map(({ id }) => id).sort())
    const record = unwrap(await earshot.people.update({ externalId: 'u_2' }, { name: 'Ada L.', traits: { seats: 5 } }))
    expect(record).toMatchObject({ id: uuid, name: 'Ada L.', traits: { plan: 'pro', seats: 5 } })
    const account = unwrap(await earshot.accounts.update('acme', { name: 'Acme', plan: 'enterprise' }))
    expect(account).toMatchObject({ id: 'acme', name: 'Acme', plan: 'enterprise' })
    expect(unwrap(await earshot.accounts.get('acme'))).toEqual(account)
    expect(await earshot.people.get({ externalId: 'nobody' })).toMatchObject({ problem: { code: 'not-found' } })
  })

  it('erases somebody by the command line, with what waits elsewhere, and nobody else', async () => {
    const person = { id: 'u_3', email: 'eve@example.com' }
    const mine = [await say({ token: await sign('u_3'), anonymousId: 'browser-3' }), await say({ person })]
    const others = await say({ token: await sign('u_4') })
    const waiting = { id: newId(), message: 'Still in the outbox', person, createdAt: new Date().toISOString() }
    const look = await cli(['erase', '--id', 'u_3', '--dry-run', '--json'], env)
    expect(JSON.parse(look.stdout)).toMatchObject({ items: { count: 2, exact: true }, erased: null })
    expect((await cli(['erase', '--id', 'u_3'], env)).code).toBe(2)
    const outcome = await cli(['erase', '--id', 'u_3', '--yes', '--json'], env)
    expect(outcome.code).toBe(0)
    expect(outcome.stderr).toMatch(/Ada, u_3, u_3@example\.com \(verified\)/)
    expect(JSON.parse(outcome.stdout)).toMatchObject({ erased: { items: 2, people: 2, remaining: 0 } })
    for (const { id } of mine) expect((await earshot.feedback.get(id)).ok).toBe(false)
    expect((await earshot.feedback.get(others.id)).ok).toBe(true)
    const late = await system.submit({ ...waiting, sentAt: new Date().toISOString() })
    expect(late.status).toBe(410)
    const changes = []
    for await (const change of earshot.changes()) if ('erased' in change) changes.push(change.id)
    expect(changes.sort()).toEqual(mine.map(({ id }) => id).sort())
    expect((await cli(['erase', '--id', 'u_3', '--yes'], env)).code).toBe(0)
  })
})
