import { beforeAll, describe, expect, it } from 'vitest'
import type { Feedback, FeedbackList, Member, MergedList, PersonView, TeamNote } from '../../sdk/wire/index.ts'
import { limits } from '../../sdk/wire/limits.ts'
import { newId, problemOf, startSystem, type System } from '../support/system.ts'

let system: System
beforeAll(async () => {
  system = await startSystem('Team')
})

const post = (path: string, body: unknown, headers: Record<string, string> = {}) =>
  system.call(path, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...headers },
    body: JSON.stringify(body),
  })
const read = async <T>(path: string) => (await (await system.call(path)).json()) as T
const enter = async (body: object) => (await (await post('/v1/feedback', body)).json()) as Feedback
const refusal = async (response: Response) => {
  const { code, issues } = await problemOf(response)
  return [response.status, code, issues?.[0]?.path]
}
const idsOf = ({ items }: { items: Feedback[] }) => items.map(({ id }) => id)

/** Signs the project's first member in; answers with the cookie. */
async function session(of: System = system): Promise<string> {
  const { url } = (await (await of.call('/v1/sign-in-links', { method: 'POST' })).json()) as { url: string }
  const answer = await fetch(`${of.origin}/console/sign-in`, {
    method: 'POST',
    redirect: 'manual',
    headers: { origin: of.origin },
    body: new URLSearchParams({ token: new URL(url).searchParams.get('token') ?? '' }),
  })
  return answer.headers.get('set-cookie')?.split(';')[0] ?? ''
}

