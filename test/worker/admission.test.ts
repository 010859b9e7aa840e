import { Hono } from 'hono'
import { describe, expect, it, vi } from 'vitest'
import { admit } from '../../worker/admission/admit.ts'
import { networkOf } from '../../worker/access/network.ts'
import { markAddress } from '../../worker/admission/address.ts'
import { isAdmitted, readOrigin, readOrigins } from '../../worker/admission/origin.ts'
import { readPeriod } from '../../worker/admission/period.ts'
import { portionWaitMs, takePortion } from '../../worker/admission/portion.ts'
import { isUsedUp, noteAccepted } from '../../worker/admission/quota.ts'
import { take, waitMs } from '../../worker/admission/rates.ts'
import { secondsToWait } from '../../worker/admission/turn.ts'
import { type AppEnv, parseRates } from '../../worker/env.ts'
import { serverLimits } from '../../worker/limits.ts'
import { openDatabase } from '../support/sqlite.ts'

const now = Date.parse('2026-11-23T12:00:00Z')
const dayMs = 86_400_000
type Limiter = NonNullable<Parameters<typeof secondsToWait>[0]['ADDRESS_LIMIT']>

describe('an origin', () => {
  it.each([
    ['https://App.Example.com', 'https://app.example.com'],
    ['https://app.example.com:443/shop?a=1#b', 'https://app.example.com'],
    ['http://localhost:3000/', 'http://localhost:3000'],
    [' app.example.com ', 'https://app.example.com'],
    ['*.example.com', 'https://*.example.com'],
    ['https://*.example.com:8443', 'https://*.example.com:8443'],
    ['https://bücher.example', 'https://xn--bcher-kva.example'],
    ['capacitor://', 'capacitor://'],
    ['capacitor://localhost/', 'capacitor://localhost'],
    ['chrome-extension://ABCdef', 'chrome-extension://abcdef'],
    ['null', 'null'],
  ])('is read from %s as %s', (text, origin) => {
    expect(readOrigin(text)).toBe(origin)
  })

  it.each([
    '',
    '*',
    'https://*',
    'https://*.com',
    'https://a.*.com',
    'https://me:pw@example.com',
    'javascript:alert(1)',
  ])('is not read from "%s"', (text) => {
    expect(readOrigin(text)).toBeNull()
  })

  it('is said to be none by its place in the list', () => {
    expect(readOrigins(['https://a.example', 'https://a.example/x'])).toEqual({
      ok: true,
      value: ['https://a.example'],
    })
    expect(readOrigins(['https://a.example', '*'])).toMatchObject({
      ok: false,
      failure: { code: 'invalid', issues: [{ path: 'origins.1' }] },
    })
  })

  it.each([
    ['https://app.example.com', ['https://app.example.com'], true],
    ['HTTPS://APP.example.com', ['https://app.example.com'], true],
    ['http://app.example.com', ['https://app.example.com'], false],
    ['https://app.example.com:8443', ['https://app.example.com'], false],
    ['https://a.example.com', ['https://*.example.com'], true],
    ['https://a.b.example.com', ['https://*.example.com'], true],
    ['https://example.com', ['https://*.example.com'], false],
    ['https://.example.com', ['https://*.example.com'], false],
    ['https://evil-example.com', ['https://*.example.com'], false],
    ['https://a.example.com.evil.test', ['https://*.example.com'], false],
    ['capacitor://localhost', ['capacitor://'], true],
    ['chrome-extension://abc', ['chrome-extension://abd'], false],
    ['null', ['https://app.example.com'], false],
    ['null', ['null'], true],
    ['null', [], true],
    [undefined, ['https://app.example.com'], true],
  ])('%s against %j: %s', (origin, admitted, isIn) => {
    expect(isAdmitted(origin, admitted)).toBe(isIn)
  })
})

describe('an address', () => {
  it('stands for whoever has it: an IPv6 network as a whole', () => {
    expect(networkOf('203.0.113.7')).toBe('203.0.113.7')
    expect(networkOf('::ffff:203.0.113.7')).toBe('203.0.113.7')
    expect(networkOf('::FFFF:cb00:7107')).toBe('203.0.113.7')
    expect(networkOf('2001:db8:1:2:3:4:5:6')).toBe('2001:db8:1:2')
    expect(networkOf('2001:0DB8:0001:0002::9')).toBe('2001:db8:1:2')
    expect(networkOf('2001:db8::7')).toBe('2001:db8:0:0')
    expect(networkOf('::1')).toBe('0:0:0:0')
  })

  it('is known by a mark alone, the same wherever it is made, another one tomorrow and in another project', async () => {
    const [one, other] = [
      { id: 'p', secret: 'secret one' },
      { id: 'q', secret: 'secret two' },
    ]
    const mark = await markAddress('203.0.113.7', one, now)
    expect(mark).toMatch(/^[\w-]{43}$/)
    expect(await markAddress('203.0.113.7', one, now + 1_000)).toBe(mark)
    expect(await markAddress('203.0.113.8', one, now)).not.toBe(mark)
    expect(await markAddress('203.0.113.7', one, now + dayMs)).not.toBe(mark)
    expect(await markAddress('203.0.113.7', other, now)).not.toBe(mark)
    expect(await markAddress('203.0.113.7', null, now)).not.toBe(mark)
  })
})

