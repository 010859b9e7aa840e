import { afterEach, describe, expect, it, vi } from 'vitest'
import { createEarshot } from '../../sdk/index.ts'
import type { EarshotEvents, Sent } from '../../sdk/index.ts'
import type { Submission } from '../../sdk/wire/index.ts'

interface Put {
  path: string
  upload: string | null
  text: string
}

/**
 * A client in Node whose collector stores, and gives tokens only for a body that it has seen first under that id. `answer`
 * says how the next PUTs are answered; a POST fails while `down`.
 */
function make(answer: (put: Put, count: number) => Response | Error = () => Response.json({}, { status: 201 })) {
  const posts: Submission[] = []
  const puts: Put[] = []
  const bodies = new Map<string, string>()
  const state = { down: false }
  const fetch = async (address: string | URL | Request, init: RequestInit = {}) => {
    const url = new URL(address as string)
    if (init.method === 'PUT') {
      const put = {
        path: url.pathname,
        upload: url.searchParams.get('upload'),
        text: await new Response(init.body).text(),
      }
      puts.push(put)
      const answered = answer(put, puts.length)
      if (answered instanceof Error) throw answered
      return answered
    }
    if (init.method !== 'POST') throw new TypeError('unreachable')
    const submission = JSON.parse(init.body as string) as Submission
    const { sentAt: _, dropped: __, ...same } = submission
    const status = bodies.has(submission.id) ? 200 : 201
    const isKnown = bodies.get(submission.id) ?? JSON.stringify(same)
    if (!state.down || posts.length === 0) bodies.set(submission.id, isKnown)
    posts.push(submission)
    if (state.down) throw new TypeError('cut off')
    const isSame = isKnown === JSON.stringify(same)
    const receipt = {
      id: submission.id,
      reference: 'K7M4XQ2P',
      receivedAt: '',
      notes: [],
      ...(isSame && { edit: 'e', upload: submission.attachments?.map((_file, n) => `token-${n}`) }),
    }
    return Response.json(receipt, { status })
  }
  const earshot = createEarshot({
    key: 'pub_x',
    endpoint: 'https://c.example',
    fetch,
  })
  const dropped: EarshotEvents['dropped'][] = []
  earshot.on('dropped', (detail) => dropped.push(detail))
  return { earshot, posts, puts, dropped, state }
}

const image = (text: string) => new Blob([text], { type: 'image/png' })

async function settle(earshot: ReturnType<typeof make>['earshot'], left = 0) {
  for (let tries = 0; tries < 50; tries++) if ((await earshot.flush()) === left) return
  throw new Error('Something still waits.')
}

afterEach(() => vi.useRealTimers())

