import { Webhook as Standard } from 'standardwebhooks'
import { Webhook as Svix } from 'svix'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { WebhookPayload } from '../../sdk/wire/index.ts'
import { delayAfter, retryDelays } from '../../worker/deliver/schedule.ts'
import { makeWebhookSecret } from '../../worker/deliver/sign.ts'
import { sendDue } from '../../worker/jobs/send.ts'
import { sendTest } from '../../worker/jobs/sending.ts'
import { resendDelivery, resendFailed } from '../../worker/storage/deliveries.ts'
import { rotateSecret } from '../../worker/storage/webhooks.ts'
import { type Received, type Receiver, startReceiver } from '../support/receiver.ts'
import { day, type Desk, openDesk } from './desk.ts'

const minute = 60_000
let desk: Desk
let receiver: Receiver
beforeEach(async () => {
  ;[desk, receiver] = await Promise.all([openDesk(), startReceiver()])
})
afterEach(() => receiver.stop())

const idsOf = (received: readonly Received[]) => received.map(({ headers }) => String(headers['webhook-id']))
const verifies = (verifier: Standard | Svix, { body, headers }: Received) => {
  try {
    return verifier.verify(body, headers as Record<string, string>)
  } catch (error) {
    return error
  }
}

describe('a message', () => {
  it('is verified by other people’s libraries, and by nobody once a character differs', async () => {
    const { secret } = await desk.listen({ url: receiver.url })
    const id = await desk.say({ message: 'Ünïcode “quotes” 東京 \u2028 and \\ more' })
    await desk.tick()
    const [got] = receiver.received as [Received]
    expect(verifies(new Standard(secret), got)).toMatchObject({ type: 'feedback.created', data: { feedback: { id } } })
    for (const verifier of [new Standard(secret), new Svix(secret)]) {
      // Svix gives nothing back, and throws what is wrong.
      expect(verifies(verifier, got)).not.toBeInstanceOf(Error)
      for (const broken of [
        { ...got, body: got.body.replace('東', '西') },
        { ...got, headers: { ...got.headers, 'webhook-id': 'msg_other' } },
        {
          ...got,
          headers: { ...got.headers, 'webhook-timestamp': String(Number(got.headers['webhook-timestamp']) + 1) },
        },
      ]) {
        expect(verifies(verifier, broken)).toBeInstanceOf(Error)
      }
    }
    expect(verifies(new Standard(makeWebhookSecret(new Uint8Array(32).fill(7))), got)).toBeInstanceOf(Error)
    expect(got.headers['webhook-signature']).toMatch(/^v1,[A-Za-z0-9+/]{43}=$/)
  })

  it('keeps its id over attempts, with a timestamp of each', async () => {
    const { id: webhook } = await desk.listen({ url: receiver.url })
    receiver.answer = 500
    await desk.say()
    await desk.tick()
    await desk.pass(10_000, 1_000)
    const [first, second] = receiver.received
    expect(receiver.received.length).toBe(2)
    expect(new Set(idsOf(receiver.received)).size).toBe(1)
    expect(Number(second?.headers['webhook-timestamp']) - Number(first?.headers['webhook-timestamp'])).toBe(5)
    expect((await desk.deliveries(webhook))[0]?.id).toBe(idsOf(receiver.received)[0])
  })

  it('is signed with both secrets for a day after a rotation, also where it comes between two attempts', async () => {
    const { id, secret } = await desk.listen({ url: receiver.url })
    receiver.answer = 500
    await desk.say()
    await desk.tick()
    const record = await desk.webhook(id)
    if (record === null) throw new Error('gone')
    const fresh = makeWebhookSecret(crypto.getRandomValues(new Uint8Array(32)))
    const now = desk.outside.now()
    await rotateSecret(desk.db, record, fresh, now, now + day)
    receiver.answer = 204
    await desk.pass(10_000, 1_000)
    const [before, after] = receiver.received as [Received, Received]
    expect(verifies(new Standard(secret), before)).not.toBeInstanceOf(Error)
    expect(verifies(new Standard(fresh), before)).toBeInstanceOf(Error)
    for (const one of [secret, fresh]) expect(verifies(new Standard(one), after)).not.toBeInstanceOf(Error)
    desk.outside.at += day
    await desk.say()
    await desk.tick()
    expect(receiver.received.at(-1)?.headers['webhook-signature']).not.toContain(' ')
  })
})

