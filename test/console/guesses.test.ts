import { describe, expect, it } from 'vitest'
import type { Feedback, FeedbackList } from '../../sdk/wire/index.ts'
import { changedParts } from '../../worker/console/triage/changed-parts.ts'
import { bestOf, idIn, tellingWords } from '../../worker/console/triage/guesses.ts'
import { patched, sameTriage } from '../../worker/console/triage/patch.ts'

function feedback(id: string, extra: Partial<Feedback> = {}): Feedback {
  const at = '2026-11-22T12:00:00.000Z'
  const times = { createdAt: at, receivedAt: at, updatedAt: at }
  const what = { kind: 'bug', message: 'late', status: 'new', environment: 'production', source: 'widget' }
  return { id, reference: id, change: 1, ...what, ...times, tags: {}, labels: [], person: null, page: null, ...extra }
}

const page = (count: number, ...items: Feedback[]): FeedbackList => ({
  items,
  next: null,
  total: { count, exact: true },
  hidden: { spam: 0, merged: 0 },
})

describe('guessing what an item says much the same as', () => {
  it('takes the longest words, each once, and every word of a script without spaces', () => {
    expect(tellingWords('The export prints the blank pages, and the export is slow')).toEqual([
      'export',
      'prints',
      'blank',
      'pages',
      'slow',
    ])
    expect(tellingWords('印刷 ok')).toEqual(['印刷'])
    expect(tellingWords('a b c')).toEqual([])
    expect(tellingWords(Array.from({ length: 40 }, (_, i) => `word${i}`).join(' '))).toHaveLength(8)
  })

  it('puts first what shares rare words, then what shares more, then what is newer', () => {
    const [rare, both, common, newer] = ['rare', 'both', 'common', 'newer'].map((id) =>
      feedback(id, id === 'newer' ? { createdAt: '2026-11-23T12:00:00.000Z' } : {}),
    )
    const found = bestOf([page(2, rare!, both!), page(9_000, common!, both!, newer!)])
    expect(found.map(({ id }) => id)).toEqual(['both', 'rare', 'newer', 'common'])
    expect(bestOf([])).toEqual([])
  })

  it('reads an id out of a link', () => {
    const id = '0198c5a2-7d1e-7c3a-9b52-0d6d7c1f4e11'
    expect(idIn(`https://feedback.example.com/console/inbox?status=new&item=${id.toUpperCase()}`)).toBe(id)
    expect(idIn('DNY1YKGH')).toBeNull()
  })
})

describe('what is shown before the collector has answered', () => {
  const note = { id: 'n1', text: 'Called back', author: 'ada', createdAt: '2026-11-22T12:00:00.000Z' }

  it('is the item with its note, its merge, its assignee, and without them', () => {
    const noted = patched(feedback('a'), { addNote: note })
    expect(noted.teamNotes).toEqual([note])
    expect(patched(noted, { addNote: note }).teamNotes).toEqual([note])
    expect(patched(noted, { removeNote: 'n1' }).teamNotes).toEqual([])
    const merged = patched(feedback('a'), { mergedInto: 'b', assignee: 'ada' })
    expect(merged).toMatchObject({ mergedInto: 'b', assignee: 'ada' })
    const free = patched(merged, { mergedInto: null, assignee: null })
    expect([free.mergedInto, free.assignee]).toEqual([undefined, undefined])
  })

  it('tells whether somebody else triaged the item in between', () => {
    const before = feedback('a', { labels: ['x', 'y'] })
    expect(sameTriage(before, { ...before, change: 9, labels: ['y', 'x'], teamNotes: [note] })).toBe(true)
    for (const other of [{ status: 'done' }, { spam: true }, { assignee: 'ada' }, { labels: ['x'] }]) {
      expect(sameTriage(before, { ...before, ...other })).toBe(false)
    }
  })
})

describe('what blacking out changes beside the message', () => {
  it('is named and shown as it will read', () => {
    const before = feedback('a', {
      person: { id: 'u', name: 'Ada', email: 'ada@b.c', verified: true },
      tags: { owner: 'Ada', beta: true },
      crumbs: [{ at: 'now', message: 'clicked Ada', data: { ada: 1 } }],
      attachments: [{ type: 'image/png', bytes: 1 }],
    })
    const after = feedback('a', {
      person: { name: '███', verified: false },
      tags: { owner: '███', beta: true },
      crumbs: [{ at: 'now', message: 'clicked ███', data: { '███': 1 } }],
      attachments: [{ type: 'image/png', bytes: 1, removed: true }],
    })
    expect(changedParts(before, after)).toEqual([
      { label: 'Name', text: '███' },
      { label: 'Person’s e-mail', text: 'taken out' },
      { label: 'Person’s id', text: 'taken out' },
      { label: 'Tags', text: 'owner: ███, beta: true' },
      { label: 'Just before', text: 'clicked ███, ███: 1' },
      { label: 'Images', text: 'image 1 removed' },
    ])
    expect(changedParts(before, before)).toEqual([])
  })
})
