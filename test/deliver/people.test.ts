import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { sendTest } from '../../worker/jobs/sending.ts'
import { type Receiver, startReceiver } from '../support/receiver.ts'
import { type Desk, openDesk } from './desk.ts'

const minute = 60_000
let desk: Desk
let receiver: Receiver
let webhook: string
beforeEach(async () => {
  ;[desk, receiver] = await Promise.all([openDesk(), startReceiver((response) => response.end('ok'))])
  webhook = (await desk.listen({ url: receiver.url, type: 'slack' })).id
})
afterEach(() => receiver.stop())

const texts = () => receiver.received.map(({ body }) => (JSON.parse(body) as { text: string }).text)

describe('people', () => {
  it('are told of the first item at once, and of many that come after it in one message a minute', async () => {
    await desk.say({ message: 'the very first' })
    await desk.tick()
    expect(receiver.received.length).toBe(1)
    expect(texts()[0]).toContain('the very first')
    for (let second = 0; second < 59; second++) {
      await desk.say({ message: `said ${second}` })
      desk.outside.at += 1_000
      if (second % 10 === 0) await desk.tick()
    }
    await desk.follow()
    expect(receiver.received.length).toBe(1)
    desk.outside.at += 1_000
    await desk.send()
    expect(receiver.received.length).toBe(2)
    expect(texts()[1]).toContain('59 new in')
    expect(texts()[1]).toContain('said 0')
    expect(texts()[1]).toContain('49 more')
    const deliveries = await desk.deliveries(webhook)
    expect(deliveries.map(({ state }) => state)).toEqual(Array.from({ length: 60 }, () => 'delivered'))
  })

  it('are told of new items alone, and not of what was deleted or became spam meanwhile', async () => {
    receiver.answer = 500
    const [spam, gone, kept] = [
      await desk.say({ message: 'cheap pills' }),
      await desk.say({ message: 'my address' }),
      await desk.say({ message: 'a real one' }),
    ]
    await desk.tick()
    await desk.triage(spam, { spam: true })
    await desk.erase(gone)
    await desk.triage(kept, { status: 'open' })
    receiver.answer = (response) => response.end('ok')
    receiver.received.length = 0
    await desk.follow()
    await desk.pass(10 * minute, minute)
    expect(receiver.received.length).toBe(1)
    expect(texts()[0]).toContain('a real one')
    expect(texts()[0]).not.toMatch(/cheap pills|my address/)
  })

  it('are told later where their receiver was down, and still in few messages', async () => {
    receiver.answer = 503
    for (let i = 0; i < 30; i++) {
      await desk.say({ message: `said ${i}` })
      await desk.tick()
      desk.outside.at += 10 * minute
    }
    receiver.received.length = 0
    receiver.answer = (response) => response.end('ok')
    await desk.say({ message: 'the last one' })
    await desk.tick()
    await desk.pass(5 * minute, minute)
    expect(receiver.received.length).toBeLessThanOrEqual(2)
    expect((await desk.deliveries(webhook)).every(({ state }) => state === 'delivered')).toBe(true)
  })

  it('see a test at once, whenever the last message was', async () => {
    await desk.say()
    await desk.tick()
    const record = await desk.webhook(webhook)
    if (record === null) throw new Error('gone')
    expect(await sendTest(desk.db, desk.outside, record)).toMatchObject({ state: 'delivered', event: 'ping' })
    expect(texts()[1]).toBe(
      'Earshot is connected: new feedback of <https://feedback.example.com/console/inbox?project=p1|Shop &amp; &lt;Co&gt;> comes here.',
    )
  })
})