describe('a receiver that fails', () => {
  it('is tried ten times by the schedule, and then given up', async () => {
    const { id } = await desk.listen({ url: receiver.url })
    const times: number[] = []
    receiver.answer = (response) => {
      times.push(desk.outside.now())
      response.writeHead(500).end('no')
    }
    await desk.say()
    await desk.follow()
    await desk.send()
    for (const delay of retryDelays) {
      desk.outside.at += delay - 1
      await desk.send()
      expect(times.length, 'not a moment early').toBe(retryDelays.indexOf(delay) + 1)
      desk.outside.at += 1
      await desk.send()
    }
    expect(times.slice(1).map((time, i) => time - (times[i] ?? 0))).toEqual([
      5_000,
      5 * minute,
      30 * minute,
      120 * minute,
      300 * minute,
      600 * minute,
      840 * minute,
      1_200 * minute,
      1_440 * minute,
    ])
    await desk.pass(10 * day, day)
    const [delivery] = await desk.deliveries(id)
    expect(delivery).toMatchObject({ state: 'failed', nextAttemptAt: null })
    expect(delivery?.attempts.length).toBe(10)
    expect(delivery?.attempts[9]).toMatchObject({ status: 500, error: 'status', detail: 'no' })
    expect(await desk.webhook(id)).toMatchObject({ failed: 1, waiting: 0 })
  })

  it('is tried a little earlier or later, and not before it asks to be', () => {
    for (const [i, delay] of retryDelays.entries()) {
      expect(delayAfter(i + 1, 0)).toBeCloseTo(delay * 0.9)
      expect(delayAfter(i + 1, 1)).toBeCloseTo(delay * 1.1)
    }
    expect(delayAfter(10, 0.5)).toBeNull()
    expect(delayAfter(1, 0.5, 60_000)).toBe(60_000)
    expect(delayAfter(3, 0.5, 60_000)).toBe(30 * minute)
    expect(delayAfter(1, 0.5, 99 * day)).toBe(day)
  })

  it('gets everything, each once, soon after a day in which it was down', async () => {
    const { id } = await desk.listen({ url: receiver.url, events: ['feedback.created'] })
    receiver.answer = 503
    const ids: string[] = []
    for (let hour = 0; hour < 24; hour += 2) {
      ids.push(await desk.say(), await desk.say())
      await desk.tick()
      await desk.pass(120 * minute, 40 * minute)
    }
    receiver.received.length = 0
    receiver.answer = 204
    await desk.say().then((last) => ids.push(last))
    await desk.tick()
    await desk.pass(10 * minute, minute)
    const got = receiver.received.map(
      ({ body }) => (JSON.parse(body) as { data: { feedback: { id: string } } }).data.feedback.id,
    )
    expect(got.toSorted()).toEqual(ids.toSorted())
    expect((await desk.deliveries(id)).every(({ state }) => state === 'delivered')).toBe(true)
    expect(await desk.webhook(id)).toMatchObject({ state: 'on', failures: 0, failingSince: null })
  })

  it('is asked now and then while it is down, however much waits', async () => {
    await desk.listen({ url: receiver.url })
    receiver.answer = 503
    for (let i = 0; i < 40; i++) await desk.say()
    await desk.tick()
    expect(receiver.received.length).toBe(3)
    await desk.pass(10 * minute, 15_000)
    expect(receiver.received.length).toBeLessThanOrEqual(3 + 20)
  })

  it('is turned off when it answers 410, and after five days in which it took nothing', async () => {
    const gone = await startReceiver(410)
    const [a, b] = [await desk.listen({ url: gone.url }), await desk.listen({ url: receiver.url })]
    receiver.answer = 500
    await desk.say()
    await desk.tick()
    expect(await desk.webhook(a.id)).toMatchObject({ state: 'off', offReason: 'gone' })
    for (let hours = 0; hours < 119; hours += 7) {
      await desk.say()
      await desk.follow()
      await desk.pass(7 * 60 * minute, 210 * minute)
      if (hours < 112) expect(await desk.webhook(b.id)).toMatchObject({ state: 'on' })
    }
    await desk.say()
    await desk.follow()
    await desk.pass(5 * 60 * minute, 60 * minute)
    expect(await desk.webhook(b.id)).toMatchObject({ state: 'off', offReason: 'failing' })
    const before = receiver.received.length
    await desk.say()
    await desk.tick()
    await desk.pass(day, 60 * minute)
    expect([gone.received.length, receiver.received.length]).toEqual([1, before])
    await gone.stop()
  })

  it('holds up other messages no longer than it asks', async () => {
    const { id } = await desk.listen({ url: receiver.url })
    receiver.answer = (response) => response.writeHead(429, { 'retry-after': '600' }).end()
    await desk.say()
    await desk.tick()
    await desk.say()
    await desk.follow()
    await desk.pass(9 * minute, 15_000)
    expect(receiver.received.length).toBe(1)
    receiver.answer = 204
    await desk.pass(2 * minute, 15_000)
    expect((await desk.deliveries(id)).map(({ state }) => state)).toEqual(['delivered', 'delivered'])
  })

  it('that took it and was not heard gets it again under the same id', async () => {
    await desk.listen({ url: receiver.url })
    receiver.answer = (response) => response.socket?.destroy()
    await desk.say()
    await desk.tick()
    receiver.answer = 204
    await desk.pass(10_000, 1_000)
    expect(receiver.received.length).toBe(2)
    expect(new Set(idsOf(receiver.received)).size).toBe(1)
  })
})

