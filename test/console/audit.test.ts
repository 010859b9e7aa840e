import { describe, expect, it } from 'vitest'
import { auditActions, type AuditEntry } from '../../sdk/wire/index.ts'
import { actionGroups, nameOfAction } from '../../worker/console/audit/actions-in-words.ts'
import { changesOf, labelOf } from '../../worker/console/audit/changes.ts'
import { dayInWords } from '../../worker/console/audit/day.ts'
import { valueOf, withValue } from '../../worker/console/audit/query.ts'
import { nameOfActor, summaryOf, tell } from '../../worker/console/audit/sentence.ts'
import { whereIs } from '../../worker/console/audit/thing.ts'
import { placePath, readPlace } from '../../worker/console/address/place.ts'

const bo = '0b0b0b0b-0000-4000-8000-000000000000'
const ada = { type: 'member', id: 'a', name: 'Ada' } as const

const entry = (given: Partial<AuditEntry>): AuditEntry => ({
  id: '1',
  at: '2026-11-23T09:00:00.000Z',
  actor: ada,
  action: 'project.update',
  target: null,
  summary: null,
  before: null,
  after: null,
  requestId: null,
  ...given,
})

const names = { of: (type: string, id: string) => (type === 'member' && id === bo ? 'Bo' : undefined) }
const sentenceOf = (given: Partial<AuditEntry>) => {
  const { did, thing, after } = tell(entry(given), names)
  return [did, thing, after].filter(Boolean).join(' ')
}
const wording = (field: string, value: string) => (field === 'status' ? value.toUpperCase() : value)
const changes = (given: Partial<AuditEntry>) =>
  changesOf(entry(given), wording, 'en-GB').map(({ label, before, after }) => `${label}: ${before} → ${after}`)

describe('a sentence of the log', () => {
  it.each<[string, Partial<AuditEntry>]>([
    ['changed the role of Bo', { action: 'member.update', target: { type: 'member', id: bo } }],
    ['changed their own role', { action: 'member.update', target: { type: 'member', id: 'a' } }],
    ['left the project', { action: 'member.remove', target: { type: 'member', id: 'a' }, before: { name: 'Ada' } }],
    [
      'took Cleo out of the project',
      { action: 'member.remove', target: { type: 'member', id: 'gone' }, before: { name: 'Cleo', role: 'viewer' } },
    ],
    ['took a member out of the project', { action: 'member.remove', target: { type: 'member', id: 'erased' } }],
    ['signed Bo out everywhere', { action: 'session.end', target: { type: 'member', id: bo }, summary: 'Everywhere' }],
    [
      'signed out everywhere else',
      {
        actor: { type: 'member', id: bo, name: 'Bo' },
        action: 'session.end',
        target: { type: 'member', id: bo },
        summary: 'Everywhere else',
      },
    ],
    ['signed in with a passkey', { action: 'session.create', after: { method: 'passkey' } }],
    ['made the key “Nightly”', { action: 'key.create', target: { type: 'key', id: 'k' }, after: { name: 'Nightly' } }],
    ['revoked a key', { action: 'key.revoke', target: { type: 'key', id: 'k' } }],
    ['triaged 12 items', { action: 'feedback.triage', summary: '12 items' }],
    ['triaged an item', { action: 'feedback.triage', target: { type: 'feedback', id: 'f' } }],
    [
      'took an item out of a merge',
      { action: 'feedback.merge', target: { type: 'feedback', id: 'f' }, after: { into: null } },
    ],
    [
      'deleted 3 items after 90 days, as is set here',
      { action: 'retention.delete', target: { type: 'project', id: 'p' }, after: { count: 3, days: 90 } },
    ],
    ['imported 2 items', { action: 'feedback.import', after: { stored: 2, repeated: 1 } }],
    ['deleted the survey “nps-2026”', { action: 'survey.delete', target: { type: 'survey', id: 'nps-2026' } }],
    [
      'saved a private view',
      { action: 'view.create', target: { type: 'view', id: 'v' }, after: { visibility: 'private' } },
    ],
    [
      'sent 3 that failed again',
      { action: 'delivery.send', target: { type: 'webhook', id: 'w' }, summary: '3 that failed' },
    ],
    ['robot.dance r2', { action: 'robot.dance', target: { type: 'robot', id: 'r2' } }],
    ['constructor', { action: 'constructor' }],
  ])('%s', (said, given) => {
    expect(sentenceOf(given)).toBe(said)
  })

  it('has words for whatever the wire knows, and a name for its filter', () => {
    for (const action of auditActions) {
      expect(sentenceOf({ action, target: { type: action.split('.')[0] ?? '', id: 'x' } })).not.toContain(action)
      expect(nameOfAction(action)).not.toBe(action)
    }
    expect(actionGroups.flatMap(({ actions }) => actions)).toEqual(auditActions)
    expect(actionGroups.filter(({ thing, name }) => thing === name)).toEqual([])
    expect(nameOfAction('robot.dance')).toBe('robot.dance')
  })

  it('says who, and what the sentence has not said yet', () => {
    expect(nameOfActor(ada)).toBe('Ada')
    expect(nameOfActor({ type: 'key', id: 'sec_abc', name: 'CI' })).toBe('The key “CI”')
    expect(nameOfActor({ type: 'operator', id: null, name: null })).toBe('The operator')
    expect(nameOfActor({ type: 'system', id: null, name: null })).toBe('Earshot')
    expect(summaryOf(entry({ action: 'view.update', summary: 'lists other feedback' }))).toBe('Lists other feedback')
    expect(summaryOf(entry({ action: 'feedback.triage', summary: '12 items' }))).toBeNull()
  })
})

