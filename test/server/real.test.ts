import { execFile } from 'node:child_process'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { createContext, runInContext } from 'node:vm'
import { build } from 'esbuild'
import { beforeAll, describe, expect, it } from 'vitest'
import { createClient, unwrap } from '../../sdk/server/index.ts'
import type { Client, Result } from '../../sdk/server/index.ts'
import type { Change } from '../../sdk/wire/index.ts'
import { startRelay } from '../support/relay.ts'
import { newId, startSystem } from '../support/system.ts'
import type { System } from '../support/system.ts'

let system: System
let earshot: Client
const count = 430
const ids = Array.from({ length: count }, () => newId())

beforeAll(async () => {
  system = await startSystem('Server')
  earshot = createClient({ endpoint: system.origin, key: system.secretKey })
  const results = []
  const items = ids.map((id, n) => ({
    id,
    kind: n % 2 === 0 ? 'bug' : 'idea',
    message: `word ${n}`,
    tags: { ward: n % 5 },
  }))
  for await (const { result } of earshot.import(items)) results.push(result)
  expect(results).toEqual(items.map(() => 'stored'))
  // An exact count waits until filters find what was stored a moment ago.
  unwrap(await earshot.feedback.count())
})

const problemOf = (result: Result<unknown>) => (result.ok ? null : result.problem)
const idsOf = async (items: AsyncIterable<{ id: string }>) => {
  const seen: string[] = []
  for await (const { id } of items) seen.push(id)
  return seen
}

