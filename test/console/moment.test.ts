import { describe, expect, it } from 'vitest'
import { addDays, before, relativeTime } from '../../worker/console/controls/moment.ts'

const now = Date.parse('2026-11-22T12:00:00Z')

describe('times', () => {
  it.each([
    ['2026-11-22T11:59:30Z', 'now'],
    ['2026-11-22T11:55:00Z', '5m ago'],
    ['2026-11-22T09:01:00Z', '2h ago'],
    ['2026-11-21T11:00:00Z', 'yesterday'],
    ['2026-11-18T11:00:00Z', '4d ago'],
    ['2026-11-10T11:00:00Z', 'Nov 10'],
    ['2025-11-10T11:00:00Z', 'Nov 10, 2025'],
    ['no time at all', 'no time at all'],
  ])('tells %s as "%s"', (iso, words) => {
    expect(relativeTime(iso, now, 'en-US')).toBe(words)
  })

  it('does not put a clock that runs ahead in the future', () => {
    expect(relativeTime('2026-11-22T12:03:00Z', now, 'en-US')).toBe('now')
  })

  it('tells how long before something else it was', () => {
    expect(before('2026-11-22T11:58:48Z', '2026-11-22T12:00:00Z')).toBe('1:12')
    expect(before('2026-11-22T10:58:48Z', '2026-11-22T12:00:00Z')).toBe('1:01:12')
    expect(before('2026-11-22T12:00:01Z', '2026-11-22T12:00:00Z')).toBe('')
  })

  it('counts days across months and years', () => {
    expect(addDays('2026-03-01', -1)).toBe('2026-02-28')
    expect(addDays('2026-12-31', 1)).toBe('2027-01-01')
  })
})
