import { Webhook as Standard } from 'standardwebhooks'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createClient, unwrap, verifyWebhook } from '../../sdk/server/index.ts'
import type { CreatedWebhook, Webhook, WebhookPayload } from '../../sdk/wire/index.ts'
import { type Receiver, startReceiver } from '../support/receiver.ts'
import { newId, problemOf, startSystem, type System } from '../support/system.ts'

// The built worker with real receivers on this machine, which its setting allows.
let system: System
let earshot: ReturnType<typeof createClient>
const receivers: Receiver[] = []
beforeAll(async () => {
  system = await startSystem('Webhooks & <Co>')
  earshot = createClient({ endpoint: system.origin, key: system.secretKey })
})
afterAll(() => Promise.all(receivers.map((one) => one.stop())))

const listen = async (answer?: Receiver['answer']) => {
  const receiver = await startReceiver(answer)
  receivers.push(receiver)
  return receiver
}
const post = (path: string, body: object = {}, method = 'POST') =>
  system.call(path, { method, headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) })
const say = async (message: string, more: object = {}) => {
  const id = newId()
  expect((await system.submit({ id, kind: 'bug', message, ...more })).status).toBe(201)
  return id
}
const payloads = ({ received }: Receiver) => received.map(({ body }) => JSON.parse(body) as WebhookPayload)
const eventually = { timeout: 20_000 }

