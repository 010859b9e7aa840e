import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { createEarshot } from '../../sdk/index.ts'
import type { EarshotOptions } from '../../sdk/index.ts'
import type { Submission } from '../../sdk/wire/index.ts'

const key = 'pub_0123456789abcdefghijklmn'
const endpoint = 'https://c.example'

/** An object that cannot even be looked at. */
const hostile = new Proxy(
  {},
  new Proxy(
    {},
    {
      get: () => () => {
        throw new Error('hostile')
      },
    },
  ),
)

let said: string[] = []
let rejections: unknown[] = []
const onRejection = (reason: unknown) => rejections.push(reason)

beforeEach(() => {
  said = []
  rejections = []
  vi.spyOn(console, 'error').mockImplementation((...words) => void said.push(words.map(String).join(' ')))
  process.on('unhandledRejection', onRejection)
})
afterEach(() => {
  vi.restoreAllMocks()
  process.off('unhandledRejection', onRejection)
  expect(rejections).toEqual([])
})

/** A client whose collector stores everything. */
function make(options: Partial<EarshotOptions> = {}) {
  const submissions: Submission[] = []
  const fetch = async (_: unknown, init?: RequestInit) => {
    const submission = JSON.parse(init?.body as string) as Submission
    submissions.push(submission)
    return Response.json({ id: submission.id, reference: 'K7M4XQ2P', receivedAt: '', notes: [], edit: '' })
  }
  return { earshot: createEarshot({ key, endpoint, fetch, ...options }), submissions }
}

/** The calls, as a script without types has them. */
type Loose = Record<string, (...args: unknown[]) => unknown>

