import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type {
  AuditList,
  Change,
  Feedback,
  FeedbackList,
  ImportResult,
  PersonView,
  Project,
  RetentionPreview,
  Scores,
} from '../../sdk/wire/index.ts'
import { type RawSystem, serveRaw } from '../bench/raw/serve.mjs'
import { everyTable, tracesIn } from '../support/everything.ts'
import { newId, problemOf } from '../support/system.ts'

const dayMs = 86_400_000
let raw: RawSystem
beforeAll(async () => {
  raw = await serveRaw({ quiet: true })
})
afterAll(() => raw.stop())

type Caller = Pick<RawSystem, 'project' | 'secretKey'>
const call = ({ secretKey }: Caller, path: string, init: RequestInit = {}) =>
  fetch(`${raw.origin}${path}`, {
    ...init,
    headers: { authorization: `Bearer ${secretKey}`, ...(init.headers as Record<string, string> | undefined) },
  })
const read = async <T>(of: Caller, path: string) => {
  const response = await call(of, path)
  expect(response.status).toBe(200)
  return (await response.json()) as T
}
const set = async (of: Caller, retention: object | null) =>
  call(of, `/v1/projects/${of.project}`, {
    method: 'PATCH',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ retention }),
  })
const preview = (of: Caller, days: number, keep: string) =>
  read<RetentionPreview>(of, `/v1/projects/${of.project}/retention?days=${days}&keep=${keep}`)
const countOf = async (of: Caller, query = '') =>
  (await read<{ count: number }>(of, `/v1/feedback/count?spam=with&${query}`)).count
const auditOf = async (of: Caller) => (await read<AuditList>(of, '/v1/audit?action=retention')).items

const ago = (days: number) => new Date(Date.now() - days * dayMs).toISOString()
const importLines = async (of: Caller, lines: readonly object[]) => {
  const body = lines.map((line) => JSON.stringify({ id: newId(), message: 'Said', ...line })).join('\n')
  expect(await (await call(of, '/v1/import', { method: 'POST', body })).text()).not.toContain('refused')
}
/** Runs the schedule until nothing is left to do, as of now or another time. */
const keep = async (now = Date.now()) => {
  for (let runs = 0; runs < 50; runs++) {
    await raw.schedule(now)
    const waiting = await raw.rowsOf(`SELECT 1 FROM project LEFT JOIN retention ON retention.project = project.id
      WHERE project.settings ->> '$.retention.days' IS NOT NULL AND coalesce(retention.rest_until, 0) <= ${now}`)
    if (waiting.length === 0) return
  }
  throw new Error('The retention does not come to its end.')
}
const whole = (word: string, days: number) => ({
  message: `${word} said`,
  createdAt: ago(days),
  receivedAt: ago(days),
  email: `${word}@example.com`,
  person: { id: `u_${word}`, name: `${word} Lovelace`, traits: { full: `${word} trait` }, verified: true },
  tags: { note: `${word} tag` },
  context: { cart: { note: `${word} context` } },
  crumbs: [{ at: ago(days), type: 'manual', message: `${word} crumb` }],
  page: { url: `https://app.example.com/${word}`, title: `${word} title` },
  survey: {
    id: 'nps',
    version: 1,
    answers: [
      { question: 'score', value: 9 },
      { question: 'why', value: `${word} why` },
    ],
  },
  rating: { scale: 'nps', value: 9 },
  teamNotes: [{ id: crypto.randomUUID(), text: `${word} note`, author: 'ada', createdAt: ago(days) }],
  labels: ['kept-label'],
  status: 'done',
})

