import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { WebhookPayload } from '../../sdk/wire/index.ts'
import { redactItem } from '../../worker/storage/redact.ts'
import { findWhole } from '../../worker/storage/revise.ts'
import type { ItemBody } from '../../worker/storage/row.ts'
import { updateWebhook } from '../../worker/storage/webhooks.ts'
import { type Receiver, startReceiver } from '../support/receiver.ts'
import { type Desk, openDesk } from './desk.ts'

let desk: Desk
let receiver: Receiver
beforeEach(async () => {
  ;[desk, receiver] = await Promise.all([openDesk(), startReceiver()])
})
afterEach(() => receiver.stop())

/** What was told, in its order: events without their prefix, and whose. */
const told = () =>
  receiver.received.map(({ body }) => {
    const { type, data } = JSON.parse(body) as WebhookPayload
    return 'feedback' in data ? `${type.slice('feedback.'.length)} ${data.feedback.id}` : type
  })

describe('what webhooks are told of', () => {
  it('is each item once as created, each later change once, and its end', async () => {
    await desk.listen({ url: receiver.url })
    const id = await desk.say()
    await desk.tick()
    await desk.tick()
    await desk.triage(id, { status: 'open' })
    await desk.tick()
    await desk.triage(id, { status: 'done' })
    await desk.tick()
    await desk.erase(id)
    await desk.tick()
    expect(told()).toEqual([`created ${id}`, `updated ${id}`, `updated ${id}`, `deleted ${id}`])
  })

  it('is created, however much happened to the item before anybody looked', async () => {
    await desk.listen({ url: receiver.url })
    const id = await desk.say()
    await desk.triage(id, { status: 'open' })
    await desk.triage(id, { labels: ['ux'] })
    await desk.tick()
    expect(told()).toEqual([`created ${id}`])
    const { data } = JSON.parse(receiver.received[0]?.body ?? '') as WebhookPayload
    expect(data).toMatchObject({ feedback: { status: 'open', labels: ['ux'] } })
  })

  it('is nothing that was there before, but what happens to it', async () => {
    const id = await desk.say()
    const { id: webhook } = await desk.listen({ url: receiver.url })
    await desk.tick()
    expect(await desk.deliveries(webhook)).toEqual([])
    await desk.triage(id, { status: 'open' })
    await desk.tick()
    expect(told()).toEqual([`updated ${id}`])
  })

  it('is nothing that was imported or restored, but what happens to it', async () => {
    await desk.listen({ url: receiver.url })
    const id = await desk.say({ quiet: true })
    const spam = await desk.say({ quiet: true, spam: true })
    await desk.tick()
    await desk.triage(spam, { spam: false })
    await desk.tick()
    await desk.triage(id, { status: 'open' })
    await desk.tick()
    expect(told()).toEqual([`updated ${spam}`, `updated ${id}`])
  })

  it('is no spam until it is taken out of the tray', async () => {
    await desk.listen({ url: receiver.url })
    const [id, other] = [await desk.say({ spam: true }), await desk.say({ spam: true })]
    await desk.tick()
    await desk.triage(id, { labels: ['odd'] })
    await desk.tick()
    await desk.erase(other)
    await desk.tick()
    expect(told()).toEqual([])
    await desk.triage(id, { spam: false })
    await desk.tick()
    await desk.triage(id, { status: 'open' })
    await desk.tick()
    expect(told()).toEqual([`created ${id}`, `updated ${id}`])
    expect(desk.sqlite.prepare('SELECT count(*) AS n FROM withheld').get()).toEqual({ n: 0 })
  })

  it('is nothing of an item that became spam before its message went out, until it is out of the tray', async () => {
    const { id: webhook } = await desk.listen({ url: receiver.url })
    receiver.answer = 500
    const id = await desk.say()
    await desk.tick()
    await desk.triage(id, { spam: true })
    receiver.answer = 204
    desk.outside.at += 6_000
    await desk.tick()
    expect((await desk.deliveries(webhook)).map(({ state }) => state)).toEqual(['dropped'])
    await desk.triage(id, { spam: false })
    await desk.tick()
    expect(told()).toEqual([`created ${id}`, `created ${id}`])
  })

  it('is what a filter selects, by facets and by words, as a list would', async () => {
    const found = [
      'kind=bug&label=ux',
      'tag.plan=pro',
      'not.kind=bug',
      'q=refund',
      'q=-refund&kind=bug',
      'environment=staging',
    ]
    const listening = new Map<string, Receiver>()
    for (const filter of found) {
      const one = await startReceiver()
      listening.set(filter, one)
      await desk.listen({ url: one.url, filter, events: ['feedback.created'] })
    }
    const ids = {
      ux: await desk.say({ labels: ['ux'] }),
      pro: await desk.say({ tags: { plan: 'pro' } }),
      idea: await desk.say({ kind: 'idea', message: 'Refunds in one click' }),
      refund: await desk.say({ message: 'I want a refund' }),
      staging: await desk.say({ environment: 'staging', labels: ['ux'], kind: 'idea' }),
    }
    await desk.tick()
    const nameOf = (id: string) => Object.entries(ids).find(([, one]) => one === id)?.[0]
    const got = [...listening].map(([filter, { received }]) => {
      const items = received.map(
        ({ body }) => (JSON.parse(body) as { data: { feedback: { id: string } } }).data.feedback.id,
      )
      return [filter, items.map(nameOf)]
    })
    expect(Object.fromEntries(got)).toEqual({
      'kind=bug&label=ux': ['ux'],
      'tag.plan=pro': ['pro'],
      'not.kind=bug': ['idea'],
      'q=refund': ['idea', 'refund'],
      'q=-refund&kind=bug': ['ux', 'pro'],
      'environment=staging': ['staging'],
    })
    await Promise.all([...listening.values()].map((one) => one.stop()))
  })

  it('is nothing while a webhook is off, and what waited for it once it is on', async () => {
    const { id: webhook } = await desk.listen({ url: receiver.url })
    receiver.answer = 500
    const before = await desk.say()
    await desk.tick()
    const record = await desk.webhook(webhook)
    if (record === null) throw new Error('gone')
    await updateWebhook(desk.db, record, { ...record, state: 'off' }, desk.outside.now())
    receiver.received.length = 0
    receiver.answer = 204
    await desk.say()
    await desk.tick()
    await desk.pass(3_600_000, 60_000)
    expect(told()).toEqual([])
    await updateWebhook(desk.db, record, { ...record, state: 'on' }, desk.outside.now())
    const after = await desk.say()
    await desk.tick()
    expect(told()).toEqual([`created ${before}`, `created ${after}`])
  })

  it('is of the project alone whose it is', async () => {
    await desk.listen({ url: receiver.url })
    await desk.say({ project: 'another' })
    await desk.tick()
    expect(told()).toEqual([])
  })

  it('keeps nothing that a receiver answered of what is blacked out', async () => {
    const { id: webhook } = await desk.listen({ url: receiver.url })
    receiver.answer = (response) => response.writeHead(422).end('cannot take: It broke')
    const id = await desk.say()
    await desk.tick()
    expect(JSON.stringify(await desk.deliveries(webhook))).toContain('It broke')
    const row = await findWhole(desk.db, desk.project, id)
    if (row === null) throw new Error('gone')
    const body = JSON.parse(row.body) as ItemBody
    const black = { body, message: 'It █████', person: null, account: null }
    expect(await redactItem(desk.db, row, black, desk.outside.now())).toBe(true)
    const [delivery] = await desk.deliveries(webhook)
    expect(delivery?.attempts).toMatchObject([{ status: 422, error: 'status', detail: null }])
    // What is sent later is what it says now.
    receiver.received.length = 0
    receiver.answer = 204
    await desk.pass(10_000, 1_000)
    expect(receiver.received[0]?.body).toContain('It █████')
  })

  it('goes with an item that is deleted', async () => {
    const { id: webhook } = await desk.listen({ url: receiver.url })
    receiver.answer = (response) => response.writeHead(422).end('cannot take: It broke')
    const id = await desk.say()
    await desk.tick()
    expect(JSON.stringify(await desk.deliveries(webhook))).toContain('It broke')
    await desk.erase(id)
    receiver.answer = 204
    await desk.pass(3_600_000, 60_000)
    await desk.tick()
    const left = await desk.deliveries(webhook)
    expect(left.map(({ event, state }) => [event, state])).toEqual([['feedback.deleted', 'delivered']])
    expect(JSON.stringify(left)).not.toContain('It broke')
  })
})

