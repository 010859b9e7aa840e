import { Hono } from 'hono'
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import type { AppEnv } from '../../worker/env.ts'
import { readText } from '../../worker/access/body.ts'
import { type RawSystem, serveRaw } from '../bench/raw/serve.mjs'
import { newId, problemOf } from '../support/system.ts'
import { type Contract, readContract } from './document.ts'
import { addMember } from './principals.ts'
import { makerOf, type Maker } from './recipes.ts'
import { ask, fillIn, forEachAtOnce, type Plausible } from './send.ts'
import { beginSlowly, sendAsIs } from './socket.ts'

// Every private route of the document, and what must not work on any of them.
let raw: RawSystem
let contract: Contract
let make: Maker
let all: Plausible[]
let withBody: Plausible[]
let key: Record<string, string>
let session: Record<string, string>

beforeAll(async () => {
  raw = await serveRaw({ quiet: true })
  contract = await readContract(raw.origin)
  make = makerOf(raw, 'ada')
  key = { authorization: `Bearer ${raw.secretKey}` }
  session = { cookie: await addMember(raw, { id: 'ada', project: raw.project, role: 'admin' }) }
  all = []
  const own = contract.operations.filter(({ scope }) => scope !== undefined && scope !== 'operator')
  for (const operation of own) all.push(await fillIn(operation, make))
  withBody = all.filter(({ operation }) => operation.requestBody !== undefined)
  expect(withBody.length).toBeGreaterThan(25)
})
afterAll(() => raw.stop())

const isJson = ({ operation }: Plausible) => 'application/json' in (operation.requestBody?.content ?? {})
/** Who may ask, with a key where a key may. */
const asker = ({ operation }: Plausible) =>
  operation.scope === 'session' ? { ...session, 'sec-fetch-site': 'same-origin' } : key

/** Asks each in a way of its own, and collects those that were answered otherwise than they must be. */
async function answersOf(
  requests: readonly Plausible[],
  how: (request: Plausible) => { headers?: Record<string, string>; body?: string; query?: Record<string, string> },
): Promise<[name: string, status: number, problem: string | null][]> {
  const answers: [string, number, string | null][] = []
  await forEachAtOnce(requests, 8, async (request) => {
    const { headers = asker(request), body, query } = how(request)
    const filled = { ...request.filled, ...(body !== undefined && { body }) }
    const answer = await ask(raw.origin, { ...request, filled }, headers, query)
    const { code } = answer.status >= 400 ? (JSON.parse(answer.body) as { code: string }) : { code: '' }
    answers.push([`${request.operation.id} ${code}`, answer.status, contract.judge(request.operation, answer)])
  })
  return answers
}
const except = (answers: Awaited<ReturnType<typeof answersOf>>, ...statuses: number[]) =>
  answers.filter(([, status, problem]) => !statuses.includes(status) || problem !== null)

describe('a form on another site', () => {
  const forms = ['application/x-www-form-urlencoded', 'multipart/form-data; boundary=x', 'text/plain']

  it.each(forms)('changes nothing by %s, wherever a browser or its absence says it comes from', async (type) => {
    const changing = all.filter(({ operation }) => operation.method !== 'GET')
    const origins: Record<string, string>[] = [
      { 'sec-fetch-site': 'cross-site' },
      { 'sec-fetch-site': 'none' },
      { origin: 'null' },
      {},
    ]
    for (const from of origins) {
      const answers = await answersOf(changing, () => ({
        headers: { ...session, ...from, 'content-type': type },
        query: { project: raw.project },
      }))
      expect(except(answers, 403, 401)).toEqual([])
    }
  })

  it.each([...forms, 'application/jsonp', 'application/json-seq', ''])(
    'is no JSON to any route as %s',
    async (type) => {
      const requests = withBody.filter(isJson)
      const answers = await answersOf(requests, (request) => ({ headers: { ...asker(request), 'content-type': type } }))
      expect(except(answers, 415)).toEqual([])
    },
  )
})