describe('a retention', () => {
  it('is set, read, said beforehand, and refused where it makes no sense', async () => {
    const of = await raw.another('Asked')
    await importLines(of, [whole('narwhal', 400), whole('narwhal', 20), { spam: true, createdAt: ago(50) }])
    expect((await read<Project>(of, `/v1/projects/${of.project}`)).retention).toBeNull()
    expect(await preview(of, 30, 'nothing')).toMatchObject({ days: 30, keep: 'nothing', count: 2 })
    expect((await preview(of, 365, 'scores')).count).toBe(1)
    expect((await preview(of, 3_650, 'scores')).count).toBe(0)
    for (const query of ['', '?days=0&keep=nothing', '?days=1.5&keep=nothing', '?days=30', '?days=30&keep=all']) {
      const response = await call(of, `/v1/projects/${of.project}/retention${query}`)
      expect([query, response.status]).toEqual([query, 400])
      expect((await problemOf(response)).detail).toContain('days=365')
    }
    const other = await raw.another('Other')
    expect((await call(other, `/v1/projects/${of.project}/retention?days=3&keep=nothing`)).status).toBe(404)
    for (const wrong of [{ days: 0, keep: 'nothing' }, { days: 9_999, keep: 'nothing' }, { days: 3 }]) {
      expect((await set(of, wrong)).status).toBe(422)
    }
    expect(await (await set(of, { days: 30, keep: 'nothing' })).json()).toMatchObject({ retention: { days: 30 } })
    expect(await (await set(of, null)).json()).toMatchObject({ retention: null })
    await keep()
    expect(await countOf(of)).toBe(3)
  })

  it('that keeps nothing leaves no trace of what is older, and all of what is newer', async () => {
    const of = await raw.another('Nothing')
    await importLines(of, [
      whole('walrus', 40),
      { ...whole('walrus', 41), spam: true, environment: 'staging' },
      whole('seal', 20),
      { ...whole('seal', 50), message: 'seal long ago' },
    ])
    expect((await read<PersonView>(of, '/v1/people/external:u_walrus')).items).toHaveLength(2)
    const [old] = (await read<FeedbackList>(of, '/v1/feedback?q=walrus')).items
    await raw.sql(
      `INSERT INTO file (key, project, item, n, type) VALUES ('key-of-${old?.id}', '${of.project}', '${old?.id}', 0, 'image/png')`,
    )
    await set(of, { days: 30, keep: 'nothing' })
    await keep()
    expect(await countOf(of)).toBe(1)
    expect((await read<FeedbackList>(of, '/v1/feedback?q=seal')).items).toMatchObject([{ message: 'seal said' }])
    const changes = (await (await call(of, '/v1/changes?limit=1000')).text()).trim().split('\n')
    const erased = changes.map((line) => JSON.parse(line) as Change).filter((change) => 'erased' in change)
    expect(erased.map(({ id }) => id)).toContain(old?.id)
    expect(await raw.rowsOf(`SELECT due_at > 0 AS due FROM file WHERE key = 'key-of-${old?.id}'`)).toEqual([{ due: 1 }])
    const [deleted, forgotten] = (await auditOf(of)).toSorted((a, b) => a.action.localeCompare(b.action))
    expect(deleted).toMatchObject({
      actor: { type: 'system' },
      action: 'retention.delete',
      target: { type: 'project', id: of.project },
      after: { count: 3, days: 30 },
    })
    expect(forgotten).toMatchObject({ action: 'retention.forget', after: { count: 1 } })
    expect((await call(of, '/v1/people/external:u_walrus')).status).toBe(404)
    expect((await read<PersonView>(of, '/v1/people/external:u_seal')).people).toHaveLength(1)
    const texts = await everyTable(raw)
    expect(tracesIn(texts, 'walrus')).toEqual([])
  })

  it('that keeps scores leaves the numbers as they were, without words or people', async () => {
    const of = await raw.another('Scores')
    await importLines(of, [
      whole('puffin', 40),
      // Of one person the latest answer counts.
      { ...whole('puffin', 45), rating: { scale: 'nps', value: 0 } },
      { ...whole('auk', 44), rating: { scale: 'nps', value: 7 } },
      {
        message: 'puffin by a browser',
        createdAt: ago(42),
        person: { anonymousId: 'browser-puffin', verified: false },
        rating: { scale: 'nps', value: 3 },
      },
      { message: 'puffin unnamed', createdAt: ago(43), kind: 'bug', labels: ['kept-label'] },
      whole('tern', 5),
    ])
    const range = `from=${ago(60).slice(0, 10)}&scale=nps`
    const scoresOf = async () => (await read<Scores>(of, `/v1/insight/scores?${range}&by=week`)).total
    const countsOf = () =>
      Promise.all(
        ['', 'kind=bug', 'scale=nps', 'label=kept-label', 'status=done', 'survey=nps'].map((query) =>
          countOf(of, query),
        ),
      )
    const before = [await scoresOf(), await countsOf()]
    expect((await preview(of, 30, 'scores')).count).toBe(5)
    await set(of, { days: 30, keep: 'scores' })
    await keep()
    expect([await scoresOf(), await countsOf()]).toEqual(before)
    // Derived tables say the same when they are made again.
    await raw.sql("UPDATE consumer SET change = 0 WHERE name = 'search'", 'DELETE FROM answer')
    await raw.schedule()
    expect([await scoresOf(), await countsOf()]).toEqual(before)

    const { items } = await read<FeedbackList>(of, '/v1/feedback?status=done&sort=oldest')
    expect(items).toHaveLength(4)
    expect(items[2]).toMatchObject({
      message: '',
      person: null,
      page: null,
      tags: {},
      status: 'done',
      labels: ['kept-label'],
      rating: { scale: 'nps', value: 9 },
      survey: { id: 'nps', answers: [{ question: 'score', value: 9 }] },
    })
    expect(items[2]?.reducedAt).toBeDefined()
    expect(items[3]).toMatchObject({ message: 'tern said', teamNotes: [{ text: 'tern note' }] })
    expect(items[3]?.reducedAt).toBeUndefined()
    expect(await countOf(of, 'q=puffin')).toBe(0)
    expect(await countOf(of, 'q=tern')).toBe(1)
    expect((await preview(of, 30, 'scores')).count).toBe(0)
    expect((await preview(of, 30, 'nothing')).count).toBe(5)
    const reduced = (await auditOf(of)).find(({ action }) => action === 'retention.reduce')
    expect(reduced).toMatchObject({ after: { count: 5 } })

    // What comes late to a time that was done already is reduced too, and the team's later work stays.
    await importLines(of, [whole('guillemot', 50)])
    await call(of, `/v1/feedback/${items[0]?.id}`, {
      method: 'PATCH',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ addLabels: ['later'] }),
    })
    await keep(Date.now() + 2 * 3_600_000)
    expect(await countOf(of, 'q=guillemot')).toBe(0)
    expect((await read<Feedback>(of, `/v1/feedback/${items[0]?.id}`)).labels).toContain('later')

    // Whoever is erased takes their scores along, though no item names them any more.
    const erased = await call(of, '/v1/people/external:u_puffin', { method: 'DELETE' })
    expect(await erased.json()).toMatchObject({ items: 2, remaining: 0 })
    expect(await (await call(of, '/v1/people/anonymous:browser-puffin', { method: 'DELETE' })).json()).toMatchObject({
      items: 1,
    })
    const texts = await everyTable(raw)
    for (const word of ['puffin', 'auk', 'guillemot']) expect([word, tracesIn(texts, word)]).toEqual([word, []])
  })
})

