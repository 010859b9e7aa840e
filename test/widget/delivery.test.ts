import { beforeEach, describe, expect, it } from 'vitest'
import { version } from '../../sdk/wire/version.ts'
import { cut, friendly, key, refuse, store } from '../support/site.ts'
import type { Behaviour } from '../support/site.ts'
import { useHarness } from './harness.ts'

const t = useHarness()
const databases = () => t.page.evaluate(async () => (await indexedDB.databases()).map((database) => database.name))

// The longest of all chances: what is tried again by itself is so after a second, not at any moment of a test.
beforeEach(() =>
  t.context.addInitScript(() => {
    Math.random = () => 0.999
  }),
)

/** From the next page on that second does not end: a slow machine takes longer from one step of a test to the next. */
const waitForGood = () =>
  t.context.addInitScript(() => {
    const later = window.setTimeout as (...args: unknown[]) => number
    Object.assign(window, { setTimeout: (work: unknown, ms = 0) => (ms > 900 && ms < 1_100 ? 0 : later(work, ms)) })
  })

describe('delivery', () => {
  it('shows the reference once the collector has it, and nothing stays on the device', async () => {
    await t.visit()
    await t.open()
    await t.write('The total is wrong')
    await t.submit()
    await t.page.getByText('K7M4XQ2P').waitFor()
    expect(t.site.submissions).toMatchObject([
      { kind: 'bug', message: 'The total is wrong', page: { title: 'A shop' } },
    ])
    await expect.poll(databases).toEqual([])
    expect(await t.page.evaluate(() => sessionStorage.length)).toBe(0)
  })

  it("says that it comes from the form, and of the page's own submissions that they do not", async () => {
    await t.visit()
    await t.open()
    await t.write('From the form')
    await t.submit()
    await t.page.getByText('K7M4XQ2P').waitFor()
    await t.page.evaluate(() => window.earshot?.send({ message: 'From the page' }))
    expect(t.site.submissions.map(({ sdk }) => sdk)).toEqual([`earshot-widget/${version}`, `earshot/${version}`])
  })

  it('says in the order of the calls what was said before its code had come', async () => {
    await t.visit()
    await t.page.evaluate(() => {
      const { earshot } = window
      earshot?.tag('step', 1)
      const first = earshot?.send({ message: 'First' })
      earshot?.tag('step', 2)
      void earshot?.reset()
      earshot?.identify({ id: 'u_2' })
      return Promise.all([first, earshot?.send({ message: 'Second' })])
    })
    const of = (words: string) => t.site.submissions.find(({ message }) => message === words)
    expect(of('First')).toMatchObject({ tags: { step: 1 } })
    expect(of('First')?.person?.id).toBeUndefined()
    expect(of('Second')).toMatchObject({ tags: {}, person: { id: 'u_2' } })
  })

  it.each<[string, Behaviour]>([
    ['a proxy answers 200 with a page', friendly(200)],
    ['a captive portal answers 400 with a page', friendly(400)],
    ['the collector answers 500', refuse(500, 'fault')],
    ['the key is not known', refuse(401, 'unknown-key')],
    ['the connection is cut', cut],
    [
      "the receipt is somebody else's",
      (submission, response, request) => store({ ...submission, id: 'x' }, response, request),
    ],
  ])('keeps it when %s', async (_, behaviour) => {
    t.site.behave(behaviour)
    await t.visit()
    await t.open()
    await t.write('Kept')
    await t.submit()
    await t.page.getByText(/^Kept, /).waitFor()
    expect(await databases()).toEqual([`earshot:${key}`])
  })

  it('sends what was kept at the next load, without anybody touching the launcher', async () => {
    await waitForGood()
    t.site.behave(refuse(500, 'fault'))
    await t.visit()
    await t.open()
    await t.write('Kept over a reload')
    await t.submit()
    await t.page.getByText(/^Kept, /).waitFor()
    t.site.behave(store)
    await t.page.reload()
    await expect.poll(() => t.site.submissions.length).toBe(2)
    expect(t.site.submissions[1]).toMatchObject({ id: t.site.submissions[0]?.id, message: 'Kept over a reload' })
    await expect.poll(databases).toEqual([])
  })

  it('waits offline, says so, and says sent by itself when the network is back', async () => {
    await t.visit()
    await t.open()
    await t.write('From the tunnel')
    await t.context.setOffline(true)
    await t.submit()
    await t.page.getByText('Kept, waiting for the network').waitFor()
    await t.context.setOffline(false)
    await t.page.getByText('K7M4XQ2P').waitFor()
    expect(t.site.submissions).toMatchObject([{ message: 'From the tunnel' }])
  })

  it('survives a page that goes away while it is being sent', async () => {
    t.site.behave((_, __, request) => void request.socket.pause())
    await t.visit()
    await t.open()
    await t.write('Mid-flight')
    await t.submit()
    await expect.poll(() => t.site.submissions.length).toBe(1)
    t.site.behave(store)
    await t.page.reload()
    await expect.poll(() => t.site.submissions.length).toBe(2)
    expect(t.site.submissions[1]?.id).toBe(t.site.submissions[0]?.id)
  })

  it('does not send the same one from two tabs', async () => {
    await waitForGood()
    t.site.behave(refuse(500, 'fault'))
    await t.visit()
    await t.open()
    await t.write('Once')
    await t.submit()
    await t.page.getByText(/^Kept, /).waitFor()
    t.site.submissions.length = 0
    t.site.behave((submission, response, request) => void setTimeout(() => store(submission, response, request), 300))
    const other = await t.context.newPage()
    await Promise.all([t.page.reload(), other.goto(t.site.page)])
    await expect.poll(databases).toEqual([])
    expect(t.site.submissions).toHaveLength(1)
  })

  it('keeps it in the page, and says so, where storage is denied', async () => {
    await waitForGood()
    await t.context.addInitScript(() => {
      const denied = {
        get: () => {
          throw new DOMException('denied', 'SecurityError')
        },
      }
      for (const name of ['indexedDB', 'localStorage', 'sessionStorage']) Object.defineProperty(window, name, denied)
    })
    t.site.behave(refuse(500, 'fault'))
    await t.visit()
    await t.open()
    await t.write('In memory')
    await t.submit()
    await t.page.getByText(/Keep this page open/).waitFor()
    t.site.behave(store)
    await t.page.evaluate(() => window.earshot?.flush())
    await t.page.getByText('K7M4XQ2P').waitFor()
    expect(t.site.submissions).toHaveLength(2)
  })

  it('holds back for as long as Retry-After says, even over a reload', async () => {
    t.site.behave(refuse(429, 'too-many', { 'retry-after': '600' }))
    await t.visit()
    await t.open()
    await t.write('Later')
    await t.submit()
    await t.page.getByText(/^Kept, /).waitFor()
    await t.page.reload()
    expect(await t.page.evaluate(() => window.earshot?.flush())).toBe(1)
    expect(t.site.submissions).toHaveLength(1)
  })

  it('never writes a token to the disk', async () => {
    t.site.behave(refuse(500, 'fault'))
    await t.visit()
    await t.page.evaluate(() => window.earshot?.identify({ id: 'u_1', token: 'header.eyJzdWIiOiJ1XzEifQ.signature' }))
    await t.page.evaluate(() => window.earshot?.send({ message: 'signed' }))
    const stored = await t.page.evaluate(async (name) => {
      const database = await new Promise<IDBDatabase>((resolve) => {
        const request = indexedDB.open(name)
        request.addEventListener('success', () => resolve(request.result))
      })
      return new Promise<string>((resolve) => {
        const request = database.transaction('items').objectStore('items').getAll()
        const replace = (_: string, value: unknown) => (value instanceof Map ? [...value] : value)
        request.addEventListener('success', () => resolve(JSON.stringify(request.result, replace)))
      })
    }, `earshot:${key}`)
    expect(t.site.submissions[0]?.token).toContain('signature')
    expect(stored).toContain('signed')
    expect(stored).not.toContain('signature')
  })
})