describe('the client against the real collector', () => {
  it('reads everything, page by page, filtered, counted and exported alike', async () => {
    expect((await idsOf(earshot.feedback.all())).sort()).toEqual(ids)
    const filters = { kind: 'bug', 'tag.ward': [1, 2] } as const
    const wanted = ids.filter((_, n) => n % 2 === 0 && (n % 5 === 1 || n % 5 === 2))
    expect((await idsOf(earshot.feedback.all(filters))).sort()).toEqual(wanted)
    expect((await idsOf(earshot.export(filters))).sort()).toEqual(wanted)
    expect(unwrap(await earshot.feedback.count(filters))).toEqual({ count: wanted.length, exact: true })
    const csv = unwrap(await earshot.exportStream({ format: 'csv', ...filters }))
    expect(csv.rows).toBe(wanted.length)
    expect((await new Response(csv.body).text()).match(/\r\n/g)).toHaveLength(wanted.length + 1)
  })

  it('triages with a guard, deletes, and says why not', async () => {
    const [id = ''] = ids
    const item = unwrap(await earshot.feedback.get(id))
    const updated = unwrap(
      await earshot.feedback.update(id, { status: 'planned', addLabels: ['q3'] }, { ifChange: item.change }),
    )
    expect(updated).toMatchObject({ status: 'planned', labels: ['q3'] })
    expect(problemOf(await earshot.feedback.update(id, { status: 'done' }, { ifChange: item.change }))).toMatchObject({
      code: 'conflict',
      status: 409,
      mayHaveHappened: false,
    })
    expect(problemOf(await earshot.feedback.update(id, { status: 'nowhere' }))?.code).toBe('invalid')
    expect(problemOf(await earshot.feedback.list({ cursor: 'rubbish' }))?.code).toBe('bad-cursor')
    expect(problemOf(await earshot.feedback.list({ ['colour' as 'q']: 'red' }))).toMatchObject({
      code: 'unknown-filter',
      issues: [{ path: 'colour', reason: 'unknown filter' }],
    })
    const gone = newId()
    await storeAll(earshot.import([{ id: gone, message: 'short-lived' }]))
    expect(await earshot.feedback.delete(gone)).toEqual({ ok: true, value: null })
    expect(problemOf(await earshot.feedback.get(gone))?.code).toBe('not-found')
  })

  it('keeps a copy by changes, through a connection that is cut again and again', async () => {
    const relay = await startRelay(system.origin)
    let requests = 0
    const shaky = createClient({
      endpoint: relay.origin,
      key: system.secretKey,
      fetch: (url, init) => {
        relay.down = requests++ % 3 === 1
        return fetch(url, init)
      },
      clock: { now: Date.now, random: () => 0, pause: () => Promise.resolve() },
    })
    const copy = new Map<string, Change>()
    let cursor: string | undefined
    const changes = shaky.changes({ limit: 100 })
    for await (const change of changes) copy.set(change.id, change)
    cursor = changes.cursor
    await relay.close()
    expect(requests).toBeGreaterThan(6)
    expect(
      [...copy.values()]
        .filter((change) => !('erased' in change))
        .map(({ id }) => id)
        .sort(),
    ).toEqual(ids)
    expect([...copy.values()].filter((change) => 'erased' in change)).toHaveLength(1)
    expect(await idsOf(earshot.changes({ cursor }))).toEqual([])
    await earshot.feedback.update(ids[1] ?? '', { status: 'done' })
    expect(await idsOf(earshot.changes({ cursor }))).toEqual([ids[1]])
  })

  it('knows its project, its keys and its links', async () => {
    const access = unwrap(await earshot.access())
    expect(access).toEqual({
      project: { id: system.project, name: 'Server' },
      scopes: ['read', 'write', 'export', 'admin'],
    })
    const made = unwrap(await earshot.keys.create({ type: 'secret', name: 'Reader', scopes: ['read'] }))
    const reader = createClient({ endpoint: system.origin, key: made.key })
    expect(unwrap(await reader.access()).scopes).toEqual(['read'])
    expect(problemOf(await reader.keys.list())).toMatchObject({
      code: 'no-scope',
      detail: expect.stringContaining("'admin'") as string,
    })
    expect(await earshot.keys.revoke(made.id)).toEqual({ ok: true, value: null })
    expect(problemOf(await reader.access())?.code).toBe('unknown-key')
    expect(unwrap(await earshot.keys.list()).find(({ id }) => id === made.id)?.revokedAt).toMatch(/^20/)
    expect(unwrap(await earshot.signInLink()).url).toMatch(/\/console\/sign-in\?token=/)
    expect(unwrap(await earshot.project.update({ timeZone: 'Europe/Berlin' })).timeZone).toBe('Europe/Berlin')
    expect(problemOf(await earshot.project.update({ timeZone: 'Mars' }))?.code).toBe('invalid')
    expect(unwrap(await earshot.names()).map(({ name }) => name)).toContain('tag.ward')
    expect(unwrap(await earshot.outcomes({ environment: 'production' })).quota.perDay).toBeGreaterThan(0)
    expect(unwrap(await earshot.project.origins())).toEqual({ origins: [], refused: [] })
    expect(unwrap(await earshot.values('tag.ward', { prefix: '3' }))).toEqual([{ value: '3', count: count / 5 }])
  })

  it('makes, edits, starts and deletes a survey', async () => {
    const asked = {
      name: 'NPS',
      language: 'en',
      questions: [{ id: 'score', type: 'nps' as const, text: { en: 'How?' } }],
    }
    const made = unwrap(await earshot.surveys.create({ id: 'nps', ...asked }))
    expect(made).toMatchObject({ state: 'draft', version: 1 })
    const thanks = { en: 'Thank you' }
    expect(unwrap(await earshot.surveys.replace('nps', { ...asked, thanks, version: 1 })).version).toBe(2)
    expect(problemOf(await earshot.surveys.replace('nps', { ...asked, version: 1 }))?.code).toBe('conflict')
    expect(unwrap(await earshot.surveys.update('nps', { state: 'live' })).state).toBe('live')
    expect(unwrap(await earshot.surveys.get('nps')).versions).toHaveLength(2)
    expect(unwrap(await earshot.surveys.list()).map(({ id }) => id)).toEqual(['nps'])
    expect(await earshot.surveys.delete('nps')).toEqual({ ok: true, value: null })
  })
})

