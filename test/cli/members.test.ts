import { beforeAll, describe, expect, it } from 'vitest'
import type { CreatedInvitation, CreatedKey, Key, Member, RotatedKey } from '../../sdk/wire/index.ts'
import { startSystem, type System } from '../support/system.ts'
import { join, makeVisitor } from '../support/visitor.ts'
import { cli } from './run-cli.ts'

let system: System
let env: Record<string, string>
beforeAll(async () => {
  system = await startSystem('Team by terminal')
  env = { EARSHOT_ENDPOINT: system.origin, EARSHOT_KEY: system.secretKey }
})

const on = (...words: string[]) => cli(words, env)
const membersNow = async () => (JSON.parse((await on('members', '--json')).stdout) as { items: Member[] }).items
const roleOf = async (name: string) => (await membersNow()).find((member) => member.name === name)?.role

describe('earshot invite and earshot members', () => {
  it('bring somebody in, move them, sign them out and take them out', async () => {
    const { stdout, stderr } = await on('invite', 'viewer', '--email', 'ida@example.com', '--days', '2')
    expect(stderr).toMatch(/whoever opens it joins, once, until \d{4}-/)
    expect((await on('invite', 'list')).stdout).toMatch(
      /\nida@example.com +viewer +sec_\w+ +\d{4}-\d\d-\d\d +[\w-]{36}\n/,
    )
    const ida = makeVisitor(system.origin)
    expect((await ida.press(stdout.trim(), { as: 'new', name: 'Ida' })).status).toBe(303)
    expect((await on('members')).stdout).toMatch(/\nIda +ida@example.com +viewer +[\w-]{36}\n/)

    expect(await on('members', 'role', 'IDA@example.com', 'editor')).toMatchObject({
      code: 0,
      stderr: 'ida@example.com is an editor now.\n',
    })
    expect(await roleOf('Ida')).toBe('editor')
    const link = await on('signin', 'Ida')
    expect(link.stderr).toMatch(/^It signs Ida in, once/)
    expect(await on('members', 'signout', 'ida')).toMatchObject({ code: 0 })
    expect((await ida.ask('/v1/session')).status).toBe(401)
    expect((await makeVisitor(system.origin).press(link.stdout.trim())).status).toBe(403)

    expect(await on('members', 'remove', 'ida')).toMatchObject({
      code: 2,
      stderr: expect.stringContaining('--yes') as string,
    })
    expect(await roleOf('Ida')).toBe('editor')
    expect(await on('members', 'remove', 'ida', '--yes')).toMatchObject({
      code: 0,
      stderr: 'ida@example.com is out of the project.\n',
    })
    expect(await roleOf('Ida')).toBeUndefined()
  })

  it('say what of an admin goes and what stays, and revoke it where that is wanted', async () => {
    const admin = async (name: string) => {
      const visitor = await join(system, name, 'admin')
      const path = `/v1/projects/${system.project}/keys`
      const key = await visitor.json<CreatedKey>('POST', path, { type: 'secret', name: `By ${name}`, scopes: ['read'] })
      await visitor.json('POST', '/v1/invitations', { role: 'admin' })
      return { visitor, key }
    }
    const [jo, kay] = [await admin('Jo'), await admin('Kay')]
    expect(await on('members', 'role', 'Jo', 'viewer', '--passkeys')).toMatchObject({ code: 2 })
    const demoted = await on('members', 'role', 'Jo', 'viewer', '--keep-invitations')
    expect(demoted.stderr).toContain('1 invitation that they made can still be accepted')
    expect(demoted.stderr).toContain(`earshot keys rotate ${jo.key.hint}   (By Jo)`)
    const removed = await on('members', 'remove', 'Jo', '--yes')
    expect(removed.stderr).toContain('Revoked: 1 invitation that they made.')
    expect(removed.stderr).toContain(`earshot keys rotate ${jo.key.hint}`)
    const whole = await on('members', 'remove', 'Kay', '--yes', '--revoke-keys')
    expect(whole.stderr).toBe(
      'kay@example.com is out of the project.\nRevoked: 1 invitation that they made.\nRevoked: 1 key that they have seen.\n',
    )
    const now = JSON.parse((await on('keys', '--json')).stdout) as { items: Key[] }
    const revoked = (id: string) => now.items.find((key) => key.id === id)?.revokedAt !== null
    expect([revoked(jo.key.id), revoked(kay.key.id)]).toEqual([false, true])
    const lou = await join(system, 'Lou', 'viewer')
    const out = await on('members', 'signout', 'Lou', '--passkeys')
    expect(out).toMatchObject({ code: 0, stderr: expect.stringContaining('do not open the project') as string })
    expect((await lou.ask('/v1/session')).status).toBe(401)
  })

  it('take an invitation back', async () => {
    const made = JSON.parse((await on('invite', 'admin', '--json')).stdout) as CreatedInvitation
    expect(await on('invite', 'revoke', made.id)).toMatchObject({ code: 0 })
    expect((await makeVisitor(system.origin).press(made.url, { as: 'new', name: 'Late' })).status).toBe(403)
    expect(JSON.parse((await on('invite', 'list', '--json')).stdout)).toEqual({ items: [] })
  })

  it('say what is wrong', async () => {
    const [first] = await membersNow()
    const last = await on('members', 'role', first?.id ?? '', 'viewer')
    expect(last).toMatchObject({ code: 2, stderr: expect.stringContaining('last admin') as string })
    const nobody = await on('members', 'role', 'nobody', 'viewer')
    expect(nobody).toMatchObject({ code: 2, stderr: expect.stringContaining('No member of this project') as string })
  })
})

