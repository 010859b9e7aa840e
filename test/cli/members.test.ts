import { beforeAll, describe, expect, it } from 'vitest'
import type { CreatedInvitation, Member, RotatedKey } from '../../sdk/wire/index.ts'
import { startSystem, type System } from '../support/system.ts'
import { makeVisitor } from '../support/visitor.ts'
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
