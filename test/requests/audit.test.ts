import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { AuditEntry, AuditList, BulkResult } from '../../sdk/wire/index.ts'
import { type RawSystem, serveRaw } from '../bench/raw/serve.mjs'
import { addMember } from './principals.ts'
import { makerOf, type Maker } from './recipes.ts'
import { newId, problemOf } from '../support/system.ts'

let raw: RawSystem
let make: Maker
let cookie: string
beforeAll(async () => {
  raw = await serveRaw({ quiet: true })
  make = makerOf(raw)
  cookie = await addMember(raw, { id: 'ada', project: raw.project, role: 'admin' })
})
afterAll(() => raw.stop())

const json = { 'content-type': 'application/json' }
const send = (method: string, path: string, body?: object, headers: Record<string, string> = {}) =>
  raw.call(path, { method, headers: { ...json, ...headers }, ...(body && { body: JSON.stringify(body) }) })
const log = async (query = '') => (await (await raw.call(`/v1/audit${query}`)).json()) as AuditList
const logOf = async (target: string) => (await log(`?target=${encodeURIComponent(target)}`)).items

describe('the audit log', () => {
  it('says who changed what, when, from what to what, and in which request', async () => {
    const id = await make.item()
    const response = await fetch(`${raw.origin}/v1/feedback/${id}`, {
      method: 'PATCH',
      headers: { ...json, cookie, 'sec-fetch-site': 'same-origin' },
      body: JSON.stringify({ status: 'open', addLabels: ['ux'] }),
    })
    expect(response.status).toBe(200)
    const [entry] = await logOf(id)
    expect(entry).toMatchObject({
      actor: { type: 'member', id: 'ada', name: 'ada' },
      action: 'feedback.triage',
      target: { type: 'feedback', id },
      before: { status: 'new', labels: [] },
      after: { status: 'open', labels: ['ux'] },
      requestId: response.headers.get('x-request-id'),
    })
    expect(Math.abs(Date.parse(entry?.at ?? '') - Date.now())).toBeLessThan(60_000)
  })

  it('has nothing of what changed nothing, and nothing of what was refused', async () => {
    const id = await make.item()
    expect((await send('PATCH', `/v1/feedback/${id}`, { status: 'new' })).status).toBe(200)
    expect((await send('PATCH', `/v1/feedback/${id}`, { status: 'nowhere' })).status).toBe(422)
    expect((await send('PATCH', `/v1/feedback/${id}`, { status: 'done' }, { 'if-match': '"1"' })).status).toBe(409)
    expect((await logOf(id)).map(({ action }) => action)).toEqual(['feedback.create'])
  })

  it('has one entry for a change of many, with what undoes it', async () => {
    const ids = await Promise.all([make.item(), make.item(), make.item()])
    const items = ids.map((id) => ({ id }))
    const result = await send('POST', '/v1/feedback/bulk', { changes: [{ patch: { status: 'done' }, items }] })
    expect(((await result.json()) as BulkResult).changed).toBe(3)
    const [entry] = (await log('?action=feedback.triage&limit=1')).items
    expect(entry).toMatchObject({
      target: null,
      summary: '3 items',
      after: { patches: [{ patch: { status: 'done' } }] },
    })
    const before = entry?.before as { patches: { patch: object; ids: string[] }[] }
    expect(before.patches).toEqual([{ patch: { status: 'new' }, ids: expect.arrayContaining(ids) }])
  })

  it('has one entry for what is entered, however often it is sent', async () => {
    const body = { id: newId(), message: 'By phone', source: 'call' }
    expect((await send('POST', '/v1/feedback', body)).status).toBe(201)
    expect((await send('POST', '/v1/feedback', body)).status).toBe(200)
    expect(await logOf(body.id)).toMatchObject([
      { action: 'feedback.create', after: { kind: 'other', source: 'call' } },
    ])
  })

  it('says what the team knew of somebody and of an account, and knows now; nothing where it knew that', async () => {
    const [id, account] = [`u_${newId()}`, `a_${newId()}`]
    const company = { name: 'Acme', traits: { seats: 7 } }
    for (const one of [company, { traits: { seats: 8 } }, { traits: { seats: 8 } }])
      expect((await send('PUT', `/v1/accounts/${account}`, one)).status).toBe(200)
    expect(await logOf(account)).toMatchObject([
      { action: 'account.update', before: { traits: { seats: 7 } }, after: { traits: { seats: 8 } } },
      { action: 'account.update', before: null, after: company },
    ])
    const told = [
      { name: 'Ada', traits: { seat: 1, role: 'dev' } },
      { account, traits: { seat: null } },
      { name: 'Ada' },
    ]
    const answers = []
    for (const one of told) answers.push(await send('PUT', `/v1/people/external:${id}`, one))
    expect(answers.map(({ status }) => status)).toEqual([200, 200, 200])
    const person = (await answers[0]?.json()) as { id: string }
    const entries = await logOf(person.id)
    expect(entries.map(({ before, after }) => ({ before, after }))).toEqual([
      {
        before: { traits: { seat: 1, role: 'dev' }, account: null },
        after: { traits: { role: 'dev' }, account: { id: account, name: 'Acme', traits: { seats: 8 } } },
      },
      { before: null, after: { name: 'Ada', traits: { seat: 1, role: 'dev' }, account: null } },
    ])
  })

  it('never has words that somebody said, noted or blacked out, and no key', async () => {
    const id = await make.item()
    await send('POST', `/v1/feedback/${id}/notes`, { text: 'whisper-9d' })
    await send('POST', `/v1/feedback/${id}/redact`, { texts: ['canary-7f3a'] })
    const made = await send('POST', `/v1/projects/${raw.project}/keys`, { type: 'identity', name: 'Signer' })
    const { key } = (await made.json()) as { key: string }
    const text = JSON.stringify((await log('?limit=200')).items)
    for (const word of ['whisper-9d', 'said', key, raw.secretKey]) expect(text).not.toContain(word)
    expect((await logOf(id)).map(({ action }) => action)).toEqual(['feedback.redact', 'note.create', 'feedback.create'])
  })

  it('forgets with an item, and with a person, what was written of them; that it was done stays', async () => {
    const [id, person] = [await make.item(), await make.person()]
    await send('PATCH', `/v1/feedback/${id}`, { assignee: 'someone@example.com' })
    await send('PUT', `/v1/people/${person}`, { email: 'grace@example.com', name: 'Grace' })
    expect(JSON.stringify(await logOf(person))).toContain('grace@example.com')
    expect((await raw.call(`/v1/feedback/${id}`, { method: 'DELETE' })).status).toBe(204)
    expect((await raw.call(`/v1/people/${person}`, { method: 'DELETE' })).status).toBe(200)
    const left = [...(await logOf(id)), ...(await logOf(person))]
    expect(left.map(({ action }) => action)).toEqual([
      'feedback.delete',
      'feedback.triage',
      'feedback.create',
      'person.erase',
      'person.update',
      'person.update',
    ])
    const erased = left.filter(({ action }) => action !== 'person.erase')
    expect(erased.every(({ before, after, summary }) => before === null && after === null && summary === null)).toBe(
      true,
    )
    expect(JSON.stringify((await log('?limit=200')).items)).not.toMatch(/grace|someone@/)
  })

  it('is narrowed by actor, action, target and time', async () => {
    const actions = async (query: string) => new Set((await log(query)).items.map(({ action }) => action))
    const by = async (query: string) => new Set((await log(query)).items.map(({ actor }) => actor.type))
    expect(await actions('?action=note.create&action=key&limit=200')).toEqual(new Set(['note.create', 'key.create']))
    expect(await by('?actor=member:ada')).toEqual(new Set(['member']))
    expect(await by('?actor=key&actor=operator&limit=200')).toEqual(new Set(['key', 'operator']))
    expect((await log('?actor=operator')).items.map(({ action }) => action)).toEqual(['project.create'])
    expect((await log('?to=2020-01-01')).total).toEqual({ count: 0, exact: true })
    expect((await log('?from=2020-01-01')).total.count).toBe((await log()).total.count)
  })

  it.each([
    ['?colour=red', 'unknown-filter', 'colour'],
    ['?actor=ada', 'bad-filter', 'actor'],
    ['?action=dance', 'bad-filter', 'action'],
    ['?from=yesterday', 'bad-filter', 'from'],
    ['?from=2026-01-01&from=2026-01-02', 'bad-filter', 'from'],
    ['?tz=Mars', 'bad-filter', 'tz'],
    ['?limit=0', 'bad-filter', 'limit'],
    ['?cursor=dDE', 'bad-cursor', undefined],
    ['?cursor=%00', 'bad-cursor', undefined],
  ])('refuses %s, and names it', async (query, code, path) => {
    const problem = await problemOf(await raw.call(`/v1/audit${query}`))
    expect([problem.code, problem.issues?.[0]?.path]).toEqual([code, path])
  })

  it('is read page by page, each entry once, however many come of one moment', async () => {
    const all = (await log('?limit=200')).items.map(({ id }) => id)
    const seen: AuditEntry[] = []
    for (let cursor: string | null = ''; cursor !== null;) {
      const page = await log(`?limit=3${cursor === '' ? '' : `&cursor=${cursor}`}`)
      seen.push(...page.items)
      cursor = page.next
    }
    expect(seen.map(({ id }) => id)).toEqual(all)
    const link = (await raw.call('/v1/audit?limit=1')).headers.get('link') ?? ''
    expect(link).toMatch(/^<\/v1\/audit\?limit=1&cursor=\w+>; rel="next"$/)
  })

  it('writes again where the first write failed, and says so where the second fails too: the change stands', async () => {
    const path = `/v1/projects/${raw.project}`
    const calls = async () => {
      const before = await raw.calls()
      await send('PATCH', path, { name: 'Counted' })
      return (await raw.calls()) - before
    }
    const total = await calls()
    const outcomes = new Map<number, number>()
    // The last one meets no failure.
    for (let call = 1; call <= total + 1; call++) {
      const name = `Failing ${call}`
      const interrupted = { 'bench-interrupt': JSON.stringify({ call }) }
      const response = await send('PATCH', path, { name }, interrupted)
      outcomes.set(call, response.status)
      const standing = ((await (await raw.call(path)).json()) as { name: string }).name
      const written = (await logOf(raw.project)).some(({ after }) => after?.['name'] === name)
      // What stands is in the log, whatever the caller was told.
      expect([call, written]).toEqual([call, standing === name])
    }
    expect([...outcomes.values()]).toContain(200)
  })
})