describe('sending', () => {
  it('waits for nobody who is slow: the others have theirs meanwhile', async () => {
    const slow = await Promise.all(Array.from({ length: 3 }, () => startReceiver(() => undefined)))
    for (const { url } of slow) await desk.listen({ url })
    await desk.listen({ url: receiver.url })
    const ids = await Promise.all(Array.from({ length: 12 }, () => desk.say()))
    await desk.follow()
    const sending = desk.send()
    // The slow ones have not been answered, or given up: nothing of theirs has ended.
    await expect.poll(() => receiver.received.length, { timeout: 20_000 }).toBe(ids.length)
    await expect.poll(() => slow.map(({ received }) => received.length)).toEqual([1, 1, 1])
    await Promise.all(slow.map((one) => one.stop()))
    await sending
  })

  it('is one sender’s at a time, however many begin, and loses none that comes meanwhile', async () => {
    await desk.listen({ url: receiver.url })
    let open = 0
    let most = 0
    receiver.answer = (response) => {
      most = Math.max(most, ++open)
      setTimeout(() => {
        open--
        response.writeHead(204).end()
      }, 5)
    }
    const senders: Promise<void>[] = []
    for (let i = 0; i < 15; i++) {
      await desk.say()
      await desk.follow()
      senders.push(desk.send())
    }
    await Promise.all(senders)
    expect(receiver.received.length).toBe(15)
    expect(new Set(idsOf(receiver.received)).size).toBe(15)
    expect(most).toBeLessThanOrEqual(6)
  })

  it('goes on by the second attempt within a poke, and ends where its time or its number is up', async () => {
    await desk.listen({ url: receiver.url })
    receiver.answer = 500
    await desk.say()
    await desk.follow()
    await sendDue(desk.db, desk.outside, { forMs: 12_000, most: 100 })
    expect(receiver.received.length).toBe(2)
    expect(desk.outside.slept).toEqual([5_000])
    receiver.answer = 204
    for (let i = 0; i < 5; i++) await desk.say()
    await desk.follow()
    await sendDue(desk.db, desk.outside, { forMs: 12_000, most: 3 })
    expect(receiver.received.length).toBe(5)
    desk.outside.at += 10 * minute
    await desk.send()
    expect(receiver.received.length).toBe(8)
  })

  it('ends without a failure of anybody’s where the runtime makes no more requests', async () => {
    const { id } = await desk.listen({ url: receiver.url })
    await desk.say()
    await desk.follow()
    const { fetch } = desk.outside
    desk.outside.fetch = () => Promise.reject(new Error('Too many subrequests.'))
    await desk.send()
    expect(await desk.webhook(id)).toMatchObject({ failures: 0, waiting: 1 })
    desk.outside.fetch = fetch
    await desk.send()
    expect(await desk.webhook(id)).toMatchObject({ waiting: 0 })
  })

  it('again, of one or of all that failed, keeps the id and the attempts before', async () => {
    const { id } = await desk.listen({ url: receiver.url })
    receiver.answer = 500
    await desk.say()
    await desk.say()
    await desk.tick()
    await desk.pass(4 * day, 30 * minute)
    const failed = await desk.deliveries(id)
    expect(failed.map(({ state }) => state)).toEqual(['failed', 'failed'])
    receiver.answer = 204
    receiver.received.length = 0
    await resendDelivery(desk.db, id, failed[1]?.id ?? '', desk.outside.now())
    await desk.send()
    expect(idsOf(receiver.received)).toEqual([failed[1]?.id])
    expect(await resendFailed(desk.db, id, desk.outside.now())).toBe(1)
    await desk.send()
    expect(idsOf(receiver.received)).toEqual([failed[1]?.id, failed[0]?.id])
    // What was taken can be sent again too.
    await resendDelivery(desk.db, id, failed[1]?.id ?? '', desk.outside.now())
    await desk.send()
    expect(receiver.received.length).toBe(3)
    const [, first] = await desk.deliveries(id)
    expect(first?.attempts.map(({ error }) => error).slice(-3)).toEqual(['status', null, null])
    expect(await resendDelivery(desk.db, id, 'msg_1_0_0', desk.outside.now())).toBeNull()
  })

  it('a test is one attempt, and changes nothing of how a webhook fares', async () => {
    const { id, secret } = await desk.listen({ url: receiver.url })
    const record = await desk.webhook(id)
    if (record === null) throw new Error('gone')
    expect(await sendTest(desk.db, desk.outside, record)).toMatchObject({ event: 'ping', state: 'delivered' })
    const payload = verifies(new Standard(secret), receiver.received[0] as Received) as WebhookPayload
    expect(payload).toMatchObject({ type: 'ping', data: { project: desk.project, webhook: id } })
    receiver.answer = 500
    const tests = await Promise.all([1, 2, 3].map(() => sendTest(desk.db, desk.outside, record)))
    expect(tests.map(({ state, attempts }) => [state, attempts.length])).toEqual([1, 2, 3].map(() => ['failed', 1]))
    await desk.pass(day, 60 * minute)
    expect(receiver.received.length).toBe(4)
    expect(new Set(idsOf(receiver.received)).size).toBe(4)
    expect(await desk.webhook(id)).toMatchObject({ failures: 0, state: 'on' })
  })
})