describe('an item that the team enters', () => {
  it('is stored once by its id, and found by its words and its filters', async () => {
    const body = {
      id: newId(),
      kind: 'idea',
      message: 'Wants the rota as a wallchart',
      rating: { scale: 'nps', value: 9 },
      person: { name: 'Grace', email: 'grace@example.com', account: 'harbour' },
      tags: { meeting: 'Q4 review' },
      labels: ['print', 'print', 'rota'],
      status: 'planned',
      assignee: 'ada@example.com',
      source: 'call',
      createdAt: '2026-01-02T03:04:05Z',
    }
    const first = await post('/v1/feedback', body)
    expect(first.status).toBe(201)
    const item = (await first.json()) as Feedback
    expect(item).toMatchObject({
      ...body,
      person: { name: 'Grace', email: 'grace@example.com', account: { id: 'harbour' }, verified: false },
      labels: ['print', 'rota'],
      createdAt: '2026-01-02T03:04:05.000Z',
      environment: 'production',
    })
    const again = await post('/v1/feedback', { ...body, message: 'Something else' })
    expect(again.status).toBe(200)
    expect(await again.json()).toEqual(item)
    for (const query of ['q=wallchart', 'source=call&assignee=ada@example.com', 'account=harbour&label=print']) {
      expect([query, idsOf(await system.list(`?${query}`))]).toEqual([query, [item.id]])
    }
  })

  it('needs nothing but words, or a score', async () => {
    const before = Date.now()
    const item = await enter({ message: 'Said in passing' })
    expect(item).toMatchObject({ kind: 'other', status: 'new', source: 'team', person: null, labels: [] })
    expect(Date.parse(item.createdAt)).toBeGreaterThanOrEqual(before)
    expect(await enter({ rating: { scale: 'csat', value: 4 } })).toMatchObject({ message: '' })
    expect(await enter({ message: 'NUL \u0000 and half \uD800' })).toMatchObject({
      message: 'NUL \uFFFD and half \uFFFD',
    })
  })

  it('is a verified person’s where the team names an id, with what is known of person and account', async () => {
    const line = {
      id: newId(),
      message: 'Signed',
      person: {
        id: 'u_1',
        name: 'Ada',
        verified: true,
        account: { id: 'acme', name: 'Acme', plan: 'pro', revenue: 900 },
      },
    }
    await system.importLines([line])
    await system.runSchedule()
    const said = await enter({ message: 'On the phone', person: { id: 'u_1', email: 'ada@example.com' } })
    const { uuid } = (await system.find(line.id)).person ?? {}
    expect(said.person).toEqual({
      id: 'u_1',
      uuid,
      name: 'Ada',
      email: 'ada@example.com',
      account: { id: 'acme', name: 'Acme', plan: 'pro', revenue: 900 },
      verified: true,
    })
    const { people, items } = await read<PersonView>('/v1/people/external:u_1')
    expect(idsOf({ items })).toEqual([said.id, line.id])
    expect(people).toMatchObject([{ id: uuid, name: 'Ada', email: 'ada@example.com', account: { revenue: 900 } }])
    expect(idsOf(await system.list('?plan=pro&verified=true'))).toEqual([said.id, line.id])
  })

  it('is refused where it cannot be, with the place of each fault, and nothing is stored', async () => {
    const { total } = await system.list()
    const cases: [body: object, answer: [number, string, string]][] = [
      [{ message: '  ' }, [422, 'empty', 'message']],
      [{ message: 'a', status: 'nope' }, [422, 'invalid', 'status']],
      [{ message: 'a', createdAt: '2999-01-01T00:00:00Z' }, [422, 'invalid', 'createdAt']],
      [{ message: 'a', createdAt: 'yesterday' }, [422, 'invalid', 'createdAt']],
      [{ message: 'a', person: { email: 'nobody' } }, [422, 'invalid', 'person.email']],
      [{ message: 'a', rating: { scale: 'nps', value: 11 } }, [422, 'invalid', 'rating']],
      [{ message: 'a', colour: 'red' }, [422, 'invalid', 'colour']],
      [{ message: 'a', id: 'x' }, [422, 'invalid', 'id']],
    ]
    for (const [body, answer] of cases) expect(await refusal(await post('/v1/feedback', body))).toEqual(answer)
    expect((await system.list()).total).toEqual(total)
  })

  it('is not stored again once it, or whom it names, was erased', async () => {
    const { id } = await enter({ message: 'Forget me' })
    await system.call(`/v1/feedback/${id}`, { method: 'DELETE' })
    expect(await refusal(await post('/v1/feedback', { id, message: 'Forget me' }))).toEqual([410, 'erased', undefined])
    await enter({ message: 'Mine', person: { id: 'u_gone' } })
    await system.call('/v1/people/external:u_gone', { method: 'DELETE' })
    const late = { message: 'Mine too', person: { id: 'u_gone' }, createdAt: '2026-01-01T00:00:00Z' }
    expect(await refusal(await post('/v1/feedback', late))).toEqual([410, 'erased', undefined])
    expect((await post('/v1/feedback', { ...late, createdAt: undefined })).status).toBe(201)
  })

  it('is told from a submission by the key in the address, and a wrong mix is refused', async () => {
    const { origin, publishableKey, secretKey } = system
    const send = (query: string, headers: Record<string, string>, body: object = { message: 'Hello' }) =>
      fetch(`${origin}/v1/feedback${query}`, {
        method: 'POST',
        headers: { 'content-type': 'application/json', ...headers },
        body: JSON.stringify(body),
      })
    const bearer = (key: string) => ({ authorization: `Bearer ${key}` })
    const codeOf = async (response: Response) => [response.status, (await problemOf(response)).code]
    expect(await codeOf(await send('', {}))).toEqual([401, 'no-key'])
    expect(await codeOf(await send('', bearer(publishableKey)))).toEqual([401, 'wrong-key'])
    expect(await codeOf(await send(`?key=${secretKey}`, {}))).toEqual([401, 'wrong-key'])
    expect(await codeOf(await send(`?key=${publishableKey}`, bearer(secretKey)))).toEqual([422, 'bad-id'])
    const cookie = await session()
    expect(await codeOf(await send('', { cookie, 'sec-fetch-site': 'cross-site' }))).toEqual([403, 'cross-site'])
    expect((await send('', { cookie, 'sec-fetch-site': 'same-origin' })).status).toBe(201)
    const plain = await send('', { ...bearer(secretKey), 'content-type': 'text/plain' })
    expect(await codeOf(plain)).toEqual([415, 'encoding-refused'])
  })
})