describe('wrong use', () => {
  // By its place: what is hostile cannot be part of a title.
  const wrong: [string, ...unknown[]][] = [
    ['identify', undefined],
    ['identify', null],
    ['identify', 'u_42'],
    ['identify', { id: 42 }],
    ['identify', { id: 'u_42', token: 5 }],
    ['identify', hostile],
    ['tag', Symbol('x')],
    ['tag', undefined],
    ['tag', 'plan', { name: 'pro' }],
    ['tag', 'plan', Symbol('x')],
    ['untag', 5],
    ['context', 'x', 5],
    ['context', 'x', 'y'],
    ['context', {}],
    ['crumb', undefined],
    ['crumb', 5],
    ['crumb', 'x', 'y'],
    ['crumb', 'x', {}, NaN],
    ['send', undefined],
    ['send', null],
    ['send', 'The total is wrong'],
    ['on', 'typo', () => undefined],
    ['on', 'sent', 5],
    ['on', Symbol('x'), () => undefined],
    ['consent', 'yes'],
    ['beforeSend', 5],
  ]
  it.each(wrong.map(([name], at) => [name, at] as const))(
    'of %s (%i) says how it is right, and does nothing',
    async (name, at) => {
      const [, ...args] = wrong[at]!
      const { earshot, submissions } = make()
      const before = JSON.stringify(earshot.facts())
      const result = (earshot as unknown as Loose)[name]!(...args)
      if (name === 'send') expect(await result).toEqual({ id: '', state: 'cancelled' })
      if (name === 'on') expect((result as () => unknown)()).toBeUndefined()
      await expect.poll(() => said, { interval: 2 }).toHaveLength(1)
      expect(said[0]).toMatch(new RegExp(`^earshot: ${name}\\(.*\\) did nothing.*Use it so: ${name}\\(`))
      expect(JSON.stringify(earshot.facts())).toBe(before)
      expect(submissions).toEqual([])
      // And goes on working.
      expect(await earshot.send({ message: 'a' })).toMatchObject({ state: 'stored' })
      earshot.destroy()
    },
  )

  const settings: [string, unknown][] = [
    ['nothing', undefined],
    ['null', null],
    ['no key', { endpoint }],
    ['a number for a key', { key: 5, endpoint }],
    ['a secret key', { key: 'sec_0123456789', endpoint }],
    ['an identity secret', { key: 'idn_0123456789', endpoint }],
    ['no endpoint', { key }],
    ['an endpoint without a protocol', { key, endpoint: 'feedback.example.com' }],
    ['options that throw', hostile],
    ['a query that throws', { key, endpoint, query: Object.create(null) as unknown }],
  ]
  it.each(settings.map(([name], at) => [name, at] as const))(
    'a client of %s is off and says what it needs',
    async (name, at) => {
      const [, options] = settings[at]!
      const fetch = vi.fn<typeof globalThis.fetch>()
      const given: unknown =
        options && typeof options === 'object' && options !== hostile ? { ...options, fetch } : options
      const earshot = createEarshot(given as EarshotOptions)
      earshot.tag('plan', 'pro')
      expect(await earshot.send({ message: 'a' })).toEqual({ id: '', state: 'cancelled' })
      expect(await earshot.flush()).toBe(0)
      await earshot.reset()
      earshot.destroy()
      await expect.poll(() => said, { interval: 2 }).toHaveLength(1)
      expect(said[0]).toMatch(/^earshot: createEarshot.*key: 'pub_…', endpoint: 'https/)
      if (/secret/.test(name)) expect(said[0]).toMatch(/is secret: take it out of the page and revoke it/)
      expect(said[0]).not.toContain('0123456789')
      expect(fetch).not.toHaveBeenCalled()
    },
  )

  it('takes what can be understood: frozen options, a URL, a list that is none', async () => {
    const { earshot, submissions } = make()
    earshot.destroy()
    const settings = { key, endpoint: new URL(endpoint) as unknown as string, query: 5 as unknown as string }
    const fetch = async (_: unknown, init?: RequestInit) =>
      Response.json({ id: (JSON.parse(init?.body as string) as Submission).id })
    const frozen = createEarshot(Object.freeze({ ...settings, fetch }))
    expect(await frozen.send(Object.freeze({ message: 'a', tags: Object.freeze({ plan: 'pro' }) }))).toMatchObject({
      state: 'stored',
    })
    frozen.destroy()
    expect(submissions).toEqual([])
    expect(said).toEqual([])
  })

  it('survives what is thrown at it by the page’s own objects, and sends what can be read of them', async () => {
    const { earshot, submissions } = make()
    earshot.tag({ plan: 'pro', bad: hostile as unknown as string })
    earshot.context('cart', { items: 3, hostile })
    earshot.context('hostile', hostile)
    earshot.crumb('looked', { hostile, n: 1n })
    earshot.identify({ id: 'u_42', traits: hostile })
    expect(await earshot.send({ message: 'a' })).toMatchObject({ state: 'stored' })
    expect(submissions[0]).toMatchObject({
      tags: { plan: 'pro' },
      context: { cart: { items: 3, hostile: '[?]' } },
      crumbs: [{ type: 'manual', message: 'looked', data: { hostile: '[?]', n: '1' } }],
      person: { id: 'u_42' },
    })
    earshot.destroy()
  })

  it('says what the page’s own functions threw, where nobody listens for it', async () => {
    const { earshot } = make({
      beforeSend: () => {
        throw new Error('mine')
      },
    })
    expect((await earshot.send({ message: 'a' })).state).toBe('cancelled')
    expect(said).toEqual(['earshot: Error: mine'])
    earshot.on('error', () => undefined)
    await earshot.send({ message: 'b' })
    expect(said).toHaveLength(1)
    earshot.destroy()
  })

  it('does nothing at all when it is not enabled: no listener, no timer, no storage, no request', async () => {
    const fetch = vi.fn<typeof globalThis.fetch>()
    const touched: string[] = []
    const spies = ['setTimeout', 'addEventListener', 'localStorage', 'sessionStorage', 'indexedDB', 'navigator'].map(
      (name) => {
        const own = Object.getOwnPropertyDescriptor(globalThis, name)
        Object.defineProperty(globalThis, name, {
          configurable: true,
          get: () => {
            touched.push(name)
            return undefined
          },
        })
        return () =>
          own ? Object.defineProperty(globalThis, name, own) : void Reflect.deleteProperty(globalThis, name)
      },
    )
    const earshot = createEarshot({ key, endpoint, fetch, enabled: false })
    earshot.identify({ id: 'u_42' })
    earshot.tag('plan', 'pro')
    earshot.consent(true)
    earshot.crumb('looked')
    earshot.on('sent', () => undefined)()
    const sent = await earshot.send({ message: 'a' })
    await earshot.reset()
    const waiting = await earshot.flush()
    earshot.destroy()
    for (const undo of spies) undo()
    expect(sent.state).toBe('cancelled')
    expect(waiting).toBe(0)
    expect(touched.filter((name) => name !== 'navigator')).toEqual([])
    expect(fetch).not.toHaveBeenCalled()
    expect(said).toEqual([])
  })

  it('emits destroy, and does nothing afterwards', async () => {
    const { earshot, submissions } = make()
    const heard: string[] = []
    earshot.on('destroy', () => heard.push('destroy'))
    earshot.destroy()
    earshot.destroy()
    expect(heard).toEqual(['destroy'])
    expect((await earshot.send({ message: 'a' })).state).toBe('cancelled')
    expect(submissions).toEqual([])
  })
})

describe('debug', () => {
  it('says what happens and why, in lines that can be read, without the words of the message', async () => {
    const lines: string[] = []
    vi.spyOn(console, 'info').mockImplementation((...words) => void lines.push(words.map(String).join(' ')))
    let status = 503
    const fetch = async (_: unknown, init?: RequestInit) => {
      const { id } = JSON.parse(init?.body as string) as Submission
      const problem = { code: 'overloaded', detail: 'The database is overloaded.' }
      return status === 503
        ? Response.json(problem, { status, headers: { 'content-type': 'application/problem+json' } })
        : Response.json({ id, reference: 'K7M4XQ2P', receivedAt: '', notes: [], edit: '' })
    }
    const earshot = createEarshot({ key, endpoint, fetch, debug: true })
    earshot.context('cart', { token: 'x' })
    const { id } = await earshot.send({ message: 'hunter2' })
    status = 200
    await earshot.flush()
    earshot.beforeSend(() => null)
    await earshot.send({ message: 'hunter2' })
    earshot.destroy()
    expect(lines.filter((line) => !/ready/.test(line))).toEqual([
      `earshot: beforesend ${id} is about to be kept and tried; values scrubbed: 1`,
      'earshot: POST https://c.example/v1/feedback was answered 503',
      expect.stringMatching(`^earshot: queued ${id} waits \\d+ s, until .+, because The database is overloaded.$`),
      'earshot: POST https://c.example/v1/feedback was answered 200',
      `earshot: sent ${id} is stored as K7M4XQ2P; the collector noted: 0`,
      expect.stringMatching(/^earshot: cancelled .+ was cancelled by beforeSend$/),
      'earshot: destroy ',
    ])
    expect(lines.join()).not.toContain('hunter2')
  })
})
