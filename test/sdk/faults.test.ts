import { execFile } from 'node:child_process'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { describe, expect, it, vi } from 'vitest'
import { createEarshot } from '../../sdk/index.ts'
import type { EarshotEvents } from '../../sdk/index.ts'
import type { Submission } from '../../sdk/wire/index.ts'
import { holds } from '../faults/record.ts'
import { useFault } from './faults.ts'

const fault = useFault()
const { send, open, start, hold } = fault

/** A token that nobody verifies. */
const jwt = (sub: string) => `h.${Buffer.from(JSON.stringify({ sub })).toString('base64url')}.s`
const cutAll = () => (fault.relay.down = true)
const said = (body: string) => JSON.parse(body) as Submission

describe('after any fault, what was acknowledged is stored, each once, and every drop is counted:', () => {
  it('the connection is cut before the commit: kept, and stored with the next attempt', async () => {
    const page = await open()
    cutAll()
    const sent = await send(page, { message: 'Cut before' })
    expect(sent).toMatchObject({ state: 'queued', reason: 'unreachable', kept: 'device' })
    expect(await fault.find(sent.id)).toBeUndefined()
    await hold(page)
  })

  it('the connection is cut after the commit, with drops to tell: repeated, stored once, told once', async () => {
    const page = await open()
    expect((await send(page, { message: '' })).state).toBe('refused')
    fault.relay.meddle = async ({ request }, handOn) => {
      await handOn()
      request.socket.destroy()
    }
    const sent = await send(page, { message: 'Cut after' })
    expect(sent.state).toBe('queued')
    expect((await fault.find(sent.id))?.dropped).toEqual({ refused: 1 })
    fault.relay.meddle = undefined
    // More is given up before the repeat, which is stored without it.
    expect((await send(page, { message: ' ' })).state).toBe('refused')
    await hold(page)
    expect(fault.dropped()).toEqual({ refused: 2 })
  })

  it('a reload while it waits: sent by the next load, with the words, the id and the time of the first', async () => {
    const page = await open()
    cutAll()
    const { id } = await send(page, { message: 'Over a reload' })
    await page.reload()
    fault.relay.down = false
    await start(page)
    await expect.poll(() => fault.find(id)).toMatchObject({ message: 'Over a reload' })
    expect(new Set(fault.posts.map(({ createdAt }) => createdAt)).size).toBe(1)
    await hold(page)
  })

  it('the tab is closed mid-send on a slow line: whichever way it goes out, it is stored once', async () => {
    const page = await open()
    const session = await fault.context.newCDPSession(page)
    await session.send('Network.enable')
    await session.send('Network.emulateNetworkConditions', {
      offline: false,
      latency: 200,
      downloadThroughput: 50_000,
      uploadThroughput: 50_000,
    })
    const id = await page.evaluate(async () => {
      const begun = new Promise<string>((resolve) => window.client.on('beforesend', ({ id }) => resolve(id)))
      void window.client.send({ message: 'x'.repeat(40_000) })
      void window.client.send({ message: 'y'.repeat(40_000) })
      return begun
    })
    await expect.poll(() => fault.posts.length).toBe(2)
    await page.close()
    fault.said(id, ...fault.posts.map((post) => post.id))
    await hold(await open())
  })

  it('two tabs: each id is sent once, and when the tab that sends is killed the other goes on', async () => {
    const first = await open()
    cutAll()
    for (const n of [1, 2, 3]) await send(first, { message: `From two tabs ${n}` })
    fault.relay.down = false
    const seen: string[] = []
    fault.relay.meddle = async ({ body }, handOn) => {
      seen.push(said(body).id)
      // The first is never answered.
      if (seen.length > 1) (await handOn())()
    }
    const second = await open()
    await Promise.all([first, second].map((page) => page.evaluate(() => void window.client.flush())))
    await expect.poll(() => seen.length).toBeGreaterThan(0)
    const [hung] = seen
    await Promise.all([first, second].map((page) => page.evaluate(() => void window.client.flush())))
    // Nobody else begins with the one that hangs, and the other tab sends the others.
    await expect.poll(() => new Set(seen).size).toBe(3)
    expect(seen).toHaveLength(3)
    const [holding] = await Promise.all(
      [first, second].map(async (page) => {
        const { held = [], clientId } = await page.evaluate(async () => ({
          held: (await navigator.locks.query()).held,
          clientId: await navigator.locks.request('who', async () => {
            const { held: mine = [] } = await navigator.locks.query()
            return mine.find(({ name }) => name === 'who')?.clientId
          }),
        }))
        return held.some((lock) => lock.name?.endsWith(hung ?? '-') && lock.clientId === clientId) ? page : undefined
      }),
    ).then((pages) => pages.filter((page) => page !== undefined))
    await holding?.close()
    const left = holding === first ? second : first
    await expect.poll(() => fault.find(hung ?? '')).toBeDefined()
    expect(seen.filter((id) => id === hung)).toHaveLength(2)
    await hold(left)
  })

  it('storage is denied: kept in the page, counted there, and sent from there', async () => {
    await fault.context.addInitScript(() => {
      const denied = {
        get: () => {
          throw new DOMException('denied', 'SecurityError')
        },
      }
      for (const name of ['indexedDB', 'localStorage']) Object.defineProperty(window, name, denied)
    })
    const page = await open()
    expect((await send(page, { message: '' })).state).toBe('refused')
    cutAll()
    expect(await send(page, { message: 'Denied' })).toMatchObject({ state: 'queued', kept: 'page' })
    await hold(page)
    expect(fault.dropped()).toEqual({ refused: 1 })
  })

  it('storage is full: kept in the page, and on the device again when there is room', async () => {
    const page = await open()
    const session = await fault.context.newCDPSession(page)
    const quota = (quotaSize?: number) =>
      session.send('Storage.overrideQuotaForOrigin', {
        origin: new URL(page.url()).origin,
        ...(quotaSize !== undefined && { quotaSize }),
      })
    cutAll()
    await quota(1)
    const sent = await send(page, { message: 'Without room' })
    expect(sent).toMatchObject({ state: 'queued', kept: 'page' })
    fault.relay.down = false
    expect((await send(page, { message: '' })).state).toBe('refused')
    cutAll()
    await quota()
    expect(await send(page, { message: 'With room again' })).toMatchObject({ state: 'queued', kept: 'device' })
    // All of it: another page, after a reload, sends what was kept in the first.
    await page.reload()
    fault.relay.down = false
    await start(page)
    await expect.poll(() => fault.find(sent.id)).toBeDefined()
    await hold(page)
    expect(fault.dropped()).toEqual({ refused: 1 })
  })

  it('storage is wiped while one waits: that one is gone with it, and all that is said later is kept and stored', async () => {
    // What waits is tried again by itself after a second by chance: not here, before the storage is wiped.
    await fault.context.addInitScript(() => {
      const later = window.setTimeout as (...args: unknown[]) => number
      Math.random = () => 0.999
      Object.assign(window, { setTimeout: (work: unknown, ms = 0) => (ms > 900 && ms < 1_100 ? 0 : later(work, ms)) })
    })
    const page = await open()
    cutAll()
    const { id } = await send(page, { message: 'Wiped' })
    const session = await fault.context.newCDPSession(page)
    await session.send('Storage.clearDataForOrigin', { origin: new URL(page.url()).origin, storageTypes: 'all' })
    expect(await send(page, { message: 'After' })).toMatchObject({ state: 'queued', kept: 'device' })
    await page.reload()
    fault.relay.down = false
    await start(page)
    fault.unsaid(id)
    await hold(page)
    expect(fault.posts.filter((post) => post.id === id)).toHaveLength(1)
  })

  it.each([
    ['forward', 10],
    ['back', -10],
  ])('the clock is set ten years %s between keeping and sending: stored at the time of receipt', async (_, years) => {
    const page = await open()
    cutAll()
    const { id } = await send(page, { message: 'Years away' })
    await page.evaluate(
      (ms) => {
        const { now } = Date
        const Real = Date
        window.Date = class extends Real {
          constructor(...given: [number | string] | []) {
            super(...((given.length > 0 ? given : [now() + ms]) as [number]))
          }
          static override now = () => now() + ms
        } as DateConstructor
      },
      years * 365.25 * 86_400_000,
    )
    // One more failure on the wrong clock costs nothing.
    await page.evaluate(() => window.client.flush())
    expect(fault.dropped()).toEqual({})
    await hold(page)
    const item = await fault.find(id)
    expect(item?.notes).toContainEqual(expect.objectContaining({ path: 'createdAt', code: 'clock' }))
    expect(item?.createdAt).toBe(item?.receivedAt)
  })

  it('a wait of more than fourteen days: given up after one last attempt, and counted', async () => {
    const page = await open()
    cutAll()
    await send(page, { message: 'Too old' })
    await page.evaluate(() => {
      const { now } = Date
      Date.now = () => now() + 15 * 86_400_000
    })
    expect(await page.evaluate(() => window.client.flush())).toBe(0)
    expect(fault.posts.length).toBeGreaterThan(1)
    await hold(page)
    expect(fault.dropped()).toEqual({ expired: 1 })
  })

  it('reset() while one waits and one is under way: both have their say first, and the rest is wiped', async () => {
    const page = await open()
    const tokens: Record<string, string | undefined> = {}
    await page.evaluate((token) => window.client.identify({ id: 'u_1', token }), jwt('u_1'))
    cutAll()
    await send(page, { message: 'Waits' })
    fault.relay.down = false
    let answer = () => {}
    fault.relay.meddle = async ({ body, request }, handOn) => {
      const { message = '', token } = said(body)
      tokens[message] = token
      if (message === 'Waits') return request.socket.destroy()
      await new Promise<void>((resolve) => (answer = resolve))
      return (await handOn())()
    }
    const [underWay, isReset] = ['under way', 'reset'].map(() => ({ done: false }))
    const sending = send(page, { message: 'Under way' }).finally(() => (underWay!.done = true))
    await expect.poll(() => Object.keys(tokens)).toContain('Under way')
    const resetting = page.evaluate(() => window.client.reset()).finally(() => (isReset!.done = true))
    await expect.poll(() => tokens).toHaveProperty('Waits')
    expect([underWay?.done, isReset?.done]).toEqual([false, false])
    answer()
    expect((await sending).state).toBe('stored')
    await resetting
    await expect.poll(() => fault.dropped()).toEqual({ reset: 1 })
    expect(tokens).toEqual({ Waits: jwt('u_1'), 'Under way': jwt('u_1') })
    await page.evaluate((token) => window.client.identify({ id: 'u_2', token }), jwt('u_2'))
    await hold(page)
    expect(fault.posts.filter(({ token }) => token === jwt('u_2')).map(({ message }) => message)).toEqual([
      'The last word',
    ])
  })

  it('429 with Retry-After: nothing is sent before that, not even when the browser comes online, then it is', async () => {
    const page = await open()
    fault.relay.meddle = ({ response }) =>
      response
        .writeHead(429, {
          'access-control-allow-origin': '*',
          'access-control-expose-headers': 'retry-after',
          'retry-after': '60',
        })
        .end()
    const queued = page.evaluate(
      () => new Promise<EarshotEvents['queued']>((resolve) => window.client.on('queued', resolve)),
    )
    await send(page, { message: 'Later' })
    expect((await queued).delayMs).toBeGreaterThanOrEqual(60_000)
    fault.relay.meddle = undefined
    await page.evaluate(() => window.dispatchEvent(new Event('online')))
    expect(await page.evaluate(() => window.client.flush())).toBe(1)
    expect(fault.posts).toHaveLength(1)
    await page.evaluate(() => {
      const { now } = Date
      Date.now = () => now() + 70_000
    })
    await hold(page)
  })
})

