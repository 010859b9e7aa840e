import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from 'vitest'
import { getPlatformProxy } from 'wrangler'
import type { Attachment, Receipt, WidgetConfig } from '../../sdk/wire/index.ts'
import { app } from '../../worker/app.ts'
import { migrate } from '../../worker/dev/server.mjs'
import type { Bindings } from '../../worker/env.ts'
import { sweepFiles } from '../../worker/jobs/sweep.ts'
import { serverLimits } from '../../worker/limits.ts'
import { holds } from '../faults/record.ts'
import { makePng } from '../support/images.ts'
import { newId, problemOf } from '../support/system.ts'

// The whole collector on a real database and real object storage, whose calls can be made to fail.
const state = mkdtempSync(join(tmpdir(), 'earshot-files-'))
const setupToken = 'object-storage-test-token'
let bindings: Bindings
let dispose: () => Promise<void>
let keys: { publishableKey: string; secretKey: string }
let after: Promise<unknown>[] = []
/** What a test was given receipts for, and how often it made its fault. */
let acknowledged: string[] = []
let runs = 1
const broken = new Set<'put' | 'get' | 'delete'>()

beforeAll(async () => {
  // What is waited for here need not wait for counts of outcomes, which gather for ten seconds.
  Object.assign(serverLimits, { tallyMs: 10 })
  migrate(state)
  const proxy = await getPlatformProxy<Bindings>({
    configPath: 'worker/wrangler.jsonc',
    persist: { path: join(state, 'v3') },
  })
  dispose = proxy.dispose
  bindings = { ...proxy.env, FILES: breakable(proxy.env.FILES), SETUP_TOKEN: setupToken }
  const made = await ask('/v1/setup', {
    method: 'POST',
    headers: { authorization: `Bearer ${setupToken}`, 'content-type': 'application/json' },
    body: JSON.stringify({ name: 'Files', member: { name: 'Ada', email: null } }),
  })
  keys = (await made.json()) as typeof keys
  vi.spyOn(console, 'error').mockImplementation(() => undefined)
})
afterAll(async () => {
  vi.restoreAllMocks()
  // Both wait for its workerd, which on a busy machine may not answer any more; that ends with this process.
  await Promise.race([settle().then(dispose), new Promise((resolve) => setTimeout(resolve, 10_000))])
  rmSync(state, { recursive: true, force: true })
})

afterEach(async () => {
  const idsOf = async (table: string) => {
    const { results } = await bindings.DB.prepare(`SELECT id FROM ${table}`).all<{ id: string }>()
    return results.flatMap(({ id }: { id: string }) => (acknowledged.includes(id) ? [id] : []))
  }
  const erased = await idsOf('tombstone')
  holds({ runs, acknowledged: acknowledged.filter((id) => !erased.includes(id)), rows: await idsOf('item') })
  acknowledged = []
  runs = 1
})

type Files = NonNullable<Bindings['FILES']>

function breakable(files: Files): Files {
  const failing = (name: 'put' | 'get' | 'delete') => {
    if (broken.has(name)) throw new Error('put: We encountered an internal error. Please try again. (10001)')
  }
  return new Proxy(files, {
    get(target, name: keyof Files) {
      const method = target[name] as (...rest: unknown[]) => unknown
      return async (...rest: unknown[]) => {
        if (name === 'put' || name === 'get' || name === 'delete') failing(name)
        return method.apply(target, rest)
      }
    },
  })
}

async function ask(path: string, init?: RequestInit, env = bindings): Promise<Response> {
  const context = { waitUntil: (work: Promise<unknown>) => after.push(work), passThroughOnException: () => undefined }
  return app.fetch(new Request(`http://localhost${path}`, init), env, context as never)
}

const call = (path: string, method = 'GET') =>
  ask(path, { method, headers: { authorization: `Bearer ${keys.secretKey}` } })

async function settle(): Promise<void> {
  const works = after
  after = []
  await Promise.all(works)
}

async function submit(env = bindings): Promise<Receipt> {
  const body = JSON.stringify({ id: newId(), message: 'Look', attachments: [{ type: 'image/png', bytes: 9 }] })
  const response = await ask(`/v1/feedback?key=${keys.publishableKey}`, { method: 'POST', body }, env)
  expect(response.status).toBe(201)
  const receipt = (await response.json()) as Receipt
  acknowledged.push(receipt.id)
  return receipt
}

const put = ({ id, upload }: Receipt, env = bindings) =>
  ask(
    `/v1/feedback/${id}/attachments/0?key=${keys.publishableKey}&upload=${upload?.[0]}`,
    { method: 'PUT', body: makePng(2, 2) },
    env,
  )