describe('a signed webhook', () => {
  it('is told at once of what was said, so that anybody’s library verifies it, and of nothing imported', async () => {
    const receiver = await listen()
    const { id, secret } = unwrap(
      await earshot.webhooks.create({
        type: 'signed',
        name: 'Ours',
        url: receiver.url,
        events: ['feedback.created', 'feedback.updated', 'feedback.deleted'],
      }),
    )
    const [{ result } = { result: '' }] = await system.importLines([{ id: newId(), message: 'from elsewhere' }])
    expect(result).toBe('stored')
    const item = await say('The export is empty', { person: { name: 'Ada' } })
    await expect.poll(() => receiver.received.length, eventually).toBe(1)
    const [got] = receiver.received
    const headers = got?.headers as Record<string, string>
    expect(new Standard(secret ?? '').verify(got?.body ?? '', headers)).toMatchObject({ type: 'feedback.created' })
    const message = await verifyWebhook(got?.body ?? '', headers, secret ?? '')
    expect(message).toMatchObject({
      type: 'feedback.created',
      data: {
        project: system.project,
        feedback: { id: item, message: 'The export is empty', person: { name: 'Ada' } },
        cut: [],
        url: `${system.origin}/console/inbox?project=${system.project}&item=${item}`,
      },
    })
    // The link to the item is one that the key reads.
    const apiUrl = 'apiUrl' in message.data ? message.data.apiUrl : ''
    expect(await (await system.call(apiUrl.slice(system.origin.length))).json()).toMatchObject({ id: item })

    await post(`/v1/feedback/${item}`, { status: 'open' }, 'PATCH')
    await expect.poll(() => receiver.received.length, eventually).toBe(2)
    await system.call(`/v1/feedback/${item}`, { method: 'DELETE' })
    await expect.poll(() => receiver.received.length, eventually).toBe(3)
    expect(payloads(receiver).map(({ type }) => type)).toEqual([
      'feedback.created',
      'feedback.updated',
      'feedback.deleted',
    ])
    // What was told of the item went with it.
    const { items } = unwrap(await earshot.webhooks.deliveries(id))
    expect(items.map(({ event, state, feedback }) => [event, state, feedback])).toEqual([
      ['feedback.deleted', 'delivered', item],
    ])
    unwrap(await earshot.webhooks.delete(id))
    expect((await earshot.webhooks.get(id)).ok).toBe(false)
  })

  it('shows its secret once, is signed with two after a rotation, and its list gives a hint only', async () => {
    const receiver = await listen()
    const made = unwrap(await earshot.webhooks.create({ type: 'signed', name: 'Rotating', url: receiver.url }))
    const turned = unwrap(await earshot.webhooks.rotate(made.id))
    expect([made.secret, turned.secret].map((secret) => /^whsec_[A-Za-z0-9+/]{43}=$/.test(secret ?? ''))).toEqual([
      true,
      true,
    ])
    const shown = JSON.stringify([await earshot.webhooks.list(), await earshot.webhooks.get(made.id)])
    for (const { secret } of [made, turned]) expect(shown).not.toContain(secret?.slice(12))
    expect(shown).toContain(`${turned.secret?.slice(0, 10)}…`)
    expect(turned.rotatingUntil).not.toBeNull()
    const test = unwrap(await earshot.webhooks.test(made.id))
    expect(test).toMatchObject({ event: 'ping', state: 'delivered', attempts: [{ status: 204, error: null }] })
    const [got] = receiver.received
    for (const { secret } of [made, turned]) {
      const verified = await verifyWebhook(got?.body ?? '', got?.headers ?? {}, secret ?? '')
      expect(verified).toMatchObject({ id: test.id, type: 'ping' })
    }
    unwrap(await earshot.webhooks.delete(made.id))
    const log = await (await system.call('/v1/audit?action=webhook')).text()
    for (const { secret } of [made, turned]) expect(log).not.toContain(secret?.slice(12))
    for (const action of ['webhook.create', 'webhook.rotate', 'webhook.test', 'webhook.delete']) {
      expect(log).toContain(action)
    }
  })

  it('shows every attempt, and sends again what failed', async () => {
    const receiver = await listen((response) => response.writeHead(503).end('not today'))
    const { id } = unwrap(await earshot.webhooks.create({ type: 'signed', name: 'Down', url: receiver.url }))
    const item = await say('Is anybody there?')
    // The second one comes by itself, after five seconds.
    await expect.poll(() => receiver.received.length, eventually).toBe(2)
    const waiting = async () => unwrap(await earshot.webhooks.deliveries(id, { state: 'pending' })).items
    await expect.poll(async () => (await waiting())[0]?.attempts.length, eventually).toBe(2)
    const [delivery] = await waiting()
    expect(delivery).toMatchObject({
      feedback: item,
      attempts: [
        { status: 503, error: 'status', detail: 'not today' },
        { status: 503, error: 'status', detail: 'not today' },
      ],
    })
    expect(unwrap(await earshot.webhooks.get(id))).toMatchObject({ waiting: { count: 1, exact: true }, state: 'on' })
    receiver.answer = 200
    unwrap(await earshot.webhooks.resend(id, delivery?.id ?? ''))
    await expect
      .poll(async () => unwrap(await earshot.webhooks.deliveries(id)).items[0]?.state, eventually)
      .toBe('delivered')
    expect(new Set(receiver.received.map(({ headers }) => headers['webhook-id']))).toEqual(new Set([delivery?.id]))
    expect(await earshot.webhooks.resendFailed(id)).toEqual({ ok: true, value: { count: 0 } })
    unwrap(await earshot.webhooks.delete(id))
  })

  it('that hangs or redirects holds up neither receipts nor others', async () => {
    const [slow, elsewhere, quick] = [await listen(() => undefined), await listen(), await listen()]
    const moved = await listen((response) => response.writeHead(302, { location: elsewhere.url }).end())
    const made: CreatedWebhook[] = []
    for (const { url } of [slow, moved, quick]) {
      made.push(unwrap(await earshot.webhooks.create({ type: 'signed', name: url, url })))
    }
    const ids = [await say('one'), await say('two'), await say('three')]
    await expect.poll(() => quick.received.length, eventually).toBe(ids.length)
    expect(slow.received.length).toBe(1)
    await expect.poll(() => moved.received.length, eventually).toBeGreaterThan(0)
    expect(elsewhere.received).toEqual([])
    await slow.stop()
    for (const { id } of made) unwrap(await earshot.webhooks.delete(id))
  })

  it('is turned off by 410, says so, and is told of nothing until it is on again', async () => {
    const receiver = await listen(410)
    const { id } = unwrap(await earshot.webhooks.create({ type: 'signed', name: 'Leaving', url: receiver.url }))
    await say('Goodbye')
    const state = async () => unwrap(await earshot.webhooks.get(id))
    await expect.poll(async () => (await state()).state, eventually).toBe('off')
    expect(await state()).toMatchObject({ off: { reason: 'gone' } })
    expect((await state()).notice).toMatch(/answered 410 Gone/)
    expect(await (await system.call('/v1/audit?actor=system')).text()).toContain('its receiver answered 410')
    expect((await problemOf(await post(`/v1/webhooks/${id}/resend`))).code).toBe('conflict')
    await say('Missed')
    receiver.answer = 204
    expect(unwrap(await earshot.webhooks.update(id, { state: 'on' }))).toMatchObject({ off: null, notice: null })
    await expect.poll(() => receiver.received.length, eventually).toBe(2)
    expect(receiver.received[1]?.body).toContain('Goodbye')
    unwrap(await earshot.webhooks.delete(id))
  })
})

