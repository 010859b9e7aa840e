import { describe, expect, it } from 'vitest'
import type { BulkChange, BulkRequest, BulkResult, Feedback, FeedbackPatch, Problem } from '../../sdk/wire/index.ts'
import type { Answer } from '../../worker/console/collector/answer.ts'
import { createItems } from '../../worker/console/triage/items.ts'
import { inverse, patched } from '../../worker/console/triage/patch.ts'
import { createTriage, type Report, type Running } from '../../worker/console/triage/triage.ts'

function feedback(id: string, extra: Partial<Feedback> = {}): Feedback {
  const at = '2026-11-22T12:00:00.000Z'
  const times = { createdAt: at, receivedAt: at, updatedAt: at }
  const what = { kind: 'bug', message: 'late', status: 'new', environment: 'production', source: 'widget' }
  return { id, reference: id, change: 1, ...what, ...times, tags: {}, labels: [], person: null, page: null, ...extra }
}

function refuse(status: number, code: Problem['code']): Answer<Feedback> {
  const problem = { type: code, title: code, status, detail: code, code, requestId: 'r' }
  return { ok: false, failure: { because: 'refused', problem } }
}

/** A collector with the real one's rules: a stale change number is a conflict; a filter is a status, two a page. */
function collector(stored: Feedback[]) {
  const rows = new Map(stored.map((item) => [item.id, item]))
  let change = 100
  const sent: BulkRequest[] = []
  const state = { down: false, running: 0, most: 0, onPage: () => {} }
  function make(patch: FeedbackPatch, wanted: BulkChange['items'], result: BulkResult): void {
    for (const { id, change: at } of wanted) {
      const item = rows.get(id)
      const back = item && inverse(item, patch)
      if (!item || (at !== undefined && at !== item.change)) result.conflicts.push(id)
      else if (!back) result.unchanged += 1
      else {
        rows.set(id, { ...patched(item, patch), change: (change += 1) })
        result.changed += 1
        result.undo.push({ patch: back, items: [{ id, change, before: item.change }] })
      }
    }
  }
  return {
    state,
    sent,
    /** What somebody else does meanwhile. */
    set: (id: string, patch: FeedbackPatch) => {
      const item = rows.get(id)
      if (item) rows.set(id, { ...patched(item, patch), change: (change += 1) })
    },
    row: (id: string) => rows.get(id),
    read: async (id: string): Promise<Answer<Feedback>> => {
      const item = rows.get(id)
      return item ? { ok: true, value: item } : refuse(404, 'not-found')
    },
    bulk: async (request: BulkRequest): Promise<Answer<BulkResult>> => {
      sent.push(request)
      state.running += 1
      state.most = Math.max(state.most, state.running)
      await new Promise((done) => setTimeout(done, 1))
      state.running -= 1
      if (state.down) return { ok: false, failure: { because: 'unreachable' } }
      const result: BulkResult = { changed: 0, unchanged: 0, conflicts: [], undo: [], cursor: null }
      if ('changes' in request) {
        for (const { patch, items } of request.changes) make(patch, items, result)
      } else {
        const status = new URLSearchParams(request.filter).get('status')
        const after = [...rows.values()].filter(({ id }) => id > (request.cursor ?? ''))
        const page = after.filter((item) => item.status === status).slice(0, 2)
        make(request.patch, page, result)
        result.undo.sort((one, other) => one.items.length - other.items.length)
        result.cursor = page.length < 2 ? null : (page.at(-1)?.id ?? null)
        state.onPage()
      }
      return { ok: true, value: result }
    },
  }
}

function workspace(stored: Feedback[], listed = stored) {
  const server = collector(stored)
  const items = createItems({ bulk: (changes) => server.bulk({ changes }), read: server.read })
  for (const item of listed) items.put(item)
  const reports: (Report & { undone: boolean })[] = []
  const running: Running[] = []
  const triage = createTriage({
    items,
    bulk: server.bulk,
    tell: (report, undone) => reports.push({ ...report, undone }),
    progress: (now) => running.push(now),
  })
  return { server, items, triage, reports, running, shown: (id: string) => items.get(id)?.value }
}

/** The change numbers that requests by ids stood on. */
const guards = (sent: readonly BulkRequest[]) =>
  sent.flatMap((request) =>
    'changes' in request ? request.changes.flatMap(({ items }) => items.map(({ change }) => change)) : [],
  )

