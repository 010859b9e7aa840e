import { describe, expect, it } from 'vitest'
import { createEarshot } from '../../sdk/index.ts'
import type { EarshotOptions } from '../../sdk/index.ts'
import type { Submission } from '../../sdk/wire/index.ts'

/** A client in Node, without storage, whose collector answers as told. */
function make(options: Partial<EarshotOptions> = {}, answer: (submission: Submission) => Response | Error = store) {
  const requests: { url: string; init: RequestInit; submission: Submission }[] = []
  const fetch = async (url: string | URL | Request, init: RequestInit = {}) => {
    if (init.method !== 'POST') throw new TypeError('unreachable')
    const submission = JSON.parse(init.body as string) as Submission
    requests.push({ url: url as string, init, submission })
    const response = answer(submission)
    if (response instanceof Error) throw response
    return response
  }
  const earshot = createEarshot({ key: 'pub_x', endpoint: 'https://c.example/base/', fetch, ...options })
  return { earshot, requests }
}

const store = ({ id }: Submission) => Response.json({ id, reference: 'K7M4XQ2P', receivedAt: '', notes: [], edit: '' })
const problem = (status: number, code: string) =>
  new Response(JSON.stringify({ code, status }), { status, headers: { 'content-type': 'application/problem+json' } })

describe('the headless client', () => {
  it('posts one simple request and resolves with the receipt', async () => {
    const { earshot, requests } = make({ release: '1.4.2' })
    const sent = await earshot.send({ kind: 'bug', message: 'The total is wrong' })
    expect(sent).toMatchObject({ state: 'stored', receipt: { reference: 'K7M4XQ2P' } })
    expect(requests[0]).toMatchObject({
      url: 'https://c.example/base/v1/feedback?key=pub_x',
      init: { keepalive: true, credentials: 'omit' },
      submission: { id: sent.id, kind: 'bug', message: 'The total is wrong', release: '1.4.2', sdk: 'earshot/0.1.0' },
    })
    expect(new Request('https://c.example', requests[0]?.init).headers.get('content-type')).toMatch(/^text\/plain/)
    earshot.destroy()
  })

  it('sends without keepalive what is too large for it', async () => {
    const { earshot, requests } = make()
    await earshot.send({ message: 'x'.repeat(61_000) })
    expect(requests[0]?.init.keepalive).toBe(false)
    earshot.destroy()
  })

  it('sends person, tags, context and crumbs, scrubbed, and leaves out what it is told to', async () => {
    const { earshot, requests } = make()
    earshot.identify({ id: 'u_42', email: 'ada@example.com' })
    earshot.tag('plan', 'pro')
    earshot.tag({ apiKey: 's3cret', beta: true })
    earshot.untag('beta')
    earshot.context('cart', { items: 3, token: 'x' })
    earshot.context('gone', { a: 1 })
    earshot.context('gone', null)
    for (let count = 0; count < 40; count++) earshot.crumb(`step ${count}`, { count })
    await earshot.send({ message: 'a' })
    await earshot.send({ message: 'b', without: ['person', 'tags', 'context', 'crumbs'] })
    const [all, less] = requests.map((request) => request.submission)
    expect(all).toMatchObject({
      person: { id: 'u_42', email: 'ada@example.com' },
      tags: { plan: 'pro', apiKey: '[removed]' },
      context: { cart: { items: 3, token: '[removed]' } },
    })
    expect(all?.tags).not.toHaveProperty('beta')
    expect(all?.context).not.toHaveProperty('gone')
    expect(all?.crumbs).toHaveLength(30)
    expect(all?.crumbs?.at(-1)).toMatchObject({ message: 'step 39', data: { count: 39 } })
    expect(less?.person ?? less?.crumbs).toBeUndefined()
    expect({ ...less?.tags, ...less?.context }).toEqual({})
    earshot.destroy()
  })

  it('never alters what the person typed', async () => {
    const { earshot, requests } = make()
    const message = 'password: hunter2\r\n\u{1F600} 4111 1111 1111 1111 \u202E'
    await earshot.send({ message })
    expect(requests[0]?.submission.message).toBe(message)
    earshot.destroy()
  })

  it('lets beforeSend change, cancel, and fail', async () => {
    const { earshot, requests } = make({
      beforeSend: (submission) => ({ ...submission, message: 'changed', id: 'other' }),
    })
    const sent = await earshot.send({ message: 'a' })
    expect(requests[0]?.submission).toMatchObject({ message: 'changed', id: sent.id })
    earshot.beforeSend(() => null)
    expect((await earshot.send({ message: 'a' })).state).toBe('cancelled')
    const errors: unknown[] = []
    earshot.on('error', (error) => errors.push(error))
    earshot.beforeSend(() => {
      throw new Error('mine')
    })
    expect((await earshot.send({ message: 'a' })).state).toBe('cancelled')
    expect(errors).toEqual([new Error('mine')])
    earshot.beforeSend((submission) => ({ ...submission, message: 1n as unknown as string }))
    expect((await earshot.send({ message: 'a' })).state).toBe('cancelled')
    expect(await earshot.flush()).toBe(0)
    expect(requests).toHaveLength(1)
    earshot.destroy()
  })

  it('asks for a token at each attempt and never shows it to beforeSend', async () => {
    let asked = 0
    const seen: unknown[] = []
    const { earshot, requests } = make({
      beforeSend: (submission) => {
        seen.push(submission.token)
        return submission
      },
    })
    earshot.identify({ token: () => `token ${++asked}` })
    await earshot.send({ message: 'a' })
    await earshot.send({ message: 'b' })
    expect(requests.map((request) => request.submission.token)).toEqual(['token 1', 'token 2'])
    expect(seen).toEqual([undefined, undefined])
    earshot.destroy()
  })

  it('sends without a token when the page cannot give one', async () => {
    const { earshot, requests } = make()
    earshot.identify({ id: 'u_1', token: () => Promise.reject(new Error('offline')) })
    expect((await earshot.send({ message: 'a' })).state).toBe('stored')
    expect(requests[0]?.submission).toMatchObject({ person: { id: 'u_1' } })
    expect(requests[0]?.submission).not.toHaveProperty('token')
    earshot.destroy()
  })

  it('says what was refused and why, and tells the collector how many with the next success', async () => {
    let refusing = true
    const { earshot, requests } = make({}, (submission) => (refusing ? problem(422, 'empty') : store(submission)))
    const dropped: unknown[] = []
    earshot.on('dropped', (detail) => dropped.push(detail))
    const sent = await earshot.send({ message: 'a' })
    expect(sent).toMatchObject({ state: 'refused', problem: { code: 'empty' } })
    expect(dropped).toMatchObject([{ id: sent.id, reason: 'refused' }])
    refusing = false
    await earshot.send({ message: 'b' })
    await earshot.send({ message: 'c' })
    expect(requests.map((request) => request.submission.dropped)).toEqual([undefined, { refused: 1 }, undefined])
    earshot.destroy()
  })

  it('keeps what cannot be sent, says where, and sends it at the next flush', async () => {
    let down = true
    const { earshot, requests } = make({}, (submission) => (down ? new TypeError('down') : store(submission)))
    const sent = await earshot.send({ message: 'a' })
    expect(sent).toMatchObject({ state: 'queued', reason: 'unreachable', kept: 'page' })
    down = false
    expect(await earshot.flush()).toBe(0)
    expect(requests.map((request) => request.submission.id)).toEqual([sent.id, sent.id])
    expect(requests[1]?.submission.createdAt).toBe(requests[0]?.submission.createdAt)
    earshot.destroy()
  })

  it('drops the oldest of more than 100, and counts them', async () => {
    const { earshot } = make({}, () => new TypeError('down'))
    const dropped: string[] = []
    earshot.on('dropped', ({ id, reason }) => dropped.push(`${reason} ${id}`))
    const first = await earshot.send({ message: '0' })
    for (let count = 1; count <= 100; count++) await earshot.send({ message: String(count) })
    // The oldest may be under way again just then.
    await expect.poll(() => dropped).toEqual([`full ${first.id}`])
    earshot.destroy()
  })

  it('drops the oldest of more than 5 MB, and counts them', async () => {
    const { earshot } = make({}, () => new TypeError('down'))
    const dropped: string[] = []
    earshot.on('dropped', ({ id, reason }) => dropped.push(`${reason} ${id}`))
    const ids: string[] = []
    for (let count = 0; count < 23; count++) ids.push((await earshot.send({ message: 'x'.repeat(230_000) })).id)
    await expect.poll(() => dropped.toSorted()).toEqual([`full ${ids[0]}`, `full ${ids[1]}`].toSorted())
    expect(await earshot.flush()).toBe(21)
    earshot.destroy()
  })

  it('forgets the person at reset, after it sent what waited', async () => {
    let down = true
    const { earshot, requests } = make({}, (submission) => (down ? new TypeError('down') : store(submission)))
    earshot.identify({ id: 'u_42' })
    earshot.tag('plan', 'pro')
    await earshot.send({ message: 'a' })
    down = false
    await earshot.reset()
    expect(requests).toHaveLength(2)
    await earshot.send({ message: 'b' })
    expect(requests[2]?.submission.person).toBeUndefined()
    expect(requests[2]?.submission.tags).toEqual({})
    earshot.destroy()
  })

  it('does nothing at all when it is not enabled', async () => {
    const { earshot, requests } = make({ enabled: false })
    expect((await earshot.send({ message: 'a' })).state).toBe('cancelled')
    await earshot.reset()
    expect(await earshot.flush()).toBe(0)
    expect(requests).toEqual([])
  })
})