describe('an export of what was reduced', () => {
  it('is imported as reduced, without a loss that is told, and stays so', async () => {
    const [of, other] = [await raw.another('Reduced'), await raw.another('Imported')]
    await importLines(of, [
      { message: 'petrel said', createdAt: ago(40), rating: { scale: 'nps', value: 9 }, tags: { bird: 'petrel' } },
      { message: 'petrel alone', createdAt: ago(41), kind: 'bug' },
    ])
    await set(of, { days: 30, keep: 'scores' })
    await keep()
    const lines = await (await call(of, '/v1/export?format=ndjson')).text()
    const given = new Map(
      lines
        .trim()
        .split('\n')
        .map((line) => JSON.parse(line) as Feedback)
        .map((item) => [item.id, item.reducedAt]),
    )
    const answer = await (await call(other, '/v1/import', { method: 'POST', body: lines })).text()
    const results = answer
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line) as ImportResult)
    expect(results.map(({ result, notes }) => [result, notes])).toEqual([
      ['stored', undefined],
      ['stored', undefined],
    ])
    const standing = async () => (await read<FeedbackList>(other, '/v1/feedback?sort=newest')).items
    const stored = await standing()
    expect(stored).toMatchObject([
      { message: '', rating: { scale: 'nps', value: 9 } },
      { message: '', kind: 'bug' },
    ])
    for (const { id, reducedAt } of stored) {
      expect(reducedAt).toMatch(/^\d{4}-/)
      expect(reducedAt).toBe(given.get(id))
    }
    // There is nothing left to reduce.
    expect((await preview(other, 30, 'scores')).count).toBe(0)
    await set(other, { days: 30, keep: 'scores' })
    await keep()
    expect((await standing()).map(({ reducedAt }) => reducedAt)).toEqual(stored.map(({ reducedAt }) => reducedAt))
    expect((await auditOf(other)).filter(({ action }) => action === 'retention.reduce')).toEqual([])

    // A line that has words is stored with them.
    const body = JSON.stringify({ id: newId(), message: 'petrel again', reducedAt: ago(1) })
    expect(await (await call(other, '/v1/import', { method: 'POST', body })).json()).toMatchObject({
      result: 'stored',
      notes: [{ path: 'reducedAt', code: 'ignored' }],
    })
  })
})

describe('the audit log', () => {
  it('is kept for 400 days', async () => {
    const of = await raw.another('Logged')
    await set(of, { days: 30, keep: 'nothing' })
    const entries = async (action = 'project.update') =>
      (await read<AuditList>(of, `/v1/audit?action=${action}`)).items.length
    await raw.schedule(Date.now() + 399 * dayMs)
    expect(await entries()).toBe(1)
    await fetch(`${raw.origin}/v1/projects/${of.project}/keys`, {
      method: 'POST',
      headers: { authorization: `Bearer ${of.secretKey}`, 'content-type': 'application/json' },
      body: JSON.stringify({ type: 'secret', name: 'Goes on', scopes: ['read'] }),
    })
    await raw.schedule(Date.now() + 401 * dayMs)
    expect(await entries()).toBe(0)
    // Who has seen a key that goes on working must be known when they leave.
    expect(await entries('key.create')).toBe(1)
  })
})