describe('changing items', () => {
  it('shows a change at once and keeps what the collector answers', async () => {
    const { triage, shown, server } = workspace([feedback('a')])
    const done = triage.apply(['a'], { status: 'done' }, 'done')
    expect(shown('a')).toMatchObject({ status: 'done', change: 1 })
    await done
    expect(shown('a')).toEqual({ ...server.row('a'), updatedAt: shown('a')?.updatedAt })
  })

  it('takes a change back when the collector cannot be reached, and offers to try again', async () => {
    const { triage, shown, server, reports } = workspace([feedback('a')])
    server.state.down = true
    await triage.apply(['a'], { status: 'done' }, 'done')
    expect(shown('a')?.status).toBe('new')
    expect(triage.steps.value).toEqual([])
    server.state.down = false
    await reports[0]?.retry?.()
    expect(shown('a')?.status).toBe('done')
  })

  it('shows what somebody faster did instead of overwriting it', async () => {
    const { triage, shown, server, reports } = workspace([feedback('a')])
    server.set('a', { status: 'planned' })
    await triage.apply(['a'], { status: 'done' }, 'done')
    expect(shown('a')?.status).toBe('planned')
    expect(reports[0]?.conflicts).toEqual(['a'])
    await reports[0]?.retry?.()
    expect(server.row('a')?.status).toBe('done')
  })

  it('adds a label beside those that somebody else added meanwhile', async () => {
    const { triage, shown, server } = workspace([feedback('a', { labels: ['ux'] })])
    server.set('a', { addLabels: ['billing'] })
    await triage.apply(['a'], { addLabels: ['exports'] }, 'labelled')
    expect(shown('a')?.labels).toEqual(['ux', 'billing', 'exports'])
  })

  it('sends quick changes of one item one after the other, each with the number the last one brought', async () => {
    const { triage, server, reports } = workspace([feedback('a')])
    await Promise.all([
      triage.apply(['a'], { status: 'open' }, 'open'),
      triage.apply(['a'], { status: 'planned' }, 'planned'),
    ])
    expect(guards(server.sent)).toEqual([1, 101])
    expect(reports.every(({ conflicts }) => conflicts.length === 0)).toBe(true)
    expect(server.row('a')?.status).toBe('planned')
  })

  it('changes hundreds at once on the screen, and in one request for every five hundred', async () => {
    const ids = Array.from({ length: 700 }, (_, index) => `i${index}`)
    const { triage, shown, server } = workspace(ids.map((id) => feedback(id)))
    const done = triage.apply(ids, { status: 'done' }, 'done')
    expect(ids.every((id) => shown(id)?.status === 'done')).toBe(true)
    await done
    expect(server.sent.length).toBe(2)
    expect(ids.every((id) => server.row(id)?.status === 'done')).toBe(true)
  })

  it('asks nothing where everything already stands so', async () => {
    const { triage, server, reports } = workspace([feedback('a', { status: 'done' })])
    await triage.apply(['a'], { status: 'done' }, 'done')
    expect(server.sent).toEqual([])
    expect(reports).toEqual([])
  })

  it('leaves an old answer aside when a newer one is there', () => {
    const { items, shown } = workspace([feedback('a', { change: 5, status: 'open' })])
    items.put(feedback('a', { change: 4 }))
    expect(shown('a')?.status).toBe('open')
  })
})

describe('undo', () => {
  it('gives every item its own status back', async () => {
    const { triage, shown } = workspace([feedback('a'), feedback('b', { status: 'planned' })])
    await triage.apply(['a', 'b'], { status: 'done' }, 'done')
    await triage.undo()
    expect([shown('a')?.status, shown('b')?.status]).toEqual(['new', 'planned'])
    expect(triage.steps.value).toEqual([])
  })

  it('takes a label off only where it was not before', async () => {
    const { triage, shown } = workspace([feedback('a', { labels: ['ux'] }), feedback('b')])
    await triage.apply(['a', 'b'], { addLabels: ['ux'] }, 'labelled')
    await triage.undo()
    expect([shown('a')?.labels, shown('b')?.labels]).toEqual([['ux'], []])
  })

  it('goes back step by step', async () => {
    const { triage, shown } = workspace([feedback('a')])
    await triage.apply(['a'], { status: 'open' }, 'open')
    await triage.apply(['a'], { status: 'done' }, 'done')
    await triage.undo()
    expect(shown('a')?.status).toBe('open')
    await triage.undo()
    expect(shown('a')?.status).toBe('new')
  })

  it('does not undo over what somebody did since', async () => {
    const { triage, shown, server, reports } = workspace([feedback('a')])
    await triage.apply(['a'], { status: 'done' }, 'done')
    server.set('a', { status: 'declined' })
    await triage.undo()
    expect(shown('a')?.status).toBe('declined')
    expect(reports.at(-1)).toMatchObject({ undone: true, conflicts: ['a'] })
  })
})

