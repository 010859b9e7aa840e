import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type RawSystem, serveRaw } from '../bench/raw/serve.mjs'
import { type Contract, readContract } from './document.ts'
import { addKey } from './principals.ts'
import { canary, makerOf } from './recipes.ts'
import { fillIn, forEachAtOnce } from './send.ts'
import { sendAsIs } from './socket.ts'

// Addresses and cursors that nobody meant, sent as they are written: no client tidies them up.
let raw: RawSystem
let contract: Contract
let other: { project: string; secretKey: string }
beforeAll(async () => {
  raw = await serveRaw({ quiet: true })
  contract = await readContract(raw.origin)
  other = await raw.another('Other')
})
afterAll(() => raw.stop())

const bearer = (key: string) => `Authorization: Bearer ${key}`

/** Ways to write a path that somebody might read otherwise than the guard does. */
const tricks: [name: string, write: (path: string) => string][] = [
  ['a step back', (path) => path.replace('/v1/', '/v1/widget/../')],
  ['an encoded step back', (path) => path.replace('/v1/', '/v1/widget/%2e%2e/')],
  ['an encoded slash', (path) => path.replace('/v1/', '/v1%2f')],
  ['a double slash', (path) => path.replace('/v1/', '//v1//')],
  ['a backslash', (path) => path.replace('/v1/', '/v1\\')],
  ['encoded letters', (path) => path.replace('/v1/', '/%76%31/')],
  ['encoded twice', (path) => path.replace('/v1/', '/%2576%2531/')],
  ['capitals', (path) => path.toUpperCase()],
  ['a slash behind', (path) => `${path}/`],
  ['a dot behind', (path) => `${path}/.`],
  ['a semicolon', (path) => `${path};x=1`],
  ['an end of text', (path) => `${path}%00`],
  ['an ending', (path) => `${path}.json`],
  ['another host in the line', (path) => `http://evil.example${path}`],
  ['a fragment', (path) => `${path}#/v1/widget`],
  ['bytes that are no text', (path) => `${path}%ff`],
]

describe('a path', () => {
  it.each(tricks)('with %s leads around no guard', async (_name, write) => {
    const make = makerOf(raw)
    const reader = await addKey(raw.origin, raw, ['read'])
    const own = contract.operations.filter(({ scope }) => scope !== undefined && scope !== 'operator')
    const wrong: string[] = []
    const filled = []
    for (const operation of own.filter(({ method }) => method === 'GET')) filled.push(await fillIn(operation, make))
    await forEachAtOnce(filled, 8, async ({ operation, filled: { params } }) => {
      const path = operation.path.replaceAll(/\{(\w+)\}/g, (_, of: string) => params?.[of] ?? 'x')
      const nobody = await sendAsIs(raw.origin, [`GET ${write(path)} HTTP/1.1`])
      // Whoever may read must not get further by it either.
      const lacks = operation.scope === 'admin' || operation.scope === 'export'
      const asReader = lacks ? await sendAsIs(raw.origin, [`GET ${write(path)} HTTP/1.1`, bearer(reader.key)]) : nobody
      for (const { status, body } of [nobody, asReader]) {
        if (status < 400 || status >= 500 || body.includes(canary)) wrong.push(`${write(path)}: ${status} ${body}`)
      }
    })
    expect(wrong).toEqual([])
  })
})

describe('a cursor', () => {
  const bad = [
    '',
    '0',
    '-1',
    'null',
    'undefined',
    '%00',
    '%F0%9F%98%80',
    'a'.repeat(10_000),
    '..%2f..',
    "'%20OR%201=1--",
    btoa('t1;'),
    btoa('t-1'),
    btoa('t99999999999999999'),
    btoa('r1e9'),
    btoa('a1.zzz'),
    btoa('b1'),
    btoa('{"doc":1}'),
    'c-1',
    'c1e9',
    '1-',
    'zzzzzzzzzzzz-0',
  ]
  const given = ['t1', 't9007199254740991', 'r0', 'a1.00000000-0000-4000-8000-000000000000', 'b1.1'].map((text) =>
    btoa(text).replaceAll('=', ''),
  )

  it('that no list of ours gave is refused, or begins a list of one’s own, wherever one is taken', async () => {
    const make = makerOf(raw)
    const lists = contract.operations.filter(({ parameters }) => parameters.some(({ name }) => name === 'cursor'))
    expect(lists.length).toBeGreaterThanOrEqual(7)
    const wrong: string[] = []
    for (const operation of lists) {
      const { filled } = await fillIn(operation, make)
      const path = operation.path.replaceAll(/\{(\w+)\}/g, (_, name: string) => filled.params?.[name] ?? '')
      const query = new URLSearchParams(filled.query).toString()
      await forEachAtOnce([...bad, ...given, 'c0', '1-0'], 8, async (cursor) => {
        const line = `GET ${path}?${query}&cursor=${cursor} HTTP/1.1`
        const { status, body } = await sendAsIs(raw.origin, [line, bearer(raw.secretKey)])
        if (status >= 500 || (status >= 400 && !/bad-cursor|bad-filter/.test(body)))
          wrong.push(`${line}: ${status} ${body}`)
      })
    }
    expect(wrong).toEqual([])
  })

  it('of another project’s list shows nothing of that project', async () => {
    const make = makerOf(raw)
    for (let i = 0; i < 3; i++) await make.note(await make.item())
    const cursors: string[] = []
    for (const path of ['/v1/feedback?limit=1', '/v1/audit?limit=1']) {
      const { next } = (await (await raw.call(path)).json()) as { next: string }
      cursors.push(next)
    }
    for (const [i, path] of ['/v1/feedback', '/v1/audit'].entries()) {
      const answer = await fetch(`${raw.origin}${path}?cursor=${cursors[i]}`, {
        headers: { authorization: `Bearer ${other.secretKey}` },
      })
      expect(answer.status).toBe(200)
      const text = await answer.text()
      expect(text).not.toContain(canary)
      expect(text).not.toContain(raw.project)
    }
    // The cursor of one list is none of another.
    expect((await raw.call(`/v1/audit?cursor=${cursors[0]}`)).status).toBe(400)
    expect((await raw.call(`/v1/feedback?cursor=${cursors[1]}`)).status).toBe(400)
  })
})