describe('a failing call to the database', () => {
  it('loses no message, and doubles have the same webhook-id', async () => {
    await desk.listen({ url: receiver.url })
    const standing = await desk.say()
    let n = 0
    for (let isCutOff = true; isCutOff;) {
      await desk.tick()
      receiver.received.length = 0
      await desk.triage(standing, { status: `s${++n}` })
      const ids = [await desk.say(), await desk.say()]
      let calls = 0
      isCutOff = false
      desk.before = () => {
        if (++calls !== n) return
        isCutOff = true
        throw new Error('D1_ERROR: Network connection lost.')
      }
      await desk.tick().catch(() => undefined)
      desk.before = null
      // A lease that nobody gave back ends by itself.
      desk.sqlite.exec('UPDATE consumer SET lease = NULL, lease_until = 0')
      desk.outside.at += 91_000
      await desk.tick()
      // Whoever drops what has an id that was there before has each once.
      const messages = new Map(receiver.received.map(({ headers, body }) => [headers['webhook-id'], body]))
      const events = [...messages.values()].map((body) => {
        const { type, data } = JSON.parse(body) as WebhookPayload
        return `${type} ${'feedback' in data ? data.feedback.id : ''}`
      })
      const wanted = [...ids.map((id) => `feedback.created ${id}`), `feedback.updated ${standing}`]
      expect([n, events.toSorted()]).toEqual([n, wanted])
    }
    expect(n).toBeGreaterThan(12)
  })
})