describe('attachments', () => {
  it('are announced with the words, and uploaded after the receipt, each under its own token', async () => {
    const { earshot, posts, puts } = make()
    const sent = await earshot.send({ message: 'Look', attachments: [image('one'), image('second')] })
    expect(sent.state).toBe('stored')
    await settle(earshot)
    expect(posts[0]?.attachments).toEqual([
      { type: 'image/png', bytes: 3 },
      { type: 'image/png', bytes: 6 },
    ])
    expect(puts).toEqual([
      { path: `/v1/feedback/${sent.id}/attachments/0`, upload: 'token-0', text: 'one' },
      { path: `/v1/feedback/${sent.id}/attachments/1`, upload: 'token-1', text: 'second' },
    ])
    earshot.destroy()
  })

  it('wait for a collector that cannot take them now, and only those that are missing go again', async () => {
    const { earshot, puts, dropped } = make((put, count) =>
      put.path.endsWith('/1') && count < 4 ? new TypeError('cut off') : Response.json({}, { status: 201 }),
    )
    const sent = await earshot.send({ message: 'Look', attachments: [image('one'), image('two')] })
    expect(sent.state).toBe('stored')
    await settle(earshot)
    expect(puts.filter(({ path }) => path.endsWith('/0'))).toHaveLength(1)
    expect(puts.filter(({ path }) => path.endsWith('/1')).length).toBeGreaterThan(1)
    expect(dropped).toEqual([])
    earshot.destroy()
  })

  it('that the collector will never take are given up, said so, and counted at the next success', async () => {
    const problem = { code: 'invalid', status: 422 }
    const { earshot, posts, puts, dropped } = make(() =>
      Response.json(problem, { status: 422, headers: { 'content-type': 'application/problem+json' } }),
    )
    const sent = await earshot.send({ message: 'Look', attachments: [image('no image')] })
    await settle(earshot)
    expect(puts).toHaveLength(1)
    expect(dropped).toEqual([{ id: `${sent.id}/0`, reason: 'attachment', problem: undefined }])
    await earshot.send({ message: 'Next' })
    expect(posts.at(-1)?.dropped).toEqual({ attachment: 1 })
    earshot.destroy()
  })

  it.each([
    ["a portal's friendly page", () => new Response('<h1>Welcome</h1>', { status: 200 })],
    ["a firewall's page", () => new Response('<h1>No</h1>', { status: 403 })],
    ["somebody's JSON", () => Response.json({ ok: true })],
  ])('are not taken by %s: they wait and go again', async (_, answer) => {
    const { earshot, puts, dropped } = make((_put, count) =>
      count === 1 ? answer() : Response.json({}, { status: 201 }),
    )
    await earshot.send({ message: 'Look', attachments: [image('one')] })
    await settle(earshot)
    expect(puts.map(({ text }) => text)).toEqual(['one', 'one'])
    expect(dropped).toEqual([])
    earshot.destroy()
  })

  it('go first where they are too much, the oldest before the others, each counted, and never the words', async () => {
    const { earshot, posts, puts, dropped, state } = make()
    state.down = true
    // Nothing is tried again before all three are said.
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] })
    const sent: Sent[] = []
    for (const name of ['a', 'b', 'c']) {
      const attachments = [image(name.repeat(1_500_000)), image(name.repeat(600_000))]
      sent.push(await earshot.send({ message: name, attachments }))
    }
    await expect.poll(() => dropped).toHaveLength(2)
    expect(dropped.map(({ id, reason }) => `${reason} ${id}`)).toEqual(
      [0, 1].map((n) => `attachment ${sent[0]?.id}/${n}`),
    )
    vi.useRealTimers()
    state.down = false
    await settle(earshot)
    expect(puts.map(({ text }) => text[0])).toEqual(['b', 'b', 'c', 'c'])
    const stored = posts.slice(3).map(({ message, dropped: told }) => [message, told])
    // The first was stored before its answer was lost, so that its repeat tells nobody; the second does.
    expect(stored.slice(0, 3)).toEqual([
      ['a', { attachment: 2 }],
      ['b', { attachment: 2 }],
      ['c', undefined],
    ])
    earshot.destroy()
  })

  it('that `beforeSend` takes out are neither announced nor uploaded', async () => {
    const { earshot, posts, puts } = make()
    earshot.beforeSend((submission) => ({ ...submission, attachments: undefined }))
    await earshot.send({ message: 'Look', attachments: [image('one')] })
    await settle(earshot)
    expect(posts[0]).not.toHaveProperty('attachments')
    expect(puts).toEqual([])
    earshot.destroy()
  })
})

describe('amending a survey', () => {
  const answers = (...values: number[]) => ({
    id: 'nps',
    version: 1,
    answers: values.map((value, at) => ({ question: `q${at}`, value })),
  })

  it('goes under the same id with the token of the first receipt', async () => {
    const { earshot, posts } = make()
    const { id, receipt } = await earshot.send({ survey: answers(9) })
    await earshot.send({ id, revision: 1, edit: receipt?.edit, survey: answers(9, 4) })
    expect(posts).toHaveLength(2)
    expect(posts[1]).toMatchObject({ id, revision: 1, edit: 'e', survey: answers(9, 4) })
    earshot.destroy()
  })

  it('waits behind a first answer that has not arrived, and takes its token from that receipt', async () => {
    const { earshot, posts, state } = make()
    state.down = true
    const { id, state: first } = await earshot.send({ survey: answers(9) })
    expect(first).toBe('queued')
    const second = await earshot.send({ id, revision: 1, survey: answers(9, 4) })
    expect(second.state).toBe('queued')
    await earshot.send({ id, revision: 2, survey: answers(9, 4, 2) })
    state.down = false
    await settle(earshot)
    const [told, amended] = posts.slice(-2)
    // The first body again, untouched, since only that one is given the token; then the newest answers.
    expect(told).toMatchObject({ id, survey: answers(9) })
    expect(told).not.toHaveProperty('revision')
    expect(amended).toMatchObject({ id, revision: 2, edit: 'e', survey: answers(9, 4, 2) })
    earshot.destroy()
  })
})