describe('where somebody else is faster, the audit log', () => {
  /** As if others sent these while a change is under way, before it is written. */
  const meanwhile = (...requests: { method: string; path: string; body: object }[]) => {
    const by = requests.map((request) => ({ key: raw.secretKey, ...request }))
    return { 'bench-interrupt': JSON.stringify({ call: 1, words: 'INTO audit', requests: by }) }
  }
  const triage = (id: string, body: object) => ({ method: 'PATCH', path: `/v1/feedback/${id}`, body })
  const actionsOf = async (id: string) => (await logOf(id)).map(({ action }) => action)

  it('has of a change of many what was changed, and nothing where nothing was', async () => {
    const [one, two, lost, lostToo] = [await make.item(), await make.item(), await make.item(), await make.item()]
    for (const id of [two, lostToo]) await send('PATCH', `/v1/feedback/${id}`, { status: 'open' })
    const close = async (ids: string[], ...others: Parameters<typeof meanwhile>) => {
      const changes = [{ patch: { status: 'done' }, items: ids.map((id) => ({ id })) }]
      return send('POST', '/v1/feedback/bulk', { changes }, meanwhile(...others))
    }
    const ofMany = async () => (await log('?action=feedback.triage')).items.find(({ target }) => target === null)
    const others = [triage(lost, { assignee: 'bo' }), triage(lostToo, { status: 'planned' })]
    const some = await close([one, two, lost, lostToo], ...others)
    const { changed, conflicts } = (await some.json()) as BulkResult
    expect([changed, conflicts.toSorted()]).toEqual([2, [lost, lostToo].toSorted()])
    const entry = await ofMany()
    expect(entry).toMatchObject({ summary: '2 items', requestId: some.headers.get('x-request-id') })
    const patches = (entry?.before?.['patches'] ?? []) as object[]
    expect(patches).toHaveLength(2)
    for (const before of [
      { patch: { status: 'new' }, ids: [one] },
      { patch: { status: 'open' }, ids: [two] },
    ])
      expect(patches).toContainEqual(before)
    const none = await close([lost], triage(lost, { assignee: 'cy' }))
    expect(await none.json()).toMatchObject({ changed: 0, conflicts: [lost] })
    expect((await ofMany())?.id).toBe(entry?.id)
  })

  it('has nothing of triage that came too late', async () => {
    const id = await make.item()
    const faster = meanwhile(triage(id, { status: 'planned' }))
    expect((await send('PATCH', `/v1/feedback/${id}`, { status: 'done' }, faster)).status).toBe(409)
    expect(await logOf(id)).toMatchObject([{ after: { status: 'planned' } }, { action: 'feedback.create' }])
  })

  it('has a note and a merge once, though each was tried twice', async () => {
    const [id, into] = [await make.item(), await make.item()]
    const noted = await send(
      'POST',
      `/v1/feedback/${id}/notes`,
      { text: 'Mine' },
      meanwhile(triage(id, { status: 'open' })),
    )
    expect(noted.status).toBe(201)
    const faster = meanwhile(triage(id, { status: 'done' }))
    expect((await send('POST', `/v1/feedback/${id}/merge`, { into }, faster)).status).toBe(200)
    const expected = ['feedback.merge', 'feedback.triage', 'note.create', 'feedback.triage', 'feedback.create']
    expect((await actionsOf(id)).toSorted()).toEqual(expected.toSorted())
  })
})

describe('a restore', () => {
  it('stands in the log of the project that takes the backup over', async () => {
    const other = await raw.another('Empty')
    const headers = { ...json, authorization: `Bearer ${other.secretKey}` }
    const body = JSON.stringify({ name: 'Back', settings: {}, secret: 'b'.repeat(43), createdAt: 0 })
    const begun = await fetch(`${raw.origin}/v1/restore/project`, { method: 'POST', headers, body })
    expect(begun.status).toBe(200)
    const line = JSON.stringify({ type: 'tombstone', row: { id: newId(), change: 1, erased_at: 1 } })
    expect((await fetch(`${raw.origin}/v1/restore?add=true`, { method: 'POST', headers, body: line })).status).toBe(200)
    const { items } = (await (await fetch(`${raw.origin}/v1/audit`, { headers })).json()) as AuditList
    expect(items.at(-1)).toMatchObject({ action: 'project.create', actor: { type: 'operator', id: null } })
    expect(items.map(({ action }) => action)).toContain('project.restore')
    expect(JSON.stringify(items)).not.toContain('bbbb')
  })
})
