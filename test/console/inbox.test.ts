import { describe, expect, it } from 'vitest'
import type { Feedback, FeedbackList } from '../../sdk/wire/index.ts'
import { filterQuery, readView } from '../../worker/console/address/view.ts'
import type { Answer } from '../../worker/console/collector/answer.ts'
import { layOut, readGrouping, scoreOf, withGroup } from '../../worker/console/inbox/group.ts'
import { createList } from '../../worker/console/inbox/list.ts'
import { unmatched } from '../../worker/console/inbox/match.ts'
import { isNearEnd, scrollToShow, visibleSlice } from '../../worker/console/inbox/windowing.ts'
import { createItems } from '../../worker/console/triage/items.ts'

function feedback(number: number, extra: Partial<Feedback> = {}): Feedback {
  const at = new Date(Date.UTC(2026, 10, 22) + number * 60_000).toISOString()
  const times = { createdAt: at, receivedAt: at, updatedAt: at }
  const what = { kind: 'bug', message: 'late', status: 'new', environment: 'production', source: 'widget' }
  const id = `i${number}`
  return { id, reference: id, change: 1, ...what, ...times, tags: {}, labels: [], person: null, page: null, ...extra }
}

async function never(): Promise<Answer<never>> {
  return { ok: false, failure: { because: 'unreachable' } }
}

/** Answers pages of what it holds, newest first; a cursor is a position. */
function collector(count: number) {
  const rows = Array.from({ length: count }, (_, index) => feedback(index)).toReversed()
  const asked: string[] = []
  const state = { down: false, delays: [] as number[] }
  const fetchPage = async (query: URLSearchParams, signal?: AbortSignal): Promise<Answer<FeedbackList>> => {
    asked.push(query.toString())
    await new Promise((done) => setTimeout(done, state.delays.shift() ?? 0))
    if (signal?.aborted) return { ok: false, failure: { because: 'cancelled' } }
    if (state.down) return { ok: false, failure: { because: 'unreachable' } }
    const start = Number(query.get('cursor') ?? 0)
    const end = start + Number(query.get('limit'))
    const wanted = rows.filter(({ message }) => message.includes(query.get('q') ?? ''))
    const total = { count: wanted.length, exact: true }
    const next = end < wanted.length ? String(end) : null
    return { ok: true, value: { items: wanted.slice(start, end), next, total, hidden: { spam: 0, merged: 0 } } }
  }
  const list = createList({ items: createItems({ bulk: never, read: never }), fetchPage })
  return { rows, asked, state, list }
}

describe('the list', () => {
  it('appends page after page until all is there, each item once', async () => {
    const { list, rows } = collector(620)
    await list.load('')
    while (!list.complete.value) await list.more()
    expect(list.ids.value).toEqual(rows.map(({ id }) => id))
  })

  it('shows the answer to the last question, however late an earlier one comes', async () => {
    const { list, state } = collector(10)
    state.delays = [30, 0]
    await Promise.all([list.load('q=late'), list.load('q=nowhere')])
    await new Promise((done) => setTimeout(done, 40))
    expect(list.ids.value).toEqual([])
    expect(list.phase.value).toBe('ready')
  })

  it('counts newcomers without moving the list', async () => {
    const { list, rows } = collector(10)
    await list.load('')
    const before = list.ids.value
    rows.unshift(feedback(101), feedback(100))
    await list.poll()
    expect(list.newcomers.value.count).toBe(2)
    expect(list.ids.value).toBe(before)
  })

  it('counts anew what matches after a change, and leaves what is listed where it is', async () => {
    const { list, rows, state } = collector(80)
    await list.load('')
    const before = list.ids.value
    rows.splice(10, 3)
    await list.recount()
    expect([list.total.value, list.ids.value]).toEqual([{ count: 77, exact: true }, before])
    rows.splice(0, 7)
    state.down = true
    await list.recount()
    expect([list.total.value?.count, list.phase.value]).toEqual([77, 'ready'])
  })

  it('takes old items that were imported late for no newcomers of the list it is in', async () => {
    const { list, rows } = collector(10)
    await list.load('')
    rows.push(feedback(-5))
    await list.poll()
    expect(list.newcomers.value.count).toBe(0)
  })

  it('finds newcomers of a ranked list against its first look', async () => {
    const { list, rows } = collector(10)
    await list.load('q=late')
    await list.poll()
    rows.unshift(feedback(100))
    await list.poll()
    expect(list.newcomers.value.count).toBe(1)
  })

  it('keeps what is listed when a further page fails, and goes on from there', async () => {
    const { list, state } = collector(120)
    await list.load('')
    state.down = true
    await list.more()
    expect(list.ids.value).toHaveLength(50)
    expect(list.stuck.value).toEqual({ because: 'unreachable' })
    state.down = false
    await list.more()
    expect(list.ids.value).toHaveLength(120)
    expect(list.stuck.value).toBeNull()
  })

  it('says why it is not there when the first page fails', async () => {
    const { list, state } = collector(3)
    state.down = true
    await list.load('')
    expect(list.phase.value).toBe('failed')
    expect(list.failure.value).toEqual({ because: 'unreachable' })
  })
})

