import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { fitContext } from '../../sdk/context.ts'
import { createEmitter } from '../../sdk/events.ts'
import { createIdentities, readSubject } from '../../sdk/identity.ts'
import { uuidv7 } from '../../sdk/uuid.ts'
import { version } from '../../sdk/wire/version.ts'

const jwt = (sub: string) => `h.${Buffer.from(JSON.stringify({ sub })).toString('base64url')}.s`

describe('an id', () => {
  it('is a UUIDv7 that carries its time', () => {
    const id = uuidv7(Date.parse('2026-11-22T09:30:00.000Z'))
    expect(id).toMatch(/^[\da-f]{8}-[\da-f]{4}-7[\da-f]{3}-[89ab][\da-f]{3}-[\da-f]{12}$/)
    expect(parseInt(id.replace('-', '').slice(0, 12), 16)).toBe(Date.parse('2026-11-22T09:30:00.000Z'))
  })

  it('sorts by time and is new each time', () => {
    expect(uuidv7(1_000) < uuidv7(2_000)).toBe(true)
    expect(new Set(Array.from({ length: 1_000 }, () => uuidv7(5))).size).toBe(1_000)
  })
})

describe('identity', () => {
  it('reads the subject of a token, and of nothing else', () => {
    expect(readSubject(jwt('u_42'))).toBe('u_42')
    expect(readSubject('no token')).toBeUndefined()
    expect(readSubject(() => jwt('u_42'))).toBeUndefined()
  })

  it('gives a token only for the person who spoke', async () => {
    const identities = createIdentities('key', true)
    identities.set({ token: () => jwt('u_1') })
    const before = identities.speaker()!
    expect(await identities.tokenFor(before)).toBe(jwt('u_1'))
    identities.set({ token: jwt('u_2') })
    expect(await identities.tokenFor(before)).toBeUndefined()
    expect(await identities.tokenFor('u_2')).toBe(jwt('u_2'))
    const forget = identities.clear()
    expect(await identities.tokenFor('u_2')).toBe(jwt('u_2'))
    forget()
    expect(await identities.tokenFor('u_2')).toBeUndefined()
  })

  it('makes no anonymous id without consent where the visitor asked for privacy', () => {
    const identities = createIdentities('key', true)
    expect(identities.anonymousId()).toBeUndefined()
    identities.consent(true)
    expect(identities.anonymousId()).toBe(identities.anonymousId())
    identities.consent(false)
    expect(identities.anonymousId()).toBeUndefined()
  })
})

describe('the parts', () => {
  it('keep context within its bytes, in the order it came', () => {
    const big = { text: 'x'.repeat(9_000) }
    expect(Object.keys(fitContext({ a: { n: 1 }, b: big, c: big }))).toEqual(['a', 'b'])
  })

  it('report a listener that throws, and call the others', () => {
    const emitter = createEmitter()
    const heard: unknown[] = []
    emitter.on('error', (error) => heard.push(error))
    emitter.on('open', () => {
      throw new Error('mine')
    })
    emitter.on('open', () => heard.push('open'))
    emitter.emit('open', undefined)
    expect(heard).toEqual([new Error('mine'), 'open'])
  })

  it('carry the release of package.json', () => {
    expect(JSON.parse(readFileSync('package.json', 'utf8'))).toMatchObject({ version })
  })
})