const attachmentOf = async (id: string) =>
  ((await (await call(`/v1/feedback/${id}`)).json()) as { attachments: Attachment[] }).attachments[0]
const pathOf = (url = '') => url.replace('http://localhost', '')
const objects = async () => (await bindings.FILES!.list()).objects.length
async function later<T>(ms: number, work: () => Promise<T>): Promise<T> {
  vi.useFakeTimers({ now: Date.now() + ms, toFake: ['Date'] })
  return work().finally(() => vi.useRealTimers())
}
const hourMs = 3_600_000
/** Lets the time pass that an object may be on its way. */
const sweepLater = () => later(2 * hourMs, () => sweepFiles(bindings))

describe('while object storage is down', () => {
  it('words are stored, an image is told to come later, and then it does', async () => {
    broken.add('put')
    const receipt = await submit()
    const response = await put(receipt)
    broken.clear()
    expect(response.status).toBe(503)
    expect(response.headers.get('retry-after')).toBe('30')
    expect(await problemOf(response)).toMatchObject({ code: 'unavailable' })
    expect((await put(receipt)).status).toBe(201)
    expect(await attachmentOf(receipt.id)).toMatchObject({ width: 2 })
  })

  it('an image that cannot be read says so, and is read later', async () => {
    const receipt = await submit()
    await put(receipt)
    const url = pathOf((await attachmentOf(receipt.id))?.url)
    broken.add('get')
    const response = await ask(url)
    broken.clear()
    expect(response.status).toBe(503)
    expect(response.headers.get('retry-after')).toBe('30')
    const later = await ask(url)
    expect(later.status).toBe(200)
    await later.arrayBuffer()
  })

  it('an item can be deleted: its image is served no more, and its object goes when it can', async () => {
    const receipt = await submit()
    await put(receipt)
    await settle()
    const url = pathOf((await attachmentOf(receipt.id))?.url)
    const before = await objects()
    broken.add('delete')
    expect((await call(`/v1/feedback/${receipt.id}`, 'DELETE')).status).toBe(204)
    await settle()
    broken.clear()
    expect(await objects()).toBe(before)
    expect((await ask(url)).status).toBe(404)
    await sweepFiles(bindings)
    expect(await objects()).toBe(before - 1)
  })
})

describe('between object storage and database', () => {
  it('a crash leaves an orphan, which is swept once it can be no other', async () => {
    const receipt = await submit()
    const before = await objects()
    let calls = 0
    // The row is written; after the object, the database goes away.
    const db = new Proxy(bindings.DB, {
      get(target, name: keyof Bindings['DB']) {
        if (name === 'batch') {
          return () => {
            calls++
            throw new Error('Network connection lost.')
          }
        }
        const value = target[name] as (...rest: unknown[]) => unknown
        return value.bind(target)
      },
    })
    expect((await put(receipt, { ...bindings, DB: db })).status).toBe(503)
    expect(calls).toBe(1)
    expect(await objects()).toBe(before + 1)
    await sweepFiles(bindings)
    expect(await objects()).toBe(before + 1)
    await sweepLater()
    expect(await objects()).toBe(before)
    expect(await attachmentOf(receipt.id)).toEqual({ type: 'image/png', bytes: 9 })
  })

  it('a deletion while the image is on its way leaves nothing behind', async () => {
    const receipt = await submit()
    const before = await objects()
    const files = new Proxy(bindings.FILES, {
      get:
        (target, name: keyof Files) =>
        async (...rest: unknown[]) => {
          const result = await (target[name] as (...all: unknown[]) => unknown)(...rest)
          if (name === 'put') await call(`/v1/feedback/${receipt.id}`, 'DELETE')
          return result
        },
    })
    const response = await put(receipt, { ...bindings, FILES: files })
    await settle()
    expect(response.status).toBe(410)
    await sweepLater()
    expect(await objects()).toBe(before)
  })

  it('an image that the team removed goes at once, and the one that was on its way instead of it too', async () => {
    const receipt = await submit()
    await put(receipt)
    await settle()
    const before = await objects()
    const redacted = await ask(`/v1/feedback/${receipt.id}/redact`, {
      method: 'POST',
      headers: { authorization: `Bearer ${keys.secretKey}`, 'content-type': 'application/json' },
      body: JSON.stringify({ attachments: [0] }),
    })
    expect(redacted.status).toBe(200)
    await settle()
    expect(await objects()).toBe(before - 1)
    expect((await put(receipt)).status).toBe(410)
    await sweepLater()
    expect(await objects()).toBe(before - 1)
  })

  it('an image that was replaced goes at once', async () => {
    const receipt = await submit()
    await put(receipt)
    await settle()
    const before = await objects()
    await put(receipt)
    await settle()
    expect(await objects()).toBe(before)
  })
})

