import { describe, expect, it } from 'vitest'
import { looksSecret, removed, scrub, scrubUrl } from '../../sdk/scrub.ts'

describe('scrubbing', () => {
  it.each([
    'password',
    'userPassword',
    'PASSWD',
    'pwd',
    'passphrase',
    'client_secret',
    'accessToken',
    'csrf-token',
    'apiKey',
    'api_key',
    'API-KEY',
    'privateKey',
    'Authorization',
    'X-Auth',
    'credentials',
    'cookie',
    'Set-Cookie',
    'session',
    'sessionId',
    'card',
    'cardNumber',
    'card_number',
    'cvv',
    'iban',
    'ssn',
    'pin',
    'otp',
    'jwt',
  ])('takes %s for a secret', (key) => expect(looksSecret(key)).toBe(true))

  it.each(['postcard', 'discard', 'author', 'spinner', 'plan', 'keyboard', 'compass', 'scorecards', 'name', 'total'])(
    'leaves %s alone',
    (key) => expect(looksSecret(key)).toBe(false),
  )

  it('replaces what stands behind a secret key, however deep', () => {
    expect(scrub({ user: { name: 'ada', token: 'x', list: [{ pin: 1234 }] } })).toEqual({
      user: { name: 'ada', token: removed, list: [{ pin: removed }] },
    })
  })

  it.each<[string, unknown, unknown]>([
    ['a date', new Date(0), '1970-01-01T00:00:00.000Z'],
    ['an invalid date', new Date(NaN), '[?]'],
    ['a BigInt', 12n, '12'],
    ['NaN', NaN, 'NaN'],
    ['a symbol', Symbol('x'), 'Symbol(x)'],
    ['a function', () => 1, '[function]'],
    ['a map', new Map([['a', 1]]), { a: 1 }],
    ['a set', new Set([1, 2]), [1, 2]],
    ['undefined', undefined, null],
    ['a DOM node', { nodeName: 'INPUT', value: 'typed' }, '<input>'],
    ['a text of 3,000 characters', 'x'.repeat(3_000), `${'x'.repeat(2_000)}…`],
    ['a list of 60', Array.from({ length: 60 }, () => 0), Array.from({ length: 50 }, () => 0)],
  ])('makes %s readable', (_, value, readable) => expect(scrub(value)).toEqual(readable))

  it('gives name and message of an error', () => {
    expect(scrub(new TypeError('no'))).toMatchObject({ name: 'TypeError', message: 'no' })
  })

  it('survives cycles, getters that throw, and depth', () => {
    const cycle: Record<string, unknown> = { a: 1 }
    cycle.self = cycle
    Object.defineProperty(cycle, 'bad', {
      enumerable: true,
      get: () => {
        throw new Error('no')
      },
    })
    expect(scrub(cycle)).toEqual({ a: 1, self: '[?]', bad: '[?]' })
    expect(JSON.stringify(scrub({ a: { a: { a: { a: { a: { a: { a: 1 } } } } } } }))).toContain('[?]')
  })

  it('keeps a key named __proto__ from becoming a prototype', () => {
    const clean = scrub(JSON.parse('{"__proto__": {"admin": true}}'))
    expect((clean as { admin?: boolean }).admin).toBeUndefined()
    expect(({} as { admin?: boolean }).admin).toBeUndefined()
  })

  it.each([
    ['https://a.example/pay?token=x&plan=pro#top', 'https://a.example/pay'],
    ['https://ada:secret@a.example/', 'https://a.example/'],
    ['http://localhost:3000/a/b', 'http://localhost:3000/a/b'],
  ])('makes %s %s', (address, clean) => expect(scrubUrl(address)).toBe(clean))

  it.each([[['plan', 'tab']], ['plan,tab']])('keeps the parameters that are allowed by %j', (allow) => {
    const address = 'https://a.example/?plan=pro&token=x&p=1&tab=2'
    expect(scrubUrl(address, allow)).toBe('https://a.example/?plan=pro&tab=2')
  })
})
