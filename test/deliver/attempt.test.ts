import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import { post } from '../../worker/deliver/attempt.ts'
import { checkUrl, isPublic } from '../../worker/deliver/address.ts'
import { resolveOverHttps } from '../../worker/deliver/resolve.ts'
import { type Receiver, startReceiver } from '../support/receiver.ts'
import { makeOutside } from './outside.ts'

const closed = { loopback: false }
const message = { headers: { 'webhook-id': 'msg_1' }, body: '{"type":"ping"}' }

describe('the address of a receiver', () => {
  // Each as somebody would spell it who wants to reach what is behind the collector.
  it.each([
    'https://127.0.0.1/',
    'https://127.1/',
    'https://2130706433/',
    'https://0x7f000001/',
    'https://0x7f.0.0.1/',
    'https://0177.0.0.1/',
    'https://017700000001/',
    'https://127.0.0.1./',
    'https://%31%32%37.0.0.1/',
    'https://１２７.0.0.1/',
    'https://①②⑦.0.0.1/',
    'https://127。0。0。1/',
    'https://0.0.0.0/',
    'https://0/',
    'https://10.1.2.3/',
    'https://172.16.0.1/',
    'https://172.31.255.255/',
    'https://192.168.1.1/',
    'https://169.254.169.254/latest/meta-data/',
    'https://100.64.0.1/',
    'https://100.127.255.255/',
    'https://192.0.0.1/',
    'https://192.0.2.1/',
    'https://198.18.0.1/',
    'https://198.51.100.7/',
    'https://203.0.113.7/',
    'https://224.0.0.1/',
    'https://240.0.0.1/',
    'https://255.255.255.255/',
    'https://[::1]/',
    'https://[0:0:0:0:0:0:0:1]/',
    'https://[::]/',
    'https://[::ffff:127.0.0.1]/',
    'https://[::ffff:7f00:1]/',
    'https://[::ffff:8.8.8.8]/',
    'https://[::127.0.0.1]/',
    'https://[fe80::1]/',
    'https://[fec0::1]/',
    'https://[fc00::1]/',
    'https://[fd12:3456::1]/',
    'https://[ff02::1]/',
    'https://[64:ff9b::7f00:1]/',
    'https://[64:ff9b:1::a00:1]/',
    'https://[2002:7f00:1::]/',
    'https://[2001:0:7f00:1::]/',
    'https://[2001:db8::1]/',
    'https://[100::1]/',
    'https://localhost/',
    'https://LOCALHOST./',
    'https://app.localhost/',
    'https://printer.local/',
    'https://metadata.google.internal/',
    'https://intranet/',
    'https://router.home.arpa/',
    'http://example.com/',
    'ftp://example.com/',
    'javascript:alert(1)',
    'https://user:secret@example.com/',
    'https://user@example.com/',
    'no url',
    '',
  ])('%s is refused', async (url) => {
    expect(checkUrl(url, closed).ok).toBe(false)
    let asked = 0
    const outside = makeOutside({ allowed: closed, fetch: async () => new Response(null, { status: ++asked + 199 }) })
    expect((await post(outside, url, message)).attempt).toMatchObject({ error: 'refused', status: null })
    expect(asked).toBe(0)
  })

  it.each([
    'https://example.com/hook',
    'https://8.8.8.8/',
    'https://[2606:4700::1111]/',
    'https://hooks.slack.com:8443/x',
  ])('%s is taken', (url) => expect(checkUrl(url, closed)).toMatchObject({ ok: true }))

  it('may be this machine where the deployment says so, and nothing else inside', () => {
    const loopback = { loopback: true }
    for (const url of ['http://127.0.0.1:8080/', 'http://localhost:8080/', 'http://[::1]/', 'https://127.0.0.1/']) {
      expect([url, checkUrl(url, loopback).ok]).toEqual([url, true])
    }
    for (const url of ['http://example.com/', 'http://10.0.0.1/', 'https://10.0.0.1/', 'https://localhost.internal/']) {
      expect([url, checkUrl(url, loopback).ok]).toEqual([url, false])
    }
  })

  it('is looked up before each attempt, and every one of its addresses must be public', async () => {
    const calls: string[] = []
    const outside = makeOutside({
      allowed: closed,
      fetch: async (url) => {
        calls.push(url)
        return new Response(null, { status: 204 })
      },
    })
    for (const inside of ['10.0.0.1', '127.0.0.1', '::1', 'fd00::1', '::ffff:10.0.0.1', '169.254.169.254', 'rubbish']) {
      outside.resolve = async () => ['93.184.215.14', inside]
      const { attempt } = await post(outside, 'https://rebind.example.com/', message)
      expect(attempt).toMatchObject({ error: 'refused' })
      expect(attempt.detail).toContain(inside)
    }
    outside.resolve = async () => []
    expect((await post(outside, 'https://no.example.com/', message)).attempt.error).toBe('unresolved')
    outside.resolve = () => Promise.reject(new Error('nobody answers'))
    expect((await post(outside, 'https://no.example.com/', message)).attempt).toMatchObject({ error: 'unresolved' })
    expect(calls).toEqual([])
    outside.resolve = async () => ['93.184.215.14', '2606:2800:21f::1']
    expect((await post(outside, 'https://example.com/hook#part', message)).attempt.error).toBeNull()
    expect(calls).toEqual(['https://example.com/hook'])
  })

  it('is public only where it is known to be', () => {
    expect(['8.8.8.8', '2606:4700::1111'].map(isPublic)).toEqual([true, true])
    expect(['rubbish', '', '4000::1', '192.168.0.1'].map(isPublic)).toEqual([false, false, false, false])
  })
})

