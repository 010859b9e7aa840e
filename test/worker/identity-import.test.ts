import { beforeAll, describe, expect, it } from 'vitest'
import type { CreatedKey } from '../../sdk/wire/index.ts'
import { newId, startSystem, type System } from '../support/system.ts'
import { inSeconds, signToken } from '../support/tokens.ts'

let system: System
let secret: string
beforeAll(async () => {
  system = await startSystem('Identity of imports')
  const made = await system.call(`/v1/projects/${system.project}/keys`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ type: 'identity', name: 'Server' }),
  })
  ;({ key: secret } = (await made.json()) as CreatedKey)
})

const claimsFor = (sub: string, more: object = {}) => ({ sub, aud: system.project, exp: inSeconds(600), ...more })
const expired = (sub: string, more: object = {}) => signToken(secret, claimsFor(sub, { exp: inSeconds(-130), ...more }))

describe('an import', () => {
  const line = async (given: object) => {
    const id = newId()
    const [result] = await system.importLines([{ id, message: 'Kept elsewhere', ...given }])
    expect(result?.result).toBe('stored')
    return system.find(id)
  }

  it('takes our own exports at their word, revenue included', async () => {
    const person = { id: 'u_5', account: { id: 'acme', revenue: 9 }, verified: true }
    expect(await line({ person })).toMatchObject({ person })
    const item = await line({ person, token: expired('u_6') })
    expect(item).toMatchObject({ person, notes: [{ path: 'token', code: 'ignored' }] })
  })

  it('judges a submission’s token by when it was sent', async () => {
    const sentAt = '2026-03-01T10:00:00Z'
    const exp = Date.parse(sentAt) / 1000 + 600
    const said = { createdAt: '2026-02-27T10:00:00Z', sentAt, person: { id: 'u_5', name: 'Page' } }
    const good = await line({ ...said, token: signToken(secret, claimsFor('u_5', { exp })) })
    expect(good).toMatchObject({ person: { id: 'u_5', verified: true }, createdAt: '2026-02-27T10:00:00.000Z' })
    const late = await line({ ...said, token: signToken(secret, claimsFor('u_5', { exp: exp - 7_200 })) })
    expect(late).toMatchObject({ person: { id: 'u_5', name: 'Page', verified: false } })
    expect(late.notes?.find(({ path }) => path === 'token')?.detail).toContain('expired')
    const alone = await line({ token: expired('u_5', { name: 'Token', account: { id: 'acme', revenue: 9 } }) })
    expect(alone).toMatchObject({
      person: { id: 'u_5', name: 'Token', account: { id: 'acme', revenue: 9 }, verified: false },
    })
  })
})