type Statement = ReturnType<Bindings['DB']['prepare']>

/** A database whose n-th call fails, before it is made or after its commit. */
function failingAt(db: Bindings['DB'], nth: number, isAfter: boolean): Bindings['DB'] {
  let calls = 0
  const around = async <T>(make: () => Promise<T>): Promise<T> => {
    if (++calls !== nth) return make()
    if (isAfter) await make()
    throw new Error('D1_ERROR: Network connection lost.')
  }
  const natives = new WeakMap<Statement>()
  const wrap = (statement: Statement): Statement => {
    const wrapped = {
      bind: (...values: unknown[]) => wrap(statement.bind(...values)),
      first: (...rest: never[]) => around(() => statement.first(...rest)),
      all: () => around(() => statement.all()),
      run: () => around(() => statement.run()),
    } as unknown as Statement
    natives.set(wrapped, statement)
    return wrapped
  }
  return {
    prepare: (sql: string) => wrap(db.prepare(sql)),
    batch: (all: Statement[]) => around(() => db.batch(all.map((one) => natives.get(one) ?? one))),
  } as Bindings['DB']
}

describe('where the n-th call to the database fails while an image is put', () => {
  it.each([
    ['before it', false],
    ['after its commit', true],
  ])('%s, for every n: put again it is there, once, and no object is left behind', async (_, isAfter) => {
    const before = await objects()
    const made: string[] = []
    runs = 0
    for (let n = 1, passed = 0; passed < 1; n++) {
      const receipt = await submit()
      made.push(receipt.id)
      const first = await put(receipt, { ...bindings, DB: failingAt(bindings.DB, n, isAfter) })
      if (first.status === 201) passed += 1
      else {
        runs += 1
        expect([n, first.status, first.headers.get('retry-after')]).toEqual([n, 503, '2'])
        expect([n, (await put(receipt)).status]).toEqual([n, 201])
      }
      expect(await attachmentOf(receipt.id)).toMatchObject({ width: 2 })
    }
    await settle()
    await sweepLater()
    expect(await objects()).toBe(before + made.length)
    expect(runs).toBeGreaterThan(1)
  })
})

describe('time', () => {
  it('ends a link after an hour and a little, and the item has a fresh one', async () => {
    const receipt = await submit()
    await put(receipt)
    const url = pathOf((await attachmentOf(receipt.id))?.url)
    const statusOf = async (path: string) => {
      const response = await ask(path)
      await response.arrayBuffer()
      return response.status
    }
    expect(await later(0.98 * hourMs, () => statusOf(url))).toBe(200)
    expect(await later(1.6 * hourMs, () => statusOf(url))).toBe(403)
    const fresh = () => attachmentOf(receipt.id).then((attachment) => statusOf(pathOf(attachment?.url)))
    expect(await later(1.6 * hourMs, fresh)).toBe(200)
  })

  it('ends a receipt’s tokens after 30 days', async () => {
    const receipt = await submit()
    const days = (count: number) => count * 24 * hourMs
    const amend = (revision: number) =>
      ask(`/v1/feedback?key=${keys.publishableKey}`, {
        method: 'POST',
        body: JSON.stringify({
          id: receipt.id,
          revision,
          edit: receipt.edit,
          survey: { id: 's', version: 1, answers: [{ question: 'q', value: revision }] },
        }),
      })
    const revisionOf = async () =>
      ((await (await call(`/v1/feedback/${receipt.id}`)).json()) as { revision?: number }).revision
    await later(days(29), () => amend(1))
    expect(await revisionOf()).toBe(1)
    await later(days(31), () => amend(2))
    expect(await revisionOf()).toBe(1)
    expect((await later(days(29), () => put(receipt))).status).toBe(201)
    const response = await later(days(31), () => put(receipt))
    expect(response.status).toBe(403)
    expect((await problemOf(response)).detail).toContain('expired')
  })
})

describe('a deployment without object storage', () => {
  it('says that attachments are off, and notes what was announced', async () => {
    const { FILES: _, ...without } = bindings
    const config = await ask(`/v1/widget?key=${keys.publishableKey}`, {}, without)
    expect(((await config.json()) as WidgetConfig).attachments).toBe(false)
    const receipt = await submit(without)
    expect(receipt.upload).toBeUndefined()
    expect(receipt.notes).toMatchObject([{ path: 'attachments', code: 'dropped' }])
    const earlier = await submit()
    expect((await put(earlier, without)).status).toBe(503)
  })
})
