import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { serverLimits } from '../../worker/limits.ts'
import { insertProjectStatement } from '../../worker/storage/projects.ts'
import { type Desk, openDesk } from '../deliver/desk.ts'
import { record } from './record.ts'

const { all, alone, shared } = serverLimits.webhookConnections
const [hanging, quick, slack] = [
  'https://hangs.example.com/',
  'https://quick.example.com/',
  'https://slack.example.com/',
]

let desk: Desk
let begun: string[]
/** Requests that nobody has answered yet. */
let open: { url: string; answer: (status: number) => void }[]
beforeEach(async () => {
  desk = await openDesk()
  await insertProjectStatement(desk.db, { id: 'p2', name: 'Other', settings: {}, secret: 's2' }, 0).run()
  begun = []
  open = []
  desk.outside.fetch = (url) => {
    begun.push(url)
    if (!url.startsWith(hanging)) return Promise.resolve(new Response(null, { status: 204 }))
    return new Promise((resolve) => {
      open.push({ url, answer: (status) => resolve(new Response(null, { status })) })
    })
  }
})
afterEach(() => letGo())

/** Answers whatever hangs. */
const letGo = () => {
  for (const { answer } of open.splice(0)) answer(500)
}
/** Until this is over: what was on its way while the others were let go hangs too. */
async function letGoUntil(over: Promise<unknown>): Promise<void> {
  let isOver = false
  const end = over.finally(() => (isOver = true))
  await expect.poll(() => (letGo(), isOver), { timeout: 60_000, interval: 1 }).toBe(true)
  await end
}
const countOf = (start: string) => begun.filter((url) => url.startsWith(start)).length

/** So many receivers of a project that hang, and something due to each of them. */
async function hang(project: string, count: number): Promise<void> {
  for (let i = 0; i < count; i++) await desk.listen({ project, url: `${hanging}${project}/${i}` })
  await desk.say({ project })
  await desk.follow()
}

describe('a project whose many receivers hang', () => {
  it('has no more than its share of the connections, while another’s messages go out', async () => {
    await hang(desk.project, 60)
    await desk.listen({ project: 'p2', url: quick })
    await desk.listen({ project: 'p2', type: 'slack', url: slack })
    const ids = await Promise.all(Array.from({ length: 30 }, () => desk.say({ project: 'p2' })))
    await desk.follow()
    let most = 0
    const { fetch } = desk.outside
    desk.outside.fetch = (url, init) => {
      if (url === quick) most = Math.max(most, open.length)
      return fetch(url, init)
    }
    const sending = desk.send()
    await expect.poll(() => countOf(quick), { timeout: 60_000 }).toBe(ids.length)
    expect(most).toBeLessThanOrEqual(shared)
    expect(countOf(slack)).toBe(1)
    // When the others have all of theirs, it may use more, and leaves some to whoever comes meanwhile.
    await expect.poll(() => open.length, { timeout: 60_000 }).toBe(alone)
    expect(alone).toBeLessThan(all)
    await desk.say({ project: 'p2' })
    await desk.follow()
    const another = desk.send()
    await expect.poll(() => countOf(quick), { timeout: 60_000 }).toBe(ids.length + 1)
    // Both runs have begun all that they may.
    await expect.poll(() => open.length, { timeout: 60_000 }).toBe(2 * alone)
    // Whatever still stands in line when the run is over is not begun: its lease would end under it.
    desk.outside.at += 41_000
    const before = begun.length
    await letGoUntil(Promise.all([sending, another]))
    expect(begun).toHaveLength(before)
    record({ runs: 60, acknowledged: ids.length + 1, stored: countOf(quick) })
  })

  it('leaves room in each run to all the others, in turn', async () => {
    await hang(desk.project, 60)
    const others = Array.from({ length: 20 }, (_, i) => `q${i}`)
    for (const project of others) {
      await insertProjectStatement(desk.db, { id: project, name: project, settings: {}, secret: project }, 0).run()
      await desk.listen({ project, url: `${quick}${project}` })
      await desk.say({ project })
    }
    await desk.follow()
    const sending = desk.send()
    await expect.poll(() => new Set(begun.filter((url) => url.startsWith(quick))).size, { timeout: 60_000 }).toBe(20)
    expect(countOf(hanging)).toBeLessThanOrEqual(alone)
    desk.outside.at += 41_000
    await letGoUntil(sending)
  })

  it('gets each of its messages in the end, once they answer', async () => {
    await hang(desk.project, 8)
    const sending = desk.send()
    await expect.poll(() => open.length, { timeout: 60_000 }).toBe(alone)
    desk.outside.at += 41_000
    await letGoUntil(sending)
    const fetch = async (url: string) => {
      begun.push(url)
      return new Response(null, { status: 204 })
    }
    desk.outside.fetch = fetch
    await desk.pass(60_000, 10_000)
    expect(new Set(begun).size).toBe(8)
    expect(begun).toHaveLength(8 + alone)
  })
})

describe('a message that waited for its turn', () => {
  it('says nothing of what was erased meanwhile', async () => {
    for (let i = 0; i < alone + 1; i++) await desk.listen({ url: `${hanging}${i}`, events: ['feedback.created'] })
    const id = await desk.say({ message: 'forget me' })
    await desk.follow()
    const bodies: string[] = []
    const { fetch } = desk.outside
    desk.outside.fetch = (url, init) => {
      if (typeof init.body === 'string') bodies.push(init.body)
      return fetch(url, init)
    }
    const sending = desk.send()
    await expect.poll(() => open.length, { timeout: 60_000 }).toBe(alone)
    await desk.erase(id)
    desk.outside.at += 10_000
    // One after the other, so that the last one's turn comes.
    await letGoUntil(sending)
    // The one that waited finds nothing any more.
    expect(bodies.filter((body) => body.includes('forget me'))).toHaveLength(alone)
  })
})
