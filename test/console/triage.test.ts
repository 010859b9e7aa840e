import { describe, expect, it } from 'vitest'
import type { Feedback, FeedbackPatch, Problem } from '../../sdk/wire/index.ts'
import type { Answer } from '../../worker/console/collector/answer.ts'
import { createItems } from '../../worker/console/triage/items.ts'
import { inverse, patched } from '../../worker/console/triage/patch.ts'
import { createTriage, type Report } from '../../worker/console/triage/triage.ts'

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

/** A collector with one rule, the real one's: a stale change number is a conflict. */
function collector(stored: Feedback[]) {
  const rows = new Map(stored.map((item) => [item.id, item]))
  let change = 100
  const sent: { id: string; patch: FeedbackPatch; ifMatch: number | undefined }[] = []
  const state = { down: false, running: 0, most: 0 }
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
    patch: async (id: string, patch: FeedbackPatch, ifMatch?: number): Promise<Answer<Feedback>> => {
      sent.push({ id, patch, ifMatch })
      state.running += 1
      state.most = Math.max(state.most, state.running)
      await new Promise((done) => setTimeout(done, 1))
      state.running -= 1
      const item = rows.get(id)
      if (state.down || !item) return { ok: false, failure: { because: 'unreachable' } }
      if (ifMatch !== undefined && ifMatch !== item.change) return refuse(409, 'conflict')
      const next = { ...patched(item, patch), change: (change += 1) }
      rows.set(id, next)
      return { ok: true, value: next }
    },
  }
}

function workspace(stored: Feedback[]) {
  const server = collector(stored)
  const items = createItems(server)
  for (const item of stored) items.put(item)
  const reports: (Report & { undone: boolean })[] = []
  const triage = createTriage({ items, tell: (report, undone) => reports.push({ ...report, undone }) })
  return { server, items, triage, reports, shown: (id: string) => items.get(id)?.value }
}

describe('changing items', () => {
  it('shows a change at once and keeps what the collector answers', async () => {
    const { triage, shown, server } = workspace([feedback('a')])
    const done = triage.apply(['a'], { status: 'done' }, 'done')
    expect(shown('a')).toMatchObject({ status: 'done', change: 1 })
    await done
    expect(shown('a')).toEqual(server.row('a'))
  })

  it('takes a change back when the collector cannot be reached, and offers to try again', async () => {
    const { triage, shown, server, reports } = workspace([feedback('a')])
    server.state.down = true
    await triage.apply(['a'], { status: 'done' }, 'done')
    expect(shown('a')?.status).toBe('new')
    expect(triage.steps.value).toEqual([])
    server.state.down = false
    await reports[0]?.retry()
    expect(shown('a')?.status).toBe('done')
  })

  it('shows what somebody faster did instead of overwriting it', async () => {
    const { triage, shown, server, reports } = workspace([feedback('a')])
    server.set('a', { status: 'planned' })
    await triage.apply(['a'], { status: 'done' }, 'done')
    expect(shown('a')?.status).toBe('planned')
    expect(reports[0]?.conflicts).toEqual(['a'])
    await reports[0]?.retry()
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
    expect(server.sent.map(({ ifMatch }) => ifMatch)).toEqual([1, 101])
    expect(reports.every(({ conflicts }) => conflicts.length === 0)).toBe(true)
    expect(server.row('a')?.status).toBe('planned')
  })

  it('changes a hundred at once on the screen and a few at a time on the line', async () => {
    const ids = Array.from({ length: 100 }, (_, index) => `i${index}`)
    const { triage, shown, server } = workspace(ids.map((id) => feedback(id)))
    const done = triage.apply(ids, { status: 'done' }, 'done')
    expect(ids.every((id) => shown(id)?.status === 'done')).toBe(true)
    await done
    expect(server.state.most).toBeLessThanOrEqual(6)
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

describe('taking patches back', () => {
  it.each<[Partial<Feedback>, FeedbackPatch]>([
    [{ status: 'new' }, { status: 'done' }],
    [{ labels: ['a', 'b'] }, { addLabels: ['c'], removeLabels: ['a'] }],
    [{ labels: ['a'] }, { labels: ['b', 'c'] }],
    [{ spam: true }, { spam: false }],
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