describe('a list that begins later', () => {
  it('asks its first page alone for that, and goes on by cursor', async () => {
    const { list, asked } = collector(300)
    await list.load('kind=bug', 'start=2026-11-22&tz=Europe%2FBerlin')
    await list.more()
    expect(asked).toEqual(['kind=bug&start=2026-11-22&tz=Europe%2FBerlin&limit=50', 'kind=bug&limit=200&cursor=50'])
  })

  it('takes nothing that is above its beginning for new', async () => {
    const { list, rows } = collector(10)
    await list.load('', 'start=2026-11-21')
    await list.poll()
    expect(list.newcomers.value.count).toBe(0)
    rows.unshift(feedback(100))
    await list.poll()
    expect(list.newcomers.value.count).toBe(1)
  })

  it('holds fifty thousand rows and draws a screenful', async () => {
    const { list } = collector(50_000)
    await list.load('')
    while (!list.complete.value) await list.more()
    expect(new Set(list.ids.value).size).toBe(50_000)
    const { first, end } = visibleSlice(64 * 49_990, 800, 64, list.ids.value.length)
    expect([first, end]).toEqual([49_982, 50_000])
  }, 30_000)
})

describe('groups of a list', () => {
  it('narrow its filters: names are replaced, exclusions added', () => {
    const filters = readView('?status=new&label=ux&label=late&not.path=%2Fa').filters
    const narrowed = withGroup(filters, { label: ['ux'], 'not.path': ['/a', '/b'] })
    expect(filterQuery(narrowed).toString()).toBe('status=new&label=ux&not.path=%2Fa&not.path=%2Fb')
  })

  it('stand one below the other, each with room for its rows', () => {
    expect(layOut([2, 0, 1], 36, 64)).toEqual([
      { top: 0, height: 164 },
      { top: 164, height: 36 },
      { top: 200, height: 100 },
    ])
  })

  it('are read from the address, and scores from their names', () => {
    expect([readGrouping('path'), readGrouping('colour'), readGrouping(null)]).toEqual(['path', null, null])
    expect(scoreOf('nps:10')).toEqual({ scale: 'nps', value: 10 })
    expect(scoreOf('colour:1')).toBeNull()
  })
})

describe('windowing', () => {
  it('draws what is in view and a little more, whatever the length', () => {
    const { first, end } = visibleSlice(64 * 500_000, 800, 64, 1_000_000)
    expect(first).toBe(499_992)
    expect(end - first).toBeLessThan(40)
  })

  it('draws nothing beyond the ends', () => {
    expect(visibleSlice(0, 800, 64, 3)).toEqual({ first: 0, end: 3 })
    expect(visibleSlice(5_000, 800, 64, 3)).toEqual({ first: 3, end: 3 })
  })

  it('asks for the next page well before the end, and not for the first screenful', () => {
    const due = (scrollTop: number, count: number) => isNearEnd(visibleSlice(scrollTop, 800, 64, count).end, count)
    expect([due(0, 50), due(64 * 12, 50)]).toEqual([false, true])
    expect([due(0, 250), due(64 * 165, 250), due(64 * 175, 250)]).toEqual([false, false, true])
    // However few there are, whoever sees the last of them gets more.
    for (let count = 1; count < 20; count++) expect(due(0, count)).toBe(true)
  })

  it('scrolls only as far as a row needs', () => {
    expect(scrollToShow(2, 0, 640, 64)).toBe(0)
    expect(scrollToShow(10, 0, 640, 64)).toBe(64)
    expect(scrollToShow(1, 640, 640, 64)).toBe(64)
  })
})

describe('an item against the filter', () => {
  const item = feedback(1, { status: 'done', labels: ['ux'], tags: { plan: 'pro', beta: true } })
  it.each([
    ['?status=new', 'status'],
    ['?status=new&status=done', null],
    ['?not.status=done', 'status'],
    ['?label=ux&tag.plan=pro&tag.beta=true', null],
    ['?label=exports', 'label'],
    ['?not.tag.plan=pro', 'tag.plan'],
    ['?tag.screen=checkout', 'tag.screen'],
    ['?spam=only', 'spam'],
    ['?q=anything&path=%2F', null],
  ])('with %s it is %s that no longer fits', (search, name) => {
    expect(unmatched(item, readView(search).filters)).toBe(name)
  })
})