describe('notes inside the team', () => {
  const note = (id: string, text: string, more: object = {}) => post(`/v1/feedback/${id}/notes`, { text, ...more })

  it('that is missing, or is no text, is asked for in words', async () => {
    const id = newId()
    await system.submit({ id, message: 'Noted' })
    const reasons = [{}, { text: 7 }].map(
      async (body) => (await problemOf(await post(`/v1/feedback/${id}/notes`, body))).detail,
    )
    expect(await Promise.all(reasons)).toEqual([
      'Not accepted: text is missing.',
      'Not accepted: text must be string, not number.',
    ])
  })

  it('are kept with their author and time, found by their words, exported, and deleted', async () => {
    const { id, change } = await enter({ message: 'The invoice is late' })
    const cookie = await session()
    const answer = await fetch(`${system.origin}/v1/feedback/${id}/notes`, {
      method: 'POST',
      headers: { cookie, 'sec-fetch-site': 'same-origin', 'content-type': 'application/json' },
      body: JSON.stringify({ text: ' Asked the bookkeepers about zygotes ' }),
    })
    expect(answer.status).toBe(201)
    const noted = (await answer.json()) as Feedback
    expect(noted.change).toBeGreaterThan(change)
    expect(noted.teamNotes).toMatchObject([{ text: 'Asked the bookkeepers about zygotes', author: 'Ada Admin' }])
    const [, second] = ((await (await note(id, 'Paid')).json()) as Feedback).teamNotes ?? []
    expect(second?.author).toMatch(/^sec_/)
    expect(idsOf(await system.list('?q=zygotes'))).toEqual([id])
    const csv = await (await system.call('/v1/export?format=csv&bom=off&columns=teamNotes&q=zygotes')).text()
    const [first] = noted.teamNotes ?? []
    expect(csv).toBe(
      `Team notes\r\n"${first?.createdAt} Ada Admin: Asked the bookkeepers about zygotes\n${second?.createdAt} ${second?.author}: Paid"\r\n`,
    )
    const left = await system.call(`/v1/feedback/${id}/notes/${first?.id}`, { method: 'DELETE' })
    expect(((await left.json()) as Feedback).teamNotes).toEqual([second])
    expect(idsOf(await system.list('?q=zygotes'))).toEqual([])
    const gone = await system.call(`/v1/feedback/${id}/notes/${first?.id}`, { method: 'DELETE' })
    expect(await refusal(gone)).toEqual([404, 'not-found', undefined])
  })

  it('are all kept when ten people note at once, and a repeat adds nothing', async () => {
    const { id } = await enter({ message: 'Busy' })
    const texts = Array.from({ length: 10 }, (_, i) => `note ${i}`)
    const answers = await Promise.all(texts.map((text) => note(id, text)))
    expect(answers.map(({ status }) => status)).toEqual(texts.map(() => 201))
    const same = newId()
    expect((await note(id, 'once', { id: same })).status).toBe(201)
    expect((await note(id, 'once', { id: same })).status).toBe(200)
    const { teamNotes = [] } = await system.find(id)
    expect(teamNotes.map(({ text }) => text).toSorted()).toEqual([...texts, 'once'].toSorted())
  })

  it('have bounds that are said', async () => {
    const { id } = await enter({ message: 'Long' })
    expect(await refusal(await note(id, ' '))).toEqual([422, 'invalid', 'text'])
    expect(await refusal(await note(id, 'x'.repeat(limits.teamNoteMaxChars + 1)))).toEqual([422, 'invalid', 'text'])
    expect(await refusal(await note(newId(), 'x'))).toEqual([404, 'not-found', undefined])
    const at = '2026-01-01T00:00:00.000Z'
    const teamNotes = Array.from({ length: limits.teamNotesMax }, (_, i): TeamNote => ({
      id: newId(),
      text: `${i}`,
      author: 'a',
      createdAt: at,
    }))
    const full = { id: newId(), message: 'Full', teamNotes }
    await system.importLines([full])
    expect(await refusal(await note(full.id, 'One more'))).toEqual([422, 'invalid', 'text'])
    const large = {
      id: newId(),
      message: 'Large',
      teamNotes: teamNotes.slice(0, 39).map((one) => ({ ...one, text: 'ü'.repeat(2_500) })),
    }
    expect(await system.importLines([large])).toMatchObject([{ result: 'stored' }])
    expect(await refusal(await note(large.id, 'x'.repeat(5_000)))).toEqual([422, 'invalid', 'text'])
    expect((await system.find(large.id)).teamNotes).toHaveLength(39)
  })

  it('come along loss-free when an export is imported elsewhere, and go with their item', async () => {
    const item = await enter({ message: 'x'.repeat(200_000) })
    for (const text of ['One', 'Zwei\nZeilen, "so"', '三']) await note(item.id, text.repeat(400))
    const text = await (await system.call(`/v1/export?format=ndjson&q=${item.reference}`)).text()
    const other = await startSystem('Elsewhere')
    const answer = await other.call('/v1/import', {
      method: 'POST',
      headers: { 'content-type': 'application/x-ndjson' },
      body: text,
    })
    expect(JSON.parse((await answer.text()).trim())).toMatchObject({ result: 'stored' })
    const { teamNotes } = await system.find(item.id)
    expect((await other.find(item.id)).teamNotes).toEqual(teamNotes)
    await other.call(`/v1/feedback/${item.id}`, { method: 'DELETE' })
    expect((await other.list('?q=Zwei&spam=with')).total.count).toBe(0)
  })
})

