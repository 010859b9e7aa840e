import { describe, expect, it } from 'vitest'
import { dropReasons, type Feedback, problemCodes, type Webhook } from '../../sdk/wire/index.ts'
import {
  filterInWords,
  filterOf,
  attemptInWords,
  deliveryState,
  stateOf,
} from '../../worker/console/setup/webhooks/words.ts'
import { messageOf } from '../../worker/console/setup/webhooks/message.ts'
import { countOf, daysOf, groups, reasonInWords, reasonsOf, spamOf } from '../../worker/console/setup/health/words.ts'
import { quotaInWords } from '../../worker/console/setup/quota-words.ts'
import { daysIn, retentionInWords } from '../../worker/console/setup/project/retention-words.ts'
import { reasonTitle } from '../../worker/console/triage/screened.ts'
import { slackMessage } from '../../worker/deliver/slack.ts'
import { score } from '../../worker/intake/screen.ts'

describe('a webhook in words', () => {
  const webhook: Pick<Webhook, 'state' | 'off' | 'failingSince'> = { state: 'on', off: null, failingSince: null }
  const at = '2026-11-22T09:00:00Z'

  it('says why it is off, and that it fails before it is', () => {
    expect(stateOf(webhook).text).toBe('On')
    expect(stateOf({ ...webhook, failingSince: at })).toEqual({ text: 'Failing', tone: 'notice' })
    const off = (reason: 'paused' | 'gone' | 'failing') => stateOf({ ...webhook, state: 'off', off: { reason, at } })
    expect(off('paused')).toEqual({ text: 'Off', tone: 'quiet' })
    expect(off('gone').text).toContain('410 Gone')
    expect(off('failing').text).toContain('five days')
  })

  it('says what an attempt came to, and that a delivery that waits has failed before', () => {
    expect(attemptInWords({ status: 500, error: 'status' })).toBe('500 · Not accepted')
    expect(attemptInWords({ status: null, error: 'timeout' })).toBe('No answer in 15 seconds')
    expect(attemptInWords({ status: 204, error: null })).toBe('204 · Accepted')
    const failed = { at, ms: 3, status: 500, error: 'status' as const, detail: null }
    expect(deliveryState({ state: 'pending', attempts: [] }).text).toBe('Waiting')
    expect(deliveryState({ state: 'pending', attempts: [failed] }).text).toBe('Failed so far')
  })

  it('is told of what a list shows: always with the environment, never with how it is sorted', () => {
    expect(filterOf('')).toBe('environment=production')
    expect(filterOf('kind=bug&sort=oldest&group=kind&view=v1&item=a')).toBe('kind=bug&environment=production')
    expect(filterOf('environment=staging&not.label=ux')).toBe('environment=staging&not.label=ux')
    expect(filterInWords(null, null)).toBeNull()
    expect(filterInWords('kind=bug&q=late+order&not.status=done', null)).toBe(
      'Holds “late order”; Kind is bug; Status is not done',
    )
  })
})

describe('the preview of a message', () => {
  const base: Feedback = {
    id: '019aa000-0000-7000-8000-000000000001',
    reference: 'ES-1',
    environment: 'production',
    kind: 'bug',
    status: 'new',
    labels: [],
    spam: false,
    message: 'It broke',
    tags: {},
    source: 'widget',
    createdAt: '2026-11-22T09:00:00Z',
    receivedAt: '2026-11-22T09:00:00Z',
    updatedAt: '2026-11-22T09:00:00Z',
    change: 1,
    person: null,
    page: null,
  }
  const project = { name: 'Shop', kinds: [{ key: 'bug', label: 'Bug report' }] }

  it.each<[string, Partial<Feedback>]>([
    ['words alone', {}],
    ['a score and nobody', { message: '', rating: { scale: 'nps', value: 3 } }],
    ['stars', { rating: { scale: 'stars', value: 4 } }],
    ['thumbs', { rating: { scale: 'thumbs', value: 0 } }],
    ['many lines', { message: ' one \n\n two\nthree\r\nfour\nfive' }],
    ['a long text', { message: 'word '.repeat(200) }],
    [
      'somebody, somewhere',
      {
        environment: 'staging',
        person: { id: 'u1', verified: false, name: 'Ada  Lovelace', account: { id: 'a1', name: 'Acme', plan: 'pro' } },
        page: { url: 'https://shop.example.com/cart?x=1' },
      },
    ],
    ['an address to answer', { email: 'ada@example.com', page: { url: 'https://x.example/', title: 'Start' } }],
  ])('shows what the collector writes: %s', (_, more) => {
    const item = { ...base, ...more }
    const shown = messageOf(item, project)
    const { blocks } = slackMessage(
      { project: 'p1', origin: 'https://f.example', name: 'Shop', labelOf: () => 'Bug report' },
      [item],
    )
    const texts = (blocks as { text?: { text: string }; elements?: { text: string }[] }[]).map(
      ({ text, elements }) => text?.text ?? elements?.[0]?.text,
    )
    const title = `*<https://f.example/console/inbox?project=p1&amp;item=${item.id}|${shown.title}>*${shown.beside}`
    expect([title, shown.said, shown.facts].filter(Boolean)).toEqual(texts)
  })
})

