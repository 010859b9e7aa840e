import { spawn } from 'node:child_process'
import { createHash } from 'node:crypto'
import { mkdtempSync, rmSync } from 'node:fs'
import { readFile, stat, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { backupParts, backupTables } from '../../sdk/wire/index.ts'
import type { BackupEnd, BackupLine, PersonView, Receipt } from '../../sdk/wire/index.ts'
import { freePort, serve, setUp } from '../../worker/dev/server.mjs'
import { jpeg, makePng, webp } from '../support/images.ts'
import { startRelay } from '../support/relay.ts'
import { newId, startSystem } from '../support/system.ts'
import type { System } from '../support/system.ts'
import { cli, scratch } from './run-cli.ts'

type Place = Pick<System, 'origin' | 'secretKey' | 'publishableKey'>

const state = mkdtempSync(join(tmpdir(), 'earshot-restore-'))
const setupToken = 'a-token-of-the-second-worker'
let files: Awaited<ReturnType<typeof scratch>>
let second: Awaited<ReturnType<typeof serve>>
let from: System
let to: Place
let file: string

beforeAll(async () => {
  ;[from, files] = await Promise.all([startSystem('Shop'), scratch()])
  second = await serve({ state, port: await freePort(), setupToken, scheduleMs: 0 })
  to = { origin: second.origin, ...(await setUp(second.origin, setupToken, 'Empty')) }
  file = files.path('shop.backup')
  await fill()
}, 120_000)
afterAll(async () => {
  await second?.stop()
  rmSync(state, { recursive: true, force: true })
  await files?.remove()
})

const on = ({ secretKey, origin }: Place, words: string[]) =>
  cli(words, { EARSHOT_KEY: secretKey, EARSHOT_ENDPOINT: origin })

const call = ({ origin, secretKey }: Place, path: string, method = 'GET', body?: object) =>
  fetch(`${origin}${path}`, {
    method,
    headers: { authorization: `Bearer ${secretKey}`, 'content-type': 'application/json' },
    ...(body && { body: JSON.stringify(body) }),
  })

const say = async ({ origin, publishableKey }: Place, submission: object, images: Uint8Array<ArrayBuffer>[] = []) => {
  const attachments = images.map(({ length }) => ({ type: 'image/png', bytes: length }))
  const body = JSON.stringify({ ...submission, ...(images.length > 0 && { attachments }) })
  const send = () => fetch(`${origin}/v1/feedback?key=${publishableKey}`, { method: 'POST', body })
  const response = await send()
  const receipt = (await response.json()) as Receipt
  for (const [n, image] of images.entries()) {
    const upload = `/v1/feedback/${receipt.id}/attachments/${n}?key=${publishableKey}&upload=${receipt.upload?.[n]}`
    expect((await fetch(`${origin}${upload}`, { method: 'PUT', body: image })).status).toBe(201)
  }
  return { status: response.status, receipt }
}

const ids = {
  pictured: newId(),
  deleted: newId(),
  deletedLater: newId(),
  announced: newId(),
  spam: newId(),
  bob: newId(),
  carol: newId(),
  anonymous: newId(),
  survey: newId(),
}
const bob = { id: ids.bob, message: 'From Bob', person: { id: 'bob', email: 'bob@example.com' } }
const carol = { id: ids.carol, message: 'From Carol', person: { id: 'carol', name: 'Carol' } }
const question = { id: 'score', type: 'nps', text: { en: 'How likely?' } }

async function fill(): Promise<void> {
  const settings = { timeZone: 'Europe/Berlin', statuses: [{ key: 'parked', label: 'Parked', stage: 'open' }] }
  expect((await call(from, `/v1/projects/${from.project}`, 'PATCH', settings)).status).toBe(200)
  for (const id of ['nps', 'old']) {
    await call(from, '/v1/surveys', 'POST', { id, name: id, language: 'en', state: 'live', questions: [question] })
  }
  const longer = {
    name: 'nps',
    language: 'en',
    questions: [question, { id: 'why', type: 'long', text: { en: 'Why?' } }],
  }
  expect((await call(from, '/v1/surveys/nps', 'PUT', longer)).status).toBe(200)
  expect((await call(from, '/v1/surveys/old', 'DELETE')).status).toBe(204)
  const displays = JSON.stringify({ displays: [{ survey: 'nps', version: 2, count: 7 }] })
  await fetch(`${from.origin}/v1/displays?key=${from.publishableKey}`, { method: 'POST', body: displays })

  // Many at one instant, as an import of dates gives them; more than one page.
  const lines = Array.from({ length: 640 }, (_, i) => ({
    id: newId(),
    message: `Row ${i} “quoted” \u2028 and more`,
    createdAt: '2024-05-01T00:00:00.000Z',
    environment: i % 50 === 0 ? 'staging' : 'production',
    person: {
      id: `u${i % 20}`,
      traits: { plan: i % 2 ? 'pro' : 'free' },
      verified: i % 3 === 0,
      account: { id: 'acme' },
    },
    tags: { row: i, odd: i % 2 === 1 },
    labels: i % 10 === 0 ? ['ux', 'later'] : [],
  }))
  await from.importLines(lines.slice(0, 500))
  await from.importLines(lines.slice(500))
  await say(from, { id: ids.pictured, message: 'Look', context: { cart: { items: 3 } } }, [makePng(9, 7), jpeg, webp])
  await say(from, { id: ids.deleted, message: 'Goes at once' })
  await say(from, { id: ids.deletedLater, message: 'Goes later' }, [makePng(5, 5)])
  await say(from, {
    id: ids.announced,
    message: 'Its image never came',
    attachments: [{ type: 'image/png', bytes: 1 }],
  })
  await say(from, { id: ids.spam, message: 'Buy now' })
  await say(from, bob)
  await say(from, carol)
  await say(from, { id: ids.anonymous, message: 'Nobody', anonymousId: 'browser-1', email: 'left@example.com' })
  await say(from, { id: ids.survey, survey: { id: 'nps', version: 2, answers: [{ question: 'score', value: 9 }] } })
  expect((await call(from, `/v1/feedback/${ids.spam}`, 'PATCH', { spam: true })).status).toBe(200)
  const triage = { status: 'parked', labels: ['Ünï'], assignee: 'ada@example.com' }
  expect((await call(from, `/v1/feedback/${ids.pictured}`, 'PATCH', triage)).status).toBe(200)
  expect((await call(from, `/v1/feedback/${ids.deleted}`, 'DELETE')).status).toBe(204)
  expect((await call(from, '/v1/people/external:u1', 'PUT', { name: 'Known', traits: { vip: true } })).status).toBe(200)
  const view = { name: 'Bugs', query: 'kind=bug', visibility: 'shared' }
  expect((await call(from, '/v1/views', 'POST', view)).status).toBe(201)
  expect((await call(from, '/v1/accounts/acme', 'PUT', { plan: 'enterprise', revenue: 90_000 })).status).toBe(200)
  expect((await call(from, '/v1/people/external:bob', 'DELETE')).status).toBe(200)
  await from.runSchedule()
}

/** Everything that a place holds, item by item, with the images' bytes. */
async function holdings(place: Place): Promise<Record<string, unknown[]>> {
  const held: Record<string, unknown[]> = { tombstone: [] }
  for (const part of backupParts) {
    held[part] = []
    for (let cursor: string | null | undefined; cursor !== null;) {
      const query = new URLSearchParams({ part, limit: '400', ...(cursor && { cursor }) })
      const text = await (await call(place, `/v1/backup?${query.toString()}`)).text()
      const lines = text
        .trim()
        .split('\n')
        .map((line) => JSON.parse(line) as BackupLine | BackupEnd)
      cursor = (lines.pop() as BackupEnd).cursor
      for (const line of lines as BackupLine[]) held[line.type]?.push(await settled(place, line))
    }
  }
  return held
}

/** Without what each place counts for itself: change numbers and links. */
async function settled(place: Place, line: BackupLine): Promise<object> {
  if (line.type === 'tombstone') return { id: line.row.id, erasedAt: line.row.erasedAt }
  if (line.type !== 'item') return line.row
  const { change: _, body, ...row } = line.row
  const images = (body.attachments ?? []).map(async ({ url, ...image }) => {
    const bytes = url === undefined ? null : await (await fetch(url)).arrayBuffer()
    return { ...image, sha: bytes && createHash('sha256').update(new Uint8Array(bytes)).digest('hex') }
  })
  const { attachments: __, ...rest } = body
  return { ...row, ...rest, images: await Promise.all(images) }
}

/** Runs the published program against a relay, and kills it when it asks for something for the n-th time. */
async function killAt(place: Place, words: string[], asked: RegExp, nth: number): Promise<void> {
  const relay = await startRelay(place.origin)
  const program = join(import.meta.dirname, '../../dist/package/cli.js')
  const env = { ...process.env, EARSHOT_KEY: place.secretKey, EARSHOT_ENDPOINT: relay.origin }
  const child = spawn(process.execPath, [program, ...words], { env, stdio: 'ignore' })
  const gone = new Promise<NodeJS.Signals | null>((resolve) => child.once('exit', (_, signal) => resolve(signal)))
  let times = 0
  relay.meddle = async ({ request }, handOn) => {
    if (asked.test(`${request.method} ${request.url}`) && ++times === nth) child.kill('SIGKILL')
    else (await handOn())()
  }
  expect(await gone).toBe('SIGKILL')
  await relay.close()
}

describe('earshot backup and restore', () => {
  it('backs up a project while it lives, and goes on after being killed half way', async () => {
    await killAt(from, ['backup', '-o', file], /part=item&cursor=/, 1)
    await expect(stat(file)).rejects.toThrow('ENOENT')
    expect((await stat(`${file}.part`)).mode & 0o077).toBe(0)
    // What was taken already changes, and some of it goes.
    expect((await call(from, `/v1/feedback/${ids.deletedLater}`, 'DELETE')).status).toBe(204)
    expect((await call(from, `/v1/feedback/${ids.announced}`, 'PATCH', { status: 'done' })).status).toBe(200)
    expect((await call(from, '/v1/people/external:u3', 'DELETE')).status).toBe(200)
    expect(await on(from, ['restore', `${file}.part`])).toMatchObject({
      code: 2,
      stderr: expect.stringContaining('has no end'),
    })
    const outcome = await on(from, ['backup', '-o', file, '--json'])
    expect(outcome.stderr).toMatch(/^Going on with .*\.part of 20\d\d-\d\d-\d\d: 500 items\n/)
    expect(outcome.code).toBe(0)
    expect(JSON.parse(outcome.stdout)).toMatchObject({ images: 3, surveys: 2, complete: true, missing: [] })
    await expect(stat(`${file}.part`)).rejects.toThrow('ENOENT')
  })

  it('restores it into an empty database, killed half way and run again, with nothing missing', async () => {
    await killAt(to, ['restore', file], /POST \/v1\/restore\?/, 4)
    const outcome = await on(to, ['restore', file, '--json'])
    expect(outcome.stderr).toContain('The project is the one of the backup')
    expect(outcome.code).toBe(0)
    expect(JSON.parse(outcome.stdout)).toMatchObject({ refused: 0, missing: 0 })
    await second.runSchedule()
    const [before, after] = [await holdings(from), await holdings(to)]
    for (const part of ['project', 'item', 'tombstone', ...backupTables])
      expect({ part, rows: after[part] }).toEqual({ part, rows: before[part] })
    // Word by word: whoever compares two backups line by line sees what is another.
    const written = (held: unknown[] | undefined) => held?.map((row) => JSON.stringify(row))
    expect(written(after['item'])).toEqual(written(before['item']))
    // Two were deleted, and 33 went with Bob and with one of twenty who said 640 things.
    expect(before['item']).toHaveLength(640 + 9 - 35)
    expect(before['tombstone']).toHaveLength(35)
    expect(Object.values(before).every((rows) => rows.length > 0)).toBe(true)
    const again = await on(to, ['restore', file, '--json'])
    expect(JSON.parse(again.stdout)).toMatchObject({ stored: 0, refused: 0, images: 0 })
  })

  it('lists, filters and shows there what it did here', async () => {
    const listOf = async (place: Place, query: string) => {
      const { items, total } = (await (await call(place, `/v1/feedback?${query}`)).json()) as {
        items: { id: string }[]
        total: object
      }
      return { total, ids: items.map(({ id }) => id) }
    }
    for (const query of [
      'limit=200',
      'label=later&tag.odd=false',
      'q=never',
      'has=screenshot',
      'environment=staging',
    ]) {
      expect({ query, ...(await listOf(to, query)) }).toEqual({ query, ...(await listOf(from, query)) })
    }
    const person = async (place: Place) => {
      const view = (await (await call(place, '/v1/people/external:u1')).json()) as PersonView
      // The audit log is of the deployment, and stays there.
      return { ...view, history: [], items: view.items.map((item) => ({ ...item, change: 0 })) }
    }
    expect(await person(to)).toEqual(await person(from))
    const survey = async (place: Place) => (await call(place, '/v1/surveys/nps')).json()
    expect(await survey(to)).toEqual(await survey(from))
    const views = async (place: Place) => ((await (await call(place, '/v1/views')).json()) as { items: object[] }).items
    expect(await views(from)).toHaveLength(1)
    expect(await views(to)).toEqual(await views(from))
  })

  it('refuses there too what comes late of somebody who was erased', async () => {
    expect((await say(to, bob)).status).toBe(410)
    const earlier = { createdAt: '2026-11-01T09:00:00Z', sentAt: '2026-11-01T10:00:00Z' }
    expect((await say(to, { ...bob, ...earlier, id: newId() })).status).toBe(410)
    expect((await say(to, { id: ids.deleted, message: 'Goes at once' })).status).toBe(410)
    expect((await say(to, carol)).status).toBe(200)
  })

  it('keeps erased whom the project erased after the backup', async () => {
    expect((await call(from, '/v1/people/external:carol', 'DELETE')).status).toBe(200)
    const before = await holdings(from)
    const outcome = await on(from, ['restore', file, '--json'])
    expect(outcome.code).toBe(0)
    // Carol and what she said, and two persons of the one who was erased while the backup was made.
    expect(JSON.parse(outcome.stdout)).toMatchObject({ erased: 4, stored: 0, refused: 0 })
    expect(await holdings(from)).toEqual(before)
  })

  it('goes into a project that holds other things only when told so', async () => {
    const other = await startSystem('Other')
    await other.importLines([{ id: newId(), message: 'Mine' }])
    const refused = await on(other, ['restore', file])
    expect(refused).toMatchObject({ code: 2, stderr: expect.stringContaining('give --add') })
    const added = await on(other, ['restore', file, '--add', '--json'])
    // Its marks mean nothing under another secret, and that is said.
    expect(added).toMatchObject({ code: 1, stderr: expect.stringContaining('A mark of an erasure') })
    expect((await other.list('?spam=with')).total.count).toBeGreaterThan(600)
    const { name } = (await (await other.call(`/v1/projects/${other.project}`)).json()) as { name: string }
    expect(name).toBe('Other')
    const theirs = await other.find(ids.pictured)
    const known = (await (await other.call('/v1/people/external:u1')).json()) as { people: { id: string }[] }
    expect(theirs.attachments).toHaveLength(3)
    expect(known.people).not.toHaveLength(0)
  })

  it('sends nothing of a file that was cut, or changed', async () => {
    const text = await readFile(file, 'utf8')
    const empty = await startSystem('Untouched')
    await writeFile(files.path('cut'), text.slice(0, text.lastIndexOf('{"type":"end"')))
    await writeFile(files.path('changed'), text.replace('Row 7 ', 'Row 8 '))
    await writeFile(files.path('none'), '{"id":"1"}\n')
    expect((await on(empty, ['restore', files.path('cut')])).stderr).toContain('has no end')
    expect((await on(empty, ['restore', files.path('changed')])).stderr).toContain('checksum differs')
    expect((await on(empty, ['restore', files.path('none')])).stderr).toContain('is no backup')
    expect((await empty.list()).total.count).toBe(0)
  })

  it('says which images could not be read, keeps the rest, and ends with 1', async () => {
    const relay = await startRelay(from.origin)
    relay.meddle = async ({ request, response }, handOn) => {
      if (request.url?.startsWith('/files/') !== true) return (await handOn())()
      response.writeHead(404, { 'content-type': 'application/problem+json' })
      return response.end(JSON.stringify({ code: 'not-found', status: 404, detail: 'There is no such file.' }))
    }
    const lost = files.path('lost.backup')
    const outcome = await on({ ...from, origin: relay.origin }, ['backup', '-o', lost])
    await relay.close()
    expect(outcome).toMatchObject({ code: 1, stderr: expect.stringContaining('3 images could not be read') })
    expect(outcome.stderr).toContain(`image 1 of ${ids.pictured}`)
    expect((await on(from, ['restore', lost])).code).toBe(1)
  })

  it('is for keys that may do everything', async () => {
    const created = await on(from, ['keys', 'create', 'secret', '--name', 'Reader', '--scope', 'read,write,export'])
    const reader = { ...from, secretKey: created.stdout.trim() }
    for (const words of [
      ['backup', '-o', files.path('denied')],
      ['restore', file],
    ]) {
      expect(await on(reader, words)).toMatchObject({ code: 3, stderr: expect.stringContaining("the scope 'admin'") })
    }
  })
})
