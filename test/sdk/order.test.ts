import { describe, expect, it, vi } from 'vitest'
import { createEarshot } from '../../sdk/index.ts'
import type { EarshotOptions } from '../../sdk/index.ts'
import type { Submission } from '../../sdk/wire/index.ts'

/** A client in Node whose collector stores everything, unless `down`. */
function make(options: Partial<EarshotOptions> = {}) {
  const posts: Submission[] = []
  const state = { down: false }
  const fetch = async (_address: unknown, init: RequestInit = {}) => {
    if (init.method !== 'POST') throw new TypeError('unreachable')
    const submission = JSON.parse(init.body as string) as Submission
    posts.push(submission)
    if (state.down) throw new TypeError('down')
    return Response.json({ id: submission.id, reference: 'K7M4XQ2P', receivedAt: '', notes: [], edit: '' })
  }
  const earshot = createEarshot({ key: 'pub_x', endpoint: 'https://c.example', fetch, ...options })
  const dropped: string[] = []
  earshot.on('dropped', ({ id, reason }) => dropped.push(`${reason} ${id}`))
  const of = (message: string) => posts.findLast((post) => post.message === message)
  return { earshot, posts, state, dropped, of }
}

const jwt = (sub: string) => `h.${Buffer.from(JSON.stringify({ sub })).toString('base64url')}.s`

/** A promise, and what ends the wait for it. */
function gate() {
  let open = () => {}
  const opened = new Promise<void>((resolve) => (open = resolve))
  return { open, opened }
}

describe('what is said in one go', () => {
  it.each([false, true])('is said as it stood when send() was called (debug: %s)', async (debug) => {
    vi.spyOn(console, 'info').mockImplementation(() => undefined)
    const { earshot, of } = make({ debug })
    earshot.identify({ id: 'u_1', token: jwt('u_1') })
    earshot.tag({ plan: 'pro', step: 1 })
    earshot.crumb('before')
    const first = earshot.send({ message: 'first' })
    earshot.untag('plan')
    earshot.tag('step', 2)
    earshot.crumb('after')
    earshot.identify({ id: 'u_2', token: jwt('u_2') })
    await Promise.all([first, earshot.send({ message: 'second' })])
    expect(of('first')).toMatchObject({ tags: { plan: 'pro', step: 1 }, person: { id: 'u_1' } })
    expect(of('first')?.crumbs?.map(({ message }) => message)).toEqual(['before'])
    // Whoever spoke then is not here any more to prove it.
    expect(of('first')?.token).not.toBe(jwt('u_2'))
    expect(of('second')).toMatchObject({ tags: { step: 2 }, person: { id: 'u_2' }, token: jwt('u_2') })
    vi.restoreAllMocks()
    earshot.destroy()
  })

  it('after reset() without a wait is of the next person, and of them alone', async () => {
    const { earshot, of, dropped } = make()
    earshot.identify({ id: 'u_1', token: () => jwt('u_1') })
    earshot.tag('plan', 'pro')
    earshot.context('cart', { items: 1 })
    earshot.crumb('first crumb')
    const heard: string[] = []
    earshot.on('reset', () => {
      heard.push('reset')
      earshot.tag('view', 'cart')
    })
    const first = earshot.send({ message: 'first' })
    const done = earshot.reset()
    const between = earshot.send({ message: 'between' })
    earshot.identify({ id: 'u_2', token: jwt('u_2') })
    const second = earshot.send({ message: 'second' })
    expect(heard).toEqual(['reset'])
    const sent = await Promise.all([first, between, second])
    await done
    expect(sent.map(({ state }) => state)).toEqual(['stored', 'stored', 'stored'])
    expect(of('first')).toMatchObject({ person: { id: 'u_1' }, tags: { plan: 'pro' }, token: jwt('u_1') })
    for (const message of ['between', 'second']) {
      expect(of(message)).toMatchObject({ tags: { view: 'cart' }, context: {}, crumbs: [] })
      expect(of(message)?.tags).not.toHaveProperty('plan')
      expect(of(message)?.anonymousId).not.toBe(of('first')?.anonymousId)
    }
    expect([of('between')?.person, of('between')?.token]).toEqual([undefined, undefined])
    expect(of('second')).toMatchObject({ person: { id: 'u_2' }, token: jwt('u_2') })
    expect(earshot.facts().person).toEqual({ id: 'u_2' })
    expect(dropped).toEqual([])
    earshot.destroy()
  })

  it('before reset() is given up where it cannot be sent, and what is said after it is kept', async () => {
    const { earshot, state, dropped, posts, of } = make()
    state.down = true
    earshot.identify({ id: 'u_1' })
    const first = await earshot.send({ message: 'first' })
    const held = gate()
    earshot.beforeSend(async (submission) => {
      if (submission.message === 'held') await held.opened
      return submission
    })
    const holding = earshot.send({ message: 'held' })
    const done = earshot.reset()
    const after = await earshot.send({ message: 'after' })
    expect(after.state).toBe('queued')
    held.open()
    const late = await holding
    await done
    expect(of('held')?.person).toEqual({ id: 'u_1' })
    expect(dropped.toSorted()).toEqual([`reset ${first.id}`, `reset ${late.id}`].toSorted())
    state.down = false
    expect(await earshot.flush()).toBe(0)
    expect(posts.filter(({ message }) => message === 'after').length).toBeGreaterThan(1)
    expect(of('after')).toMatchObject({ id: after.id, dropped: { reset: 2 } })
    expect(of('after')).not.toHaveProperty('person')
    earshot.destroy()
  })

  it('before reset() is proved by whoever said it, however long beforeSend takes', async () => {
    const held = gate()
    const { earshot, of } = make({ beforeSend: (submission) => held.opened.then(() => submission) })
    earshot.identify({ id: 'u_1', token: async () => jwt('u_1') })
    const first = earshot.send({ message: 'first' })
    const done = earshot.reset()
    earshot.identify({ id: 'u_2', token: async () => jwt('u_2') })
    const second = earshot.send({ message: 'second' })
    held.open()
    await Promise.all([first, second, done])
    expect([of('first')?.token, of('second')?.token]).toEqual([jwt('u_1'), jwt('u_2')])
    earshot.destroy()
  })
})

describe('a token', () => {
  it('of somebody else than the speaker goes along with nothing, whatever letters their ids have', async () => {
    const { earshot, of } = make()
    let session = 'jürgen'
    earshot.identify({ id: 'jürgen', token: () => jwt(session) })
    await earshot.send({ message: 'first' })
    session = 'u_2'
    await earshot.send({ message: 'second' })
    expect(of('first')?.token).toBe(jwt('jürgen'))
    expect(of('second')).toMatchObject({ person: { id: 'jürgen' } })
    expect(of('second')).not.toHaveProperty('token')
    earshot.destroy()
  })
})