describe('in Node, where nothing but the process keeps it,', () => {
  it('an hour of 500s: tried less and less often, at most every half hour in the end, and stored when it is over', async () => {
    vi.useFakeTimers({ toFake: ['Date', 'setTimeout', 'clearTimeout'], now: Date.now() })
    const at: number[] = []
    let down = true
    const client = createEarshot({
      key: fault.system.publishableKey,
      endpoint: fault.relay.origin,
      fetch: async (address, init) => {
        at.push(Date.now())
        return down ? new Response('<h1>Oops</h1>', { status: 500 }) : fetch(address, init)
      },
    })
    const { id } = await client.send({ message: 'An hour of 500s' })
    for (let minute = 0; minute < 60; minute++) await vi.advanceTimersByTimeAsync(60_000)
    const tried = at.length
    // By chance: twelve doublings to half an hour, each wait anything below.
    expect(tried).toBeGreaterThan(5)
    expect(tried).toBeLessThan(120)
    expect(at.every((ms, n) => n === 0 || ms - (at[n - 1] ?? 0) <= Math.min(1_800_000, 1_000 * 2 ** (n - 1)))).toBe(
      true,
    )
    down = false
    vi.useRealTimers()
    expect(await client.flush()).toBe(0)
    const item = await fault.find(id)
    expect(item).toMatchObject({ message: 'An hour of 500s' })
    holds({ acknowledged: [id], rows: item === undefined ? [] : [item.id] })
    client.destroy()
  })

  it('does not keep the process alive for what waits, nor for a token that never comes', async () => {
    const code = `
      import { createEarshot } from ${JSON.stringify(join(import.meta.dirname, '../../sdk/index.ts'))}
      const client = createEarshot({ key: 'pub_x', endpoint: 'http://localhost:1' })
      console.log((await client.send({ message: 'a' })).state)
      client.identify({ id: 'u_1', token: () => new Promise(() => {}) })
      void client.send({ message: 'b' })
      setTimeout(() => console.log('over'), 100)`
    const { stdout } = await promisify(execFile)(process.execPath, ['--input-type=module', '-e', code], {
      timeout: 20_000,
    })
    expect(stdout).toBe('queued\nover\n')
  })
})