describe('a Slack-compatible webhook', () => {
  it('is one a project, is never shown whole, and writes what a person likes to read', async () => {
    const receiver = await listen((response) => response.end('ok'))
    const url = receiver.url.replace('/hook', '/services/T000/B000/abcdefghijklmnop')
    const made = unwrap(await earshot.webhooks.create({ type: 'slack', name: 'Team', url }))
    expect(made).toMatchObject({ secret: null, secretHint: null, events: ['feedback.created'] })
    expect((await problemOf(await post('/v1/webhooks', { type: 'slack', name: 'Two', url }))).code).toBe('conflict')
    expect((await problemOf(await post(`/v1/webhooks/${made.id}/secret`))).status).toBe(422)
    await say('<!channel> it *broke*', { rating: { scale: 'stars', value: 2 } })
    await expect.poll(() => receiver.received.length, eventually).toBe(1)
    const message = JSON.parse(receiver.received[0]?.body ?? '') as { text: string; blocks: object[] }
    expect(message.text).toContain('2 of 5 stars')
    expect(message.text).toContain('&lt;!channel&gt;')
    expect(JSON.stringify(message)).not.toContain('<!channel> it *broke*"}}')
    expect(JSON.stringify(message.blocks)).toContain('"plain_text","text":"<!channel> it *broke*"')
    const seen = [
      await (await system.call('/v1/webhooks')).text(),
      await (await system.call(`/v1/webhooks/${made.id}/deliveries`)).text(),
      await (await system.call('/v1/audit')).text(),
      JSON.stringify(made),
    ].join()
    expect(seen).not.toContain('abcdefgh')
    expect(seen).toContain('…mnop')
    unwrap(await earshot.webhooks.delete(made.id))
  })
})

describe('a webhook that cannot be', () => {
  const good = { type: 'signed', name: 'X', url: 'https://example.com/hook' }
  const wrong: [what: string, body: object, path: string][] = [
    ['http', { ...good, url: 'http://example.com/' }, 'url'],
    ['a private address', { ...good, url: 'https://10.0.0.1/' }, 'url'],
    ['a private address in disguise', { ...good, url: 'https://0xa9fea9fe/' }, 'url'],
    ['a name of the neighbourhood', { ...good, url: 'https://db.internal/' }, 'url'],
    ['a password', { ...good, url: 'https://me:pass@example.com/' }, 'url'],
    ['an unknown event', { ...good, events: ['feedback.liked'] }, 'events.0'],
    ['no event', { ...good, events: [] }, 'events'],
    ['events of Slack', { ...good, type: 'slack', events: ['feedback.updated'] }, 'events'],
    ['an unknown field', { ...good, secret: 'whsec_mine' }, 'secret'],
    ['no name', { ...good, name: ' ' }, 'name'],
    ['spam', { ...good, filter: 'spam=with' }, 'filter'],
    ['a cursor', { ...good, filter: 'kind=bug&cursor=x' }, 'filter'],
  ]
  it.each(wrong)('is refused with what is wrong: %s', async (_what, body, path) => {
    const problem = await problemOf(await post('/v1/webhooks', body))
    expect(problem).toMatchObject({ status: 422, code: 'invalid' })
    expect(problem.issues?.[0]?.path).toBe(path)
  })

  it('has a filter that no list has', async () => {
    expect(await problemOf(await post('/v1/webhooks', { ...good, filter: 'colour=red' }))).toMatchObject({
      status: 400,
      code: 'unknown-filter',
    })
    const kept = (await (
      await post('/v1/webhooks', { ...good, filter: '?kind=bug&sort=newest&group=kind' })
    ).json()) as Webhook
    expect(kept.filter).toBe('kind=bug')
    unwrap(await earshot.webhooks.delete(kept.id))
  })

  it('has no deliveries, and a delivery that is not there is not sent', async () => {
    const nobody = crypto.randomUUID()
    for (const path of [nobody, `${nobody}/deliveries`, `${nobody}/deliveries/msg_1_0_1`]) {
      expect((await problemOf(await system.call(`/v1/webhooks/${path}`))).code).toBe('not-found')
    }
    const { id } = unwrap(await earshot.webhooks.create({ ...good, type: 'signed' }))
    const at = `/v1/webhooks/${id}/deliveries`
    expect((await problemOf(await system.call(`${at}/rubbish`))).code).toBe('not-found')
    expect((await problemOf(await post(`${at}/msg_1_0_1/resend`))).code).toBe('not-found')
    expect((await problemOf(await system.call(`${at}?state=lost`))).code).toBe('bad-filter')
    expect((await problemOf(await system.call(`${at}?cursor=x`))).code).toBe('bad-cursor')
    expect((await problemOf(await system.call(`${at}?colour=red`))).code).toBe('unknown-filter')
    unwrap(await earshot.webhooks.delete(id))
  })
})