describe('a body', () => {
  it('is refused compressed, by every route', async () => {
    const answers = await answersOf(withBody, (request) => ({
      headers: { ...asker(request), 'content-encoding': 'gzip' },
    }))
    expect(except(answers, 415, 503)).toEqual([])
  })

  it('is refused where it is nested a hundred thousand deep, by every route that reads JSON', async () => {
    const deep = `{"message":${'['.repeat(100_000)}${']'.repeat(100_000)}}`
    const answers = await answersOf(withBody.filter(isJson), () => ({ body: deep }))
    expect(except(answers, 400, 413, 422)).toEqual([])
  })

  it('is read with the last of two equal names, as everywhere in JSON', async () => {
    const path = `/v1/feedback/${await make.item()}`
    const response = await raw.call(path, {
      method: 'PATCH',
      headers: { 'content-type': 'application/json' },
      body: '{"status":"new","status":"done"}',
    })
    expect(await response.json()).toMatchObject({ status: 'done' })
  })

  it('reaches into no prototype, whatever its names are', async () => {
    const names = ['__proto__', 'constructor', 'prototype', 'toString', 'hasOwnProperty']
    for (const name of names) {
      const body = `{${JSON.stringify(name)}:{"status":"done","isAdmin":true,"scopes":["admin"]}}`
      const answers = await answersOf(withBody.filter(isJson), () => ({ body }))
      expect(except(answers, 200, 201, 400, 404, 409, 422)).toEqual([])
    }
    const read = await raw.call('/v1/access')
    expect(await read.json()).not.toHaveProperty('isAdmin')
    expect((await raw.call('/v1/feedback?status=done&q=nothing-says-this')).status).toBe(200)
  })

  it('is refused where it is no UTF-8, by every route that reads text', async () => {
    for (const { operation, filled } of withBody.filter(isJson)) {
      const path = operation.path.replaceAll(/\{(\w+)\}/g, (_, name: string) => filled.params?.[name] ?? '')
      const response = await fetch(`${raw.origin}${path}`, {
        method: operation.method,
        headers: { ...asker({ operation, filled }), 'content-type': 'application/json' },
        body: new Uint8Array([0x7b, 0x22, 0xc3, 0x28, 0x22, 0x3a, 0x31, 0x7d]),
      })
      expect([operation.id, response.status, (await problemOf(response)).code]).toEqual([operation.id, 400, 'not-json'])
    }
  })

  it('is refused over the limit, whether its length is told or not', async () => {
    const path = `/v1/feedback/${await make.item()}/notes`
    const large = JSON.stringify({ text: 'x'.repeat(300_000) })
    const headers = { 'content-type': 'application/json' }
    const told = await raw.call(path, { method: 'POST', headers, body: large })
    const stream = new Blob([large]).stream()
    const untold = await raw.call(path, { method: 'POST', headers, body: stream, duplex: 'half' } as RequestInit)
    for (const response of [told, untold]) expect((await problemOf(response)).code).toBe('too-large')
  })

  it('that is never finished holds up nobody else, and stores nothing', async () => {
    const slow = await Promise.all(
      Array.from({ length: 40 }, (_, i) =>
        beginSlowly(
          raw.origin,
          i % 2 === 0
            ? [
                `POST /v1/feedback?key=${raw.publishableKey} HTTP/1.1`,
                'Content-Type: text/plain',
                'Content-Length: 200000',
              ]
            : [`POST /v1/feedback?key=${raw.publishableKey} HTTP/1.1`, 'Transfer-Encoding: chunked'],
          i % 2 === 0 ? '{"message":"slow' : '10\r\n{"message":"slow',
        ),
      ),
    )
    const id = newId()
    const body = JSON.stringify({ id, message: 'quick' })
    const quick = await fetch(`${raw.origin}/v1/feedback?key=${raw.publishableKey}`, { method: 'POST', body })
    expect(quick.status).toBe(201)
    for (const { end } of slow) end()
    const { items } = (await (await raw.call('/v1/feedback?limit=200')).json()) as { items: { message: string }[] }
    expect(items.filter(({ message }) => message.includes('slow'))).toEqual([])
  })

  it('is given up on after minutes: the sender may come again', async () => {
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] })
    try {
      const app = new Hono<AppEnv>()
      app.post('/', async (c) => {
        const text = await readText(c, 1_000)
        return c.json(text.ok ? 'read' : text.failure)
      })
      const body = new ReadableStream({ start: (sender) => sender.enqueue(new TextEncoder().encode('{')) })
      const answer = app.request('/', { method: 'POST', body, duplex: 'half' } as RequestInit)
      await vi.advanceTimersByTimeAsync(300_000)
      expect(await (await answer).json()).toMatchObject({ code: 'unavailable', retryAfter: 5 })
    } finally {
      vi.useRealTimers()
    }
  })
})