describe('everything that matches', () => {
  const all = ['a', 'b', 'c', 'd', 'e'].map((id) => feedback(id))
  const targets = (ids: string[], count = 5) => Object.assign(ids, { everything: { query: 'status=new', count } })

  it('is changed by filter, what is listed of it at once, and taken back whole', async () => {
    const { triage, server, shown, running, reports } = workspace(all, all.slice(0, 2))
    const done = triage.apply(targets(['a', 'b']), { status: 'done' }, 'done')
    expect([shown('a')?.status, shown('b')?.status]).toEqual(['done', 'done'])
    await done
    expect(all.map(({ id }) => server.row(id)?.status)).toEqual(Array.from({ length: 5 }, () => 'done'))
    expect(running.map((now) => now.done)).toEqual([2, 4])
    expect(reports.map(({ changed }) => changed.length)).toEqual([5])
    expect(shown('a')?.change).toBe(server.row('a')?.change)
    await triage.undo()
    expect(all.map(({ id }) => server.row(id)?.status)).toEqual(Array.from({ length: 5 }, () => 'new'))
    expect(shown('b')?.status).toBe('new')
    expect(server.sent.length).toBe(4)
  })

  it('stops when told to between two requests, keeps what is done, and gives back what is only on the screen', async () => {
    const { triage, server, shown, running, reports } = workspace(all)
    server.state.onPage = () => running.at(-1)?.stop?.()
    const done = triage.apply(targets(all.map(({ id }) => id)), { status: 'done' }, 'done')
    await done
    expect(all.map(({ id }) => server.row(id)?.status)).toEqual(['done', 'done', 'done', 'done', 'new'])
    expect(all.map(({ id }) => shown(id)?.status)).toEqual(['done', 'done', 'done', 'done', 'new'])
    expect(reports[0]).toMatchObject({ stopped: 1, failed: null })
    await triage.undo()
    expect(all.map(({ id }) => server.row(id)?.status)).toEqual(Array.from({ length: 5 }, () => 'new'))
  })

  it('goes on where it broke off, and is one step to take back all the same', async () => {
    const { triage, server, shown, reports } = workspace(all)
    server.state.onPage = () => {
      server.state.down = true
    }
    await triage.apply(targets(all.map(({ id }) => id)), { status: 'done' }, 'done')
    expect(all.map(({ id }) => shown(id)?.status)).toEqual(['done', 'done', 'new', 'new', 'new'])
    expect(reports[0]?.failed?.count).toBe(3)
    Object.assign(server.state, { down: false, onPage: () => {} })
    await reports[0]?.retry?.()
    expect(all.map(({ id }) => server.row(id)?.status)).toEqual(Array.from({ length: 5 }, () => 'done'))
    expect(triage.steps.value.length).toBe(1)
    await triage.undo()
    expect(all.map(({ id }) => server.row(id)?.status)).toEqual(Array.from({ length: 5 }, () => 'new'))
  })

  it('is stopped and taken back by an undo in the middle', async () => {
    const { triage, server } = workspace(all)
    const done = triage.apply(targets(all.map(({ id }) => id)), { status: 'done' }, 'done')
    await Promise.all([done, triage.undo()])
    expect(all.map(({ id }) => server.row(id)?.status)).toEqual(Array.from({ length: 5 }, () => 'new'))
    expect(triage.steps.value).toEqual([])
  })

  it('goes back step by step, but not over what somebody did since', async () => {
    const { triage, server, reports } = workspace(all, [])
    await triage.apply(targets([]), { addLabels: ['ux'] }, 'labelled')
    await triage.apply(targets([]), { status: 'done' }, 'done')
    server.set('c', { addLabels: ['theirs'] })
    await triage.undo()
    await triage.undo()
    expect(server.row('b')).toMatchObject({ status: 'new', labels: [] })
    expect(server.row('c')).toMatchObject({ status: 'done', labels: ['ux', 'theirs'] })
    expect(reports.slice(-2).map(({ conflicts }) => conflicts)).toEqual([['c'], ['c']])
    await reports.at(-2)?.retry?.()
    expect(server.row('c')).toMatchObject({ status: 'new', labels: ['ux', 'theirs'] })
  })

  it('lets later changes of one item wait, and come out on top', async () => {
    const { triage, server, shown, reports } = workspace(all)
    const done = triage.apply(targets(all.map(({ id }) => id)), { status: 'done' }, 'done')
    const after = triage.apply(['d'], { status: 'planned' }, 'planned')
    expect(shown('d')?.status).toBe('planned')
    await Promise.all([done, after])
    expect(server.row('d')?.status).toBe('planned')
    expect(reports.flatMap(({ conflicts }) => conflicts)).toEqual([])
  })
})

describe('taking patches back', () => {
  it.each<[Partial<Feedback>, FeedbackPatch]>([
    [{ status: 'new' }, { status: 'done' }],
    [{ labels: ['a', 'b'] }, { addLabels: ['c'], removeLabels: ['a'] }],
    [{ labels: ['a'] }, { labels: ['b', 'c'] }],
    [{ spam: true }, { spam: false }],
    [{ assignee: 'ada' }, { assignee: null }],
    [{}, { assignee: 'ada' }],
  ])('restores %o after %o', (before, patch) => {
    const item = feedback('a', { spam: false, ...before })
    const back = inverse(item, patch)
    const restored = patched(patched(item, patch), back ?? {})
    expect({ ...restored, labels: restored.labels.toSorted() }).toEqual(item)
  })

  it('has nothing to take back where nothing changes', () => {
    expect(inverse(feedback('a', { labels: ['ux'] }), { addLabels: ['ux'], status: 'new' })).toBeNull()
  })
})