describe('earshot keys', () => {
  it('names a key anew and says when it stops, which the key notices at its end alone', async () => {
    const made = await on('keys', 'create', 'secret', '--name', 'CI', '--scope', 'read,admin', '--expires', 'never')
    const key = made.stdout.trim()
    const hint = key.slice(0, 10)
    const named = await on('keys', 'change', hint, '--name', 'Nightly export')
    expect(named).toMatchObject({ code: 0, stdout: '', stderr: `${hint}… (Nightly export) does not stop by itself.\n` })
    const ending = await on('keys', 'change', key, '--expires', '2032-01-31', '--json')
    const { changed } = JSON.parse(ending.stdout) as { changed: Key }
    expect(changed).toMatchObject({ name: 'Nightly export', expiresAt: '2032-01-31T00:00:00.000Z' })
    expect((await on('keys')).stdout).toMatch(/Nightly export +read,admin +\S+ +\S+ +2032-01-31 00:00 UTC\n/)
    expect(await cli(['members'], { ...env, EARSHOT_KEY: key })).toMatchObject({ code: 0 })
    const endless = await on('keys', 'change', changed.id, '--expires', 'never', '--name', 'Export')
    expect(endless.stderr).toBe(`${hint}… (Export) does not stop by itself.\n`)
    const past = await on('keys', 'change', hint, '--expires', '2020-01-31')
    expect(past).toMatchObject({ code: 2, stderr: expect.stringContaining('revoke it') as string })
    await on('keys', 'revoke', hint)
    const late = await on('keys', 'change', hint, '--name', 'Late')
    expect(late).toMatchObject({ code: 2, stderr: expect.stringContaining('revoked already') as string })
  })

  it('rotates a key, the one in use too, which goes on for as long as it is told', async () => {
    const created = await on('keys', 'create', 'secret', '--name', 'CI', '--scope', 'read', '--expires', '2032-01-31')
    const old = created.stdout.trim()
    expect((await on('keys')).stdout).toMatch(/CI +read +\S+ +never +2032-01-31 00:00 UTC\n/)
    const rotated = await on('keys', 'rotate', old.slice(0, 10), '--grace', '12h', '--json')
    const made = JSON.parse(rotated.stdout) as RotatedKey
    expect(Date.parse(made.replaced.expiresAt ?? '') - Date.parse(made.createdAt)).toBe(12 * 3_600_000)
    const own = await on('keys', 'rotate', system.secretKey.slice(0, 10), '--grace', '0')
    expect(own.stderr).toContain('is revoked')
    expect(await on('members')).toMatchObject({ code: 3 })
    env = { ...env, EARSHOT_KEY: own.stdout.trim() }
    expect(await on('members')).toMatchObject({ code: 0 })
  })
})