describe('before and after', () => {
  it('are said field by field, in the project’s own words', () => {
    expect(
      changes({
        before: { status: 'new', labels: [], spam: false, assignee: null },
        after: { status: 'done', labels: ['ux', 'billing'], spam: true, assignee: 'bo@example.com' },
      }),
    ).toEqual([
      'Status: NEW → DONE',
      'Labels: null → ux, billing',
      'Spam: no → yes',
      'Assigned to: null → bo@example.com',
    ])
  })

  it('name the innermost field, and what came to a list or left it', () => {
    const was = {
      widget: { email: 'optional' },
      statuses: [
        { key: 'new', label: 'New' },
        { key: 'old', label: 'Old' },
      ],
    }
    const is = {
      widget: { email: 'required' },
      statuses: [
        { key: 'new', label: 'Fresh' },
        { key: 'x', label: 'X' },
      ],
    }
    expect(changes({ before: was, after: is })).toEqual([
      'Widget, e-mail: optional → required',
      'Statuses, new, label: New → Fresh',
      'Statuses, old: Old → null',
      'Statuses, x: null → X',
    ])
    const turned = { statuses: was.statuses.toReversed() }
    expect(changes({ before: { statuses: was.statuses }, after: turned })).toEqual(['Statuses: new, old → old, new'])
  })

  it('count how many of a bulk change stood how', () => {
    const before = {
      patches: [
        { patch: { status: 'new' }, ids: ['1', '2', '3'] },
        { patch: { status: 'open' }, ids: ['4'] },
      ],
    }
    const after = { patches: [{ patch: { status: 'done' } }] }
    expect(changes({ action: 'feedback.triage', before, after })).toEqual(['Status: NEW (3), OPEN (1) → DONE'])
  })

  it('of what was made or deleted are its facts, without the name that the sentence says', () => {
    const facts = { name: 'CI', type: 'secret', scopes: ['read', 'export'], expiresAt: null }
    expect(changes({ action: 'key.create', after: facts })).toEqual(['Type: null → secret', 'May: null → read, export'])
    expect(changes({ action: 'member.remove', before: { name: 'Bo', role: 'viewer' } })).toEqual([
      'Role: null → viewer',
    ])
    expect(changes({ action: 'person.update' })).toEqual([])
  })

  it('of a key that was replaced say when the old one stops', () => {
    const before = { name: 'CI', hint: 'sec_old', expiresAt: '2026-11-24T09:00:00.000Z' }
    const after = { name: 'CI', hint: 'sec_new', expiresAt: null, replacedBy: 'f00' }
    const [begins, stops, ...rest] = changes({ action: 'key.rotate', before, after })
    expect(begins).toBe('Begins with: sec_old → sec_new')
    expect(stops).toMatch(/^Old key stops: null → 24 Nov 2026, \d\d:00$/)
    expect(rest).toEqual([])
  })

  it('that were too long to keep say so', () => {
    expect(
      changes({ before: { questions: { omittedBytes: 12_000 } }, after: { questions: { omittedBytes: 9 } } }),
    ).toEqual(['Questions: too long to keep (12,000 bytes) → too long to keep (9 bytes)'])
    expect(labelOf(['quota', 'perDay'])).toBe('Quota, per day')
  })
})

describe('the log’s address', () => {
  it('keeps every filter, the zone where there is a day, and what it does not know', () => {
    expect(readPlace('/console/audit', '?actor=member%3A1&project=p&colour=red')).toEqual({
      at: 'audit',
      query: 'actor=member%3A1&colour=red',
    })
    expect(placePath({ at: 'audit', query: 'action=key' })).toBe('/console/audit')
    const day = withValue('actor=key', 'from', '2026-11-01', 'Europe/Berlin')
    expect(day).toBe('actor=key&from=2026-11-01&tz=Europe%2FBerlin')
    expect(withValue(day, 'from', '', 'Europe/Berlin')).toBe('actor=key')
    expect(valueOf('actor=member&actor=key', 'actor')).toBe('member key')
  })

  it('leads to the thing, where there still is one', () => {
    expect(whereIs({ action: 'feedback.triage', target: { type: 'feedback', id: 'f' } })).toMatchObject({
      place: { at: 'inbox' },
      next: { item: 'f' },
    })
    expect(whereIs({ action: 'feedback.delete', target: { type: 'feedback', id: 'f' } })).toBeNull()
    expect(whereIs({ action: 'key.rotate', target: { type: 'key', id: 'k' } })?.place).toEqual({
      at: 'setup',
      section: 'keys',
    })
    expect(whereIs({ action: 'session.create', target: { type: 'session', id: 's' } })).toBeNull()
    expect(whereIs({ action: 'feedback.import', target: null })).toBeNull()
  })

  it('says days as people do', () => {
    expect(dayInWords('2026-11-23', '2026-11-23')).toBe('Today')
    expect(dayInWords('2026-11-22', '2026-11-23')).toBe('Yesterday')
    expect(dayInWords('2026-11-02', '2026-11-23', 'en-GB')).toMatch(/^Monday,? 2 November$/)
    expect(dayInWords('2025-11-02', '2026-11-23', 'en-GB')).toMatch(/^Sunday,? 2 November 2025$/)
  })
})