describe('a bucket', () => {
  it('takes a burst, then what its rate lets through, and counts no refusal', () => {
    const rate = { perMinute: 60, burst: 5 }
    const passed = (at: number) => {
      if (waitMs('burst', rate, at) > 0) return false
      take('burst', rate, at)
      return true
    }
    expect(Array.from({ length: 20 }, () => passed(now)).filter(Boolean)).toHaveLength(5)
    expect(waitMs('burst', rate, now)).toBe(1_000)
    expect(passed(now + 1_000)).toBe(true)
    expect(passed(now + 1_000)).toBe(false)
    expect(Array.from({ length: 20 }, () => passed(now + 60_000)).filter(Boolean)).toHaveLength(5)
  })

  it('is forgotten before memory runs out, and those in use last', () => {
    const rate = { perMinute: 1, burst: 1 }
    for (let n = 0; n < serverLimits.bucketsMax * 1.5; n++) {
      take('busy', { perMinute: 60_000, burst: 1 }, now)
      take(`many ${n}`, rate, now)
    }
    expect(waitMs('busy', rate, now)).toBeGreaterThan(0)
    expect(waitMs('many 0', rate, now)).toBe(0)
  })
})

describe('a sender’s portion of a day', () => {
  const { share, atLeast, heldFrom, retryMs } = serverLimits.addressPortion
  const perDay = 10_000
  const wait = (mark: string, used: number, at = now, of = perDay) => portionWaitMs(mark, { perDay: of, used }, at)
  const takeMany = (mark: string, count: number, at = now) => {
    for (let n = 0; n < count; n++) takePortion(mark, at)
  }

  it('is all it wants while there is plenty, then a share, and whole again the next day', () => {
    takeMany('office', perDay * share)
    expect(wait('office', perDay * heldFrom - 1)).toBe(0)
    expect(wait('office', perDay * heldFrom)).toBe(retryMs)
    expect(wait('somebody', perDay * heldFrom)).toBe(0)
    expect(wait('office', perDay * heldFrom, Date.parse('2026-11-23T23:59:00Z'))).toBe(60_000)
    expect(wait('office', perDay * heldFrom, now + dayMs)).toBe(0)
  })

  it('is larger where the quota was raised, and a hundred where it is small', () => {
    takeMany('few', atLeast - 1)
    expect(wait('few', 200, now, 200)).toBe(0)
    takeMany('few', 1)
    expect(wait('few', 200, now, 200)).toBe(retryMs)
    expect(wait('few', 200, now, 300)).toBe(retryMs)
    expect(wait('few', 1_000, now, 2_000)).toBe(0)
  })

  it('leaves others half of a quota, however long one address goes on', () => {
    const at = now + 2 * dayMs
    let used = 0
    for (let n = 0; n < 5 * perDay; n++) {
      if (wait('flood', used, at) > 0) continue
      takePortion('flood', at)
      used++
    }
    expect(used).toBe(perDay * heldFrom)
  })

  it('takes no more memory than there is for buckets, and is forgotten last of whoever sends most', () => {
    const at = now + 3 * dayMs
    takeMany('flood', perDay, at)
    for (let n = 0; n < serverLimits.bucketsMax * 1.5; n++) {
      takePortion(`many ${n}`, at)
      if (n % 1_000 === 0) takePortion('flood', at)
    }
    expect(wait('flood', perDay, at)).toBeGreaterThan(0)
    takeMany('many 0', atLeast - 1, at)
    expect(wait('many 0', perDay, at, 100)).toBe(0)
  })
})

describe('a quota that is nearly used up', () => {
  it('is told in the log once a day and project, without a word of anybody', async () => {
    const { db, sqlite } = openDatabase()
    const lines: string[] = []
    const spy = vi.spyOn(console, 'error').mockImplementation((line: string) => void lines.push(line))
    const accept = (project: string, day: string, count: number) =>
      sqlite
        .prepare("INSERT INTO outcome VALUES (?, ?, 'production', 'feedback', 'accepted', '', ?)")
        .run(project, day, count)
    const ask = (id: string, at: number) =>
      isUsedUp(db, { id, settings: { quota: { perDay: 10 } } }, at, () => undefined)
    accept('told', '2026-11-23', 7)
    accept('told', '2026-11-24', 12)
    accept('quiet', '2026-11-23', 7)
    try {
      expect([await ask('told', now), await ask('quiet', now)]).toEqual([false, false])
      expect(lines).toEqual([])
      noteAccepted('told')
      for (let n = 0; n < 3; n++) expect(await ask('told', now + n)).toBe(false)
      expect(lines).toEqual([JSON.stringify({ event: 'quota nearly used up', project: 'told', used: 8, perDay: 10 })])
      for (let n = 0; n < 3; n++)
        expect(await ask('told', now + dayMs + n * serverLimits.refusalRereadMs * 2)).toBe(true)
      expect(lines).toHaveLength(2)
    } finally {
      spy.mockRestore()
    }
  })
})

