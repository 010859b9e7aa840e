import { inspect } from 'node:util'
import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { readFault } from '../../sdk/diagnostics/faults.ts'
import { mask } from '../../sdk/crumbs/mask.ts'
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
    ['a DOM node', Object.create({ nodeName: 'INPUT', value: 'typed' }), '<input>'],
    ['what only looks like one', { nodeName: 'INPUT' }, { nodeName: 'INPUT' }],
    ['a text of 3,000 characters', 'x'.repeat(3_000), `${'x'.repeat(2_000)}…`],
    ['a typed array', new Uint8Array(10_000_000), Array.from({ length: 50 }, () => 0)],
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

const jwt = 'eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiJ1XzQyIn0.c2lnbmF0dXJl'

describe('masking what nobody typed', () => {
  it.each([
    ['a card number', 'card 4111 1111 1111 1111 refused', 'card [removed] refused'],
    ['with hyphens', '5500-0000-0000-0004', '[removed]'],
    ['in one run', 'pan=4111111111111111', 'pan=[removed]'],
    ['of 15 digits', '378282246310005', '[removed]'],
    ['of 19 digits', '6304000000000000000', '[removed]'],
    ['after another number', 'user 42 4111 1111 1111 1111', 'user [removed]'],
    ['a bearer token', 'Authorization: Bearer s3cr3t-t0ken', 'Authorization: Bearer [removed]'],
    ['a long one without a digit', 'bearer abcdefghijklmnopqrstuvwxyz', 'bearer [removed]'],
    ['a JWT', `token ${jwt} expired`, 'token [removed] expired'],
    ['a JWT that was cut', jwt.slice(0, 40), '[removed]'],
    ['a secret key', 'sec_abcdefghijklmnopqrstuvwxyz0123456789ABCD', '[removed]'],
    ['an identity secret', 'idn_abcdefghijklmnopqrstuvwxyz0123456789ABCD', '[removed]'],
    ['a query', 'GET https://a.example/pay?token=x failed', 'GET https://a.example/pay failed'],
    ['a hash', 'at https://a.example/cb#access_token=x', 'at https://a.example/cb'],
    ['a query without a value', '"https://a.example/?s3cret"', '"https://a.example/"'],
    ['the query of a path', 'GET /api/pay?token=x 500', 'GET /api/pay 500'],
    ['who is in an address', 'https://ada:secret@a.example/x', 'https://a.example/x'],
    ['the query in a frame', 'at f (https://a.example/app.js?t=x:10:5)', 'at f (https://a.example/app.js:10:5)'],
    ['in Firefox', 'f@https://a.example/app.js?t=x:10:5', 'f@https://a.example/app.js:10:5'],
  ])('hides %s', (_, text, masked) => {
    expect(mask(text)).toBe(masked)
    expect(mask(masked)).toBe(masked)
  })

  it.each([
    'order 4111 1111 1111 1112',
    'phone +49 30 901820',
    'at 2026-11-22T09:30:00.000Z',
    '0198c5a2-7d1e-7c3a-9b52-0d6d7c1f4e11',
    'the bearer of bad news',
    'Cannot read properties of undefined (reading "total")',
    'really? yes',
    'issue #42',
    'https://a.example/orders/42',
    'at f (https://a.example/app.js:10:5)',
    'a token expired',
    '1,234,567.89 EUR',
  ])('leaves “%s” alone', (text) => expect(mask(text)).toBe(text))

  it('reads no more than 4,000 characters, whatever is in them', () => {
    expect(mask('4 '.repeat(1_000_000)).length).toBeLessThanOrEqual(4_000)
    expect(mask(`https://a.example/?${'a:1'.repeat(1_000_000)}`)).toBe('https://a.example/')
  })
})