/** What a customer's server does. */
const program = `
  const earshot = createClient({ endpoint, key })
  let items = 0
  for await (const item of earshot.export({ kind: 'idea' })) items += item.message.startsWith('word') ? 1 : 0
  const token = await signIdentity('idn_' + 'a'.repeat(40), { sub: 'u', aud: 'p' })
  const refused = await createClient({ endpoint, key: 'sec_' + 'b'.repeat(40) }).feedback.list()
  return JSON.stringify({ items, parts: token.split('.').length, code: refused.problem.code })`
const outcome = { items: count / 2, parts: 3, code: 'unknown-key' }
const entry = join(import.meta.dirname, '../../dist/package/sdk/server/index.js')

describe('the published module', () => {
  it('runs in plain Node', async () => {
    const code = `const { createClient, signIdentity } = await import(${JSON.stringify(entry)})
      const [endpoint, key] = ${JSON.stringify([system.origin, system.secretKey])}
      console.log(await (async () => {${program}})())`
    const { stdout } = await promisify(execFile)(process.execPath, ['--input-type=module', '-e', code])
    expect(JSON.parse(stdout)).toEqual(outcome)
  })

  it('needs nothing but what every runtime of the web has', async () => {
    const bundled = await build({
      entryPoints: [entry],
      bundle: true,
      write: false,
      format: 'iife',
      globalName: 'server',
    })
    const web = { fetch, crypto, URL, URLSearchParams, AbortController, ReadableStream, TextEncoder, TextDecoder }
    const scope = { ...web, setTimeout, clearTimeout, btoa, endpoint: system.origin, key: system.secretKey }
    const code = `${bundled.outputFiles[0]?.text}
      const { createClient, signIdentity } = server
      ;(async () => {${program}})()`
    expect(JSON.parse((await runInContext(code, createContext(scope))) as string)).toEqual(outcome)
  })
})

async function storeAll(results: AsyncIterable<unknown>): Promise<void> {
  for await (const result of results) expect(result).toMatchObject({ result: 'stored' })
}

describe('the team', () => {
  it('enters, notes, merges and blacks out by the client, and hears why not', async () => {
    const { feedback } = earshot
    const said = { id: newId(), message: 'Grace Hopper called', source: 'call' }
    const entered = unwrap(await feedback.enter(said))
    expect(entered).toMatchObject({ ...said, status: 'new' })
    expect(unwrap(await feedback.enter(said))).toEqual(entered)
    const note = { id: newId(), text: 'Called back' }
    expect(unwrap(await feedback.addNote(said.id, note)).teamNotes).toMatchObject([note])
    expect(unwrap(await feedback.deleteNote(said.id, note.id)).teamNotes).toBeUndefined()
    expect(problemOf(await feedback.deleteNote(said.id, note.id))?.code).toBe('not-found')
    const [, target = ''] = ids
    expect(unwrap(await feedback.merge(said.id, target)).mergedInto).toBe(target)
    expect(unwrap(await feedback.merged(target)).items.map(({ id }) => id)).toEqual([said.id])
    expect(problemOf(await feedback.merge(target, said.id))?.code).toBe('invalid')
    expect(unwrap(await feedback.merge(said.id, null)).mergedInto).toBeUndefined()
    const texts = ['grace hopper']
    expect(unwrap(await feedback.redact(said.id, { texts, dryRun: true })).message).toBe('████████████ called')
    expect(unwrap(await feedback.get(said.id)).message).toBe(said.message)
    expect(unwrap(await feedback.redact(said.id, { texts })).message).toBe('████████████ called')
    expect(await feedback.delete(said.id)).toEqual({ ok: true, value: null })
    expect(problemOf(await feedback.enter(said))?.code).toBe('erased')
  })
})