describe('headers', () => {
  it('do not make one method another', async () => {
    const id = await make.item()
    for (const name of ['x-http-method-override', 'x-http-method', 'x-method-override']) {
      expect((await raw.call(`/v1/feedback/${id}`, { headers: { [name]: 'DELETE' } })).status).toBe(200)
      const posted = await raw.call(`/v1/feedback/${id}?_method=DELETE`, {
        method: 'POST',
        headers: { [name]: 'DELETE' },
      })
      expect([posted.status, posted.headers.get('allow')]).toEqual([405, 'DELETE, GET, PATCH'])
    }
    expect((await raw.call(`/v1/feedback/${id}`)).status).toBe(200)
  })

  it('of a proxy do not say where links lead: only the address that was asked does', async () => {
    const forwarded = {
      'x-forwarded-host': 'evil.example',
      'x-forwarded-proto': 'https',
      'x-host': 'evil.example',
      'x-original-url': '/v1/backup',
      forwarded: 'host=evil.example;proto=https',
    }
    const made = await raw.call('/v1/sign-in-links', { method: 'POST', headers: forwarded })
    expect(((await made.json()) as { url: string }).url).toMatch(`${raw.origin}/console/sign-in?token=`)
    const invited = await raw.call('/v1/invitations', {
      method: 'POST',
      headers: { ...forwarded, 'content-type': 'application/json' },
      body: '{"role":"viewer"}',
    })
    expect(((await invited.json()) as { url: string }).url).toMatch(`${raw.origin}/console/invitation?token=`)
    const listed = await raw.call('/v1/feedback?limit=1', { headers: forwarded })
    expect(listed.headers.get('link')).toMatch(/^<\/v1\/feedback\?/)
  })

  it('of another host open no session: a name that leads here from elsewhere has no cookie of ours', async () => {
    const lines = ['GET /v1/session HTTP/1.1', 'Host: rebound.example', `Cookie: ${session['cookie']}`]
    expect((await sendAsIs(raw.origin, [...lines, 'Sec-Fetch-Site: same-origin'])).status).toBe(401)
  })

  it('cannot be put into an answer by what is asked', async () => {
    const sneaky = '%0d%0aset-cookie:%20a=b%0d%0a%0d%0a<script>'
    for (const path of [
      `/v1/feedback?limit=1&q=${sneaky}`,
      `/v1/feedback/${sneaky}`,
      `/v1/export?format=csv&q=${sneaky}`,
      `/v1/audit?limit=1&target=${sneaky}`,
      `/console/sign-in?next=${sneaky}&token=${sneaky}`,
      `/files/${sneaky}`,
    ]) {
      const answer = await sendAsIs(raw.origin, [`GET ${path} HTTP/1.1`, `Authorization: ${key['authorization']}`])
      expect([path, answer.headers.has('set-cookie'), answer.status < 500]).toEqual([path, false, true])
    }
  })

  it('keep every answer of a private route out of caches, frames and guesses, and admit no other site', async () => {
    const wrong: unknown[] = []
    await forEachAtOnce(all, 8, async (request) => {
      const { headers } = await ask(raw.origin, request, { ...asker(request), origin: 'https://evil.example' })
      const isSafe =
        /no-store|^private/.test(headers.get('cache-control') ?? '') &&
        headers.get('x-content-type-options') === 'nosniff' &&
        headers.get('content-security-policy')?.includes("frame-ancestors 'none'")
      // Two things are done at this address, one of them by pages.
      const isOpen = headers.has('access-control-allow-origin') && request.operation.id !== 'submitFeedback'
      if (!isSafe || isOpen || headers.has('access-control-allow-credentials')) wrong.push(request.operation.id)
    })
    expect(wrong).toEqual([])
    const preflight = await fetch(`${raw.origin}/v1/feedback/${newId()}`, {
      method: 'OPTIONS',
      headers: { origin: 'https://evil.example', 'access-control-request-method': 'PATCH' },
    })
    expect([preflight.headers.has('access-control-allow-origin'), preflight.status]).toEqual([false, 405])
  })
})