describe('DNS over HTTPS', () => {
  it('asks for both kinds of addresses and takes nothing else', async () => {
    const server = await startReceiver((response, { url }) => {
      const query = new URL(url, 'http://x').searchParams
      const isFour = query.get('type') === 'A'
      const Answer = [
        { name: query.get('name'), type: 5, data: 'other.example.net.' },
        isFour ? { type: 1, data: '93.184.215.14' } : { type: 28, data: '2606:2800:21f::1' },
      ]
      response.setHeader('content-type', 'application/dns-json')
      response.end(JSON.stringify({ Status: 0, Answer }))
    })
    const resolve = resolveOverHttps(fetch, server.url, 5_000)
    expect(await resolve('example.com')).toEqual(['93.184.215.14', '2606:2800:21f::1'])
    server.answer = (response) => response.end('{"Status":3}')
    expect(await resolve('nowhere.example.com')).toEqual([])
    server.answer = 503
    await expect(resolve('example.com')).rejects.toThrow('503')
    await server.stop()
  })
})

describe('an attempt', () => {
  let receiver: Receiver
  beforeAll(async () => {
    receiver = await startReceiver()
  })
  afterEach(() => {
    receiver.received.length = 0
    receiver.answer = 204
  })
  afterAll(() => receiver.stop())
  const attempt = (more = {}) => post(makeOutside(more), receiver.url, message)

  it('posts JSON with its headers', async () => {
    expect((await attempt()).attempt).toMatchObject({ status: 204, error: null, detail: null })
    const [got] = receiver.received
    expect(got?.body).toBe(message.body)
    expect(got?.headers).toMatchObject({
      'content-type': 'application/json',
      'webhook-id': 'msg_1',
      'user-agent': expect.stringContaining('Earshot') as string,
    })
  })

  it('says what a receiver answered that did not take it, without control characters', async () => {
    receiver.answer = (response) => response.writeHead(500).end(`No\u0000 ${'room '.repeat(10_000)}\n`)
    const { attempt: made } = await attempt()
    expect(made).toMatchObject({ status: 500, error: 'status' })
    expect(made.detail).toMatch(/^No room room/)
    expect(made.detail?.length).toBeLessThanOrEqual(300)
  })

  it('follows no redirect', async () => {
    const other = await startReceiver()
    for (const status of [301, 302, 303, 307, 308]) {
      receiver.answer = (response) => response.writeHead(status, { location: other.url }).end()
      expect((await attempt()).attempt).toMatchObject({ status, error: 'redirect' })
    }
    expect(other.received).toEqual([])
    await other.stop()
  })

  it('ends with an answer that does not end, once 64 kB of it were read', async () => {
    let sent = 0
    let isOpen = true
    receiver.answer = (response) => {
      response.writeHead(200)
      response.on('close', () => (isOpen = false))
      const more = () => {
        if (!isOpen) return
        sent += 16_000
        response.write('x'.repeat(16_000), () => setImmediate(more))
      }
      more()
    }
    expect((await attempt()).attempt).toMatchObject({ status: 200, error: null })
    await expect.poll(() => isOpen).toBe(false)
    expect(sent).toBeGreaterThanOrEqual(64_000)
  })

  it('ends with a receiver that says nothing, or begins and says no more', async () => {
    receiver.answer = () => undefined
    expect((await attempt({ timeoutMs: 200 })).attempt).toMatchObject({ status: null, error: 'timeout' })
    receiver.answer = (response) => void response.writeHead(200).write('a little')
    expect((await attempt({ timeoutMs: 200 })).attempt).toMatchObject({ status: null, error: 'timeout' })
  })

  it('tells a broken line from an answer', async () => {
    receiver.answer = (response) => response.socket?.destroy()
    expect((await attempt()).attempt).toMatchObject({ status: null, error: 'network' })
    const { url } = await startReceiver().then(async (gone) => {
      await gone.stop()
      return gone
    })
    expect((await post(makeOutside(), url, message)).attempt).toMatchObject({ status: null, error: 'network' })
  })

  it('hears 410 and Retry-After', async () => {
    receiver.answer = 410
    expect(await attempt()).toMatchObject({ isGone: true, attempt: { status: 410 } })
    const asks = (value: string) => {
      receiver.answer = (response) => response.writeHead(429, { 'retry-after': value }).end()
      return attempt()
    }
    expect((await asks('120')).asked).toBe(120_000)
    const { asked } = await asks(new Date(Date.now() + 3_600_000).toUTCString())
    expect(asked).toBeGreaterThan(3_500_000 - 60_000)
    expect(asked).toBeLessThanOrEqual(3_600_000 - 59_000)
    for (const rubbish of ['soon', '-5', 'Sun, 22 Nov 2020 09:31:00 GMT']) {
      expect([rubbish, (await asks(rubbish)).asked]).toEqual([rubbish, null])
    }
    expect((await asks('999999999')).asked).toBe(24 * 3_600_000)
  })

  it('is none where the runtime makes no more requests', async () => {
    const fetch = () => Promise.reject(new Error('Too many subrequests.'))
    await expect(attempt({ fetch })).rejects.toThrow('Too many subrequests')
  })
})