describe('what became of what was sent, in words', () => {
  it('has words for every refusal of a public route, and for every reason to give up', () => {
    // Those of private routes alone, or of a request that belongs to no project.
    const others = ['bad-cursor', 'bad-filter', 'unknown-filter', 'no-scope', 'cross-site', 'method-not-allowed']
    const codes = Object.keys(problemCodes).filter((code) => !others.includes(code))
    expect(codes.filter((code) => reasonInWords('refused', code).what === code)).toEqual([])
    const reasons = [...dropReasons, 'other']
    expect(reasons.filter((reason) => reasonInWords('dropped', reason).what === reason)).toEqual([])
    expect(reasonInWords('refused', 'brand-new').what).toBe('brand-new')
  })

  it('adds one reason of several routes up, the most frequent first', () => {
    const refused = { outcome: 'refused', reason: 'too-many' } as const
    const [first, second] = reasonsOf([
      { route: 'feedback', outcome: 'accepted', reason: null, count: 900 },
      { route: 'feedback', outcome: 'refused', reason: 'invalid', count: 3 },
      { route: 'feedback', ...refused, count: 2 },
      { route: 'attachments', ...refused, count: 4 },
    ])
    expect(first).toMatchObject({ count: 6, of: 'feedback 2, images 4' })
    expect(second).toMatchObject({ count: 3, of: null })
  })

  it('tells how much of what was accepted came into the spam tray', () => {
    const of = { route: 'feedback', outcome: 'accepted' } as const
    const total = [
      { ...of, reason: null, count: 900 },
      { ...of, reason: 'spam', count: 7 },
    ]
    expect([countOf(total, 'accepted'), spamOf(total), reasonsOf(total)]).toEqual([907, 7, []])
  })

  it('has every day from the first to the last, with noughts where nothing was sent', () => {
    const of = { route: 'feedback', reason: null } as const
    const days = daysOf('2026-10-31', '2026-11-02', [
      { ...of, day: '2026-11-02', outcome: 'amended', count: 1 },
      { ...of, day: '2026-11-02', outcome: 'accepted', count: 2 },
      { ...of, day: '2026-10-31', outcome: 'dropped', count: 5 },
    ])
    expect(days.map(({ day, counts }) => [day, ...groups.map((group) => counts[group])])).toEqual([
      ['2026-10-31', 0, 0, 0, 5],
      ['2026-11-01', 0, 0, 0, 0],
      ['2026-11-02', 3, 0, 0, 0],
    ])
  })
})

describe('a retention in words', () => {
  it('says what stays, and takes a number of days and nothing else', () => {
    expect(retentionInWords(null)).toContain('until somebody deletes it')
    expect(retentionInWords({ days: 1, keep: 'nothing' })).toBe('After 1 day feedback is deleted, with its images.')
    expect(retentionInWords({ days: 365, keep: 'scores' })).toContain('After 365 days score and date stay')
    expect([' 90 ', '3650', '0', '3651', '1.5', '-1', '', '1e3'].map(daysIn)).toEqual([
      90,
      3_650,
      ...Array.from({ length: 6 }, () => null),
    ])
  })
})

describe('why something is in the spam tray', () => {
  it.each([
    ['see https://b.example https://c.example https://d.example', '3 links'],
    ['Great product indeed. '.repeat(8), 'Repeats itself'],
    ['sdfkjhsdf kjxcvbnmq wrtpsdfgh zxcvbnmkjh', 'No language’s words'],
    ['[url=http://x.example]best online casino[/url]', 'Links in code'],
  ])('%s', (message, title) => {
    expect(score({ message }).reasons.map(reasonTitle)).toContain(title)
  })
})

describe('a quota in words', () => {
  const of = (used: number, perDay = 1_000) =>
    quotaInWords({ used, perDay, resetsAt: '2026-11-24T00:00:00.000Z' }, (iso) => iso.slice(11, 16))

  it('says nothing while there is enough, then how much is used and what to do', () => {
    expect(of(799)).toBeNull()
    expect(of(800)?.short).toBe('80% of today’s quota used')
    expect(of(999)?.short).toBe('99% of today’s quota used')
    expect(of(999)?.what).toContain('999 of 1,000 items')
    expect(of(1_000)?.short).toBe('Today’s quota is used up')
    expect(of(1_200)?.what).toContain('comes after 00:00')
    expect(of(800)?.todo).toContain('raise the quota')
  })
})