describe('a sender’s turn', () => {
  const settings = { ADDRESS_PER_MINUTE: '6', KEY_PER_MINUTE: '2400' }
  const sender = (name: string, address?: string) => ({
    address,
    key: name,
    project: { id: name, secret: name, settings: {} },
  })
  const tries = async (count: number, one: ReturnType<typeof sender>, submits = true) => {
    const waits: number[] = []
    for (let n = 0; n < count; n++) waits.push(await secondsToWait(settings, one, submits, now))
    return waits.filter((wait) => wait === 0).length
  }

  it('ends with what an address has, long before what the key has for everybody', async () => {
    expect(await tries(100, sender('turn', '203.0.113.1'))).toBe(60)
    expect(await secondsToWait(settings, sender('turn', '203.0.113.1'), true, now)).toBe(10)
    expect(await secondsToWait(settings, sender('turn', '203.0.113.2'), true, now)).toBe(0)
  })

  it('ends with what the key has, whoever comes', async () => {
    expect(await tries(1_000, sender('keyed'))).toBe(600)
    expect(await secondsToWait(settings, sender('keyed', '203.0.113.9'), true, now)).toBe(1)
    expect(await secondsToWait(settings, sender('another'), true, now)).toBe(0)
  })

  it('for all else is another one, and longer', async () => {
    expect(await tries(100, sender('all else', '203.0.113.1'))).toBe(60)
    expect(await tries(400, sender('all else', '203.0.113.1'), false)).toBe(240)
  })

  it('is what Cloudflare’s limiter says too, which never sees an address, and whose failure stops nobody', async () => {
    const asked: string[] = []
    const limiter = (answer: () => boolean): Limiter => ({
      limit: async ({ key }: { key: string }) => {
        asked.push(key)
        return { success: answer() }
      },
    })
    const with_ = (ADDRESS_LIMIT: Limiter) =>
      secondsToWait({ ...settings, ADDRESS_LIMIT }, sender('limited', '203.0.113.1'), true, now)
    expect(await with_(limiter(() => true))).toBe(0)
    expect(await with_(limiter(() => false))).toBe(serverLimits.limiterSeconds)
    const broken = () => {
      throw new Error('Limiter out of order')
    }
    expect(await with_(limiter(broken))).toBe(0)
    expect(asked).toHaveLength(3)
    expect(asked.join()).not.toContain('203.0.113')
  })

  it('says which setting of the deployment is no number', () => {
    expect(parseRates({})).toEqual({
      ADDRESS_PER_MINUTE: serverLimits.addressPerMinute,
      KEY_PER_MINUTE: serverLimits.keyPerMinute,
    })
    expect(() => parseRates({ ADDRESS_PER_MINUTE: 'many' })).toThrow('ADDRESS_PER_MINUTE')
  })
})

describe('unknown keys', () => {
  it('of one sender are held back before the database is asked, and those of another are not', async () => {
    let lookUps = 0
    const statement = { bind: () => statement, first: async () => (lookUps++, null) }
    const DB = { prepare: () => statement }
    const door = new Hono<AppEnv>().get('/', async (c) => {
      const admitted = await admit(c, { maxBytes: 0 })
      return c.text(admitted.ok ? 'in' : admitted.failure.code)
    })
    const ask = async (key: string, address: string) =>
      (await door.request(`/?key=${key}`, { headers: { 'cf-connecting-ip': address } }, { DB })).text()
    const random = (n: number) => `pub_${String(n).padStart(24, '0')}`
    const answers = new Map<string, number>()
    for (let n = 0; n < serverLimits.unknownKeys.burst + 200; n++) {
      const answer = await ask(random(n), '203.0.113.50')
      answers.set(answer, (answers.get(answer) ?? 0) + 1)
    }
    expect([...answers.keys()]).toEqual(['unknown-key', 'too-many'])
    expect(lookUps).toBe(2 * (answers.get('unknown-key') ?? 0))
    expect(await ask(random(9_999), '203.0.113.51')).toBe('unknown-key')
    expect(await ask('pub_short', '203.0.113.50')).toBe('unknown-key')
  })
})

describe('a period of outcomes', () => {
  it('is the last 30 days unless told, and says what is wrong with it', () => {
    const none = { from: undefined, to: undefined }
    expect(readPeriod(none, now)).toEqual({ ok: true, value: { from: '2026-10-25', to: '2026-11-23' } })
    const codes = [
      { ...none, from: '2026-02-30' },
      { ...none, to: 'today' },
      { from: '2026-11-02', to: '2026-11-01' },
      { from: '2024-01-01', to: '2026-11-01' },
    ].map((asked) => readPeriod(asked, now))
    for (const period of codes) expect(period).toMatchObject({ ok: false, failure: { code: 'bad-filter' } })
  })
})