describe('an error as a crumb', () => {
  it('says what, where, and the top of the stack, without queries', () => {
    const error = new TypeError('pay?x failed for 4111 1111 1111 1111')
    error.stack = [
      'TypeError: pay failed for 4111 1111 1111 1111',
      ...Array.from({ length: 20 }, (_, n) => `    at pay${n} (https://a.example/app.js?v=x:${n + 1}:5)`),
    ].join('\n')
    const [message, data] = readFault(error)
    expect(message).toBe('TypeError: pay?x failed for [removed]')
    expect(data).toMatchObject({ source: 'https://a.example/app.js:1' })
    expect((data as { stack: string[] }).stack).toHaveLength(6)
    expect((data as { stack: string[] }).stack[0]).toBe('at pay0 (https://a.example/app.js:1:5)')
  })

  it.each<[string, object, string, string | undefined]>([
    [
      'an event without an error',
      { message: 'Script error.', filename: 'https://a.example/b.js?t=x', lineno: 7, error: null },
      'Script error.',
      'https://a.example/b.js:7',
    ],
    ['a rejection with a text', { reason: 'Bearer s3cr3t' }, 'Bearer [removed]', undefined],
    ['a rejection with nothing', { reason: undefined }, 'undefined', undefined],
    ['a rejection with an object', { reason: { code: 5 } }, 'thrown or rejected with an object', undefined],
    [
      'an error that throws',
      {
        get error(): unknown {
          throw new Error('no')
        },
      },
      'an error that cannot be read',
      undefined,
    ],
  ])('reads %s', (_, fault, message, source) => {
    const [said, data] = readFault(fault)
    expect(said).toBe(message)
    expect((data as { source?: string }).source).toBe(source)
  })
})

/** Anything a page may hand over. */
const anything = fc.anything({
  withBigInt: true,
  withDate: true,
  withMap: true,
  withSet: true,
  withTypedArray: true,
  withSparseArray: true,
  withNullPrototype: true,
  withObjectString: true,
  withBoxedValues: true,
  maxDepth: 8,
  key: fc.oneof(fc.string(), fc.constantFrom('__proto__', 'constructor', 'toJSON', 'token', 'nodeName', 'length')),
})

/** In what it may stand. */
const holders: Record<string, (value: unknown) => unknown> = {
  nothing: (value) => value,
  twice: (value) => ({ value, again: { value } }),
  'a cycle': (value) => {
    const cycle: Record<string, unknown> = { value }
    cycle.self = cycle
    return cycle
  },
  'beside a getter that throws': (value) =>
    Object.defineProperty({ value }, 'bad', {
      enumerable: true,
      get: () => {
        throw new Error('no')
      },
    }),
  'a proxy that lies': (value) => new Proxy({ value }, { ownKeys: () => ['value', 'value2', 'value3'] }),
  'a map': (value) => new Map([[value, value]]),
  'an error': (value) => Object.assign(new Error('mine'), { cause: value, message: value }),
}

/** Levels of lists and objects. */
function depthOf(value: unknown): number {
  return value && typeof value === 'object' ? 1 + Math.max(0, ...Object.values(value).map(depthOf)) : 0
}

describe('anything at all', () => {
  it('becomes bounded JSON, the same when scrubbed again, and stays as it was', () => {
    fc.assert(
      fc.property(anything, fc.constantFrom(...Object.keys(holders)), (held, holder) => {
        const value = holders[holder]!(held)
        // Not the holder: it throws at some errors itself.
        const look = () => inspect(held, { depth: 12, showHidden: true, showProxy: true })
        const before = look()
        const clean = scrub(value)
        const json = JSON.stringify(clean)
        expect(JSON.stringify(JSON.parse(json))).toBe(json)
        expect(JSON.stringify(scrub(clean))).toBe(json)
        expect(depthOf(clean)).toBeLessThanOrEqual(6)
        expect(({} as { polluted?: unknown }).polluted).toBeUndefined()
        expect(Object.keys(Object.prototype)).toEqual([])
        expect(look()).toBe(before)
      }),
      { numRuns: 300 },
    )
  })

  it('is cut where it is too much: long, broad and deep', () => {
    const broad = (depth: number): unknown =>
      depth === 0
        ? 'x'.repeat(5_000)
        : Object.fromEntries(Array.from({ length: 60 }, (_, n) => [`k${n}`, broad(depth - 1)]))
    for (const value of [broad(1), broad(2), broad(3), { ['k'.repeat(1e6)]: 'v' }, 'x'.repeat(1e7)]) {
      const json = JSON.stringify(scrub(value))
      expect(json.length).toBeLessThan(16_000)
      expect(JSON.stringify(scrub(JSON.parse(json)))).toBe(json)
    }
  })
})