describe('merging', () => {
  const merge = (id: string, into: string | null) => post(`/v1/feedback/${id}/merge`, { into })
  const three = () =>
    Promise.all(['one', 'two', 'three'].map((message) => enter({ message, tags: { merging: newId() } })))
  const merged = (id: string, query = '') => read<MergedList>(`/v1/feedback/${id}/merged${query}`)

  it('keeps both, says so on both, and is taken back', async () => {
    const [one, two] = await three()
    const { total } = await system.list()
    const answer = await merge(one!.id, two!.id)
    expect(answer.status).toBe(200)
    const item = (await answer.json()) as Feedback
    expect(item).toMatchObject({ mergedInto: two!.id })
    expect(item.change).toBeGreaterThan(one!.change)
    expect(await merged(two!.id)).toMatchObject({
      items: [{ id: one!.id }],
      next: null,
      total: { count: 1, exact: true },
    })
    expect((await system.list()).total).toEqual(total)
    const without = (await (await system.call('/v1/feedback?merged=without&q=one')).json()) as FeedbackList
    expect(idsOf(without)).not.toContain(one!.id)
    expect(await (await merge(one!.id, two!.id)).json()).toEqual(item)
    expect(((await (await merge(one!.id, null)).json()) as Feedback).mergedInto).toBeUndefined()
    expect((await merged(two!.id)).items).toEqual([])
    expect(idsOf(await system.list('?merged=without&q=one'))).toContain(one!.id)
  })

  it('ends at the root, lists what stands there at one remove or several, page by page', async () => {
    const [one, two, three_] = await three()
    const four = await enter({ message: 'four' })
    await merge(one!.id, two!.id)
    await merge(two!.id, three_!.id)
    expect((await system.find(one!.id)).mergedInto).toBe(two!.id)
    expect(((await (await merge(four.id, one!.id)).json()) as Feedback).mergedInto).toBe(three_!.id)
    const all = await merged(three_!.id)
    expect(idsOf(all).toSorted()).toEqual([one!.id, two!.id, four.id].toSorted())
    const first = await merged(three_!.id, '?limit=2')
    const rest = await merged(three_!.id, `?limit=2&cursor=${first.next}`)
    expect([...idsOf(first), ...idsOf(rest), first.total.count, rest.next]).toEqual([...idsOf(all), 3, null])
  })

  it('is refused into itself, into a loop, into nothing, and in no form that makes one', async () => {
    const [one, two, three_] = await three()
    await merge(one!.id, two!.id)
    await merge(two!.id, three_!.id)
    expect(await refusal(await merge(one!.id, one!.id))).toEqual([422, 'invalid', 'into'])
    const loop = await merge(three_!.id, one!.id)
    expect(await problemOf(loop)).toMatchObject({
      code: 'invalid',
      detail: expect.stringContaining('itself merged into'),
    })
    expect(await refusal(await merge(one!.id, newId()))).toEqual([404, 'not-found', 'into'])
    expect(await refusal(await merge(newId(), one!.id))).toEqual([404, 'not-found', undefined])
    expect(await refusal(await merge(one!.id, 'x'))).toEqual([422, 'invalid', 'into'])
    const [a, b] = await three()
    const both = await Promise.all([merge(a!.id, b!.id), merge(b!.id, a!.id)])
    expect(both.map(({ status }) => status).toSorted((one, other) => one - other)).toEqual([200, 422])
    // An import may bring a circle along; nobody gets into it, and it can be taken apart.
    const [x, y] = [newId(), newId()]
    await system.importLines([
      { id: x, message: 'x', mergedInto: y },
      { id: y, message: 'y', mergedInto: x },
    ])
    expect(await refusal(await merge(a!.id, x))).toEqual([422, 'invalid', 'into'])
    expect(idsOf(await merged(x))).toEqual([y])
    expect((await merge(y, null)).status).toBe(200)
  })

  it('lets go of what stood in an item that is deleted', async () => {
    const [one, two, three_] = await three()
    await merge(one!.id, two!.id)
    await merge(two!.id, three_!.id)
    await system.call(`/v1/feedback/${two!.id}`, { method: 'DELETE' })
    expect((await system.find(one!.id)).mergedInto).toBe(three_!.id)
    await system.call(`/v1/feedback/${three_!.id}`, { method: 'DELETE' })
    const left = await system.find(one!.id)
    expect(left.mergedInto).toBeUndefined()
    expect(left.change).toBeGreaterThan(one!.change)
    expect(idsOf(await system.list(`?merged=without&tag.merging=${one!.tags['merging']}`))).toEqual([one!.id])
  })
})

describe('members', () => {
  it('are listed with what an assignee says, and the filter finds what is theirs', async () => {
    const { items } = await read<{ items: Member[] }>('/v1/members')
    expect(items).toMatchObject([{ name: 'Ada Admin', email: null, role: 'admin', assignee: 'Ada Admin' }])
    const other = await startSystem('Members of another')
    const { id } = await enter({ message: 'Whose is it', assignee: items[0]?.assignee })
    expect(idsOf(await system.list('?assignee=Ada+Admin'))).toEqual([id])
    const theirs = (await (await other.call('/v1/members')).json()) as { items: Member[] }
    expect(theirs.items.map((member) => member.id)).not.toContain(items[0]?.id)
  })
})
