import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { periodUnits } from '../../sdk/wire/index.ts'
import { addDays, dateAt, startOfDay } from '../../worker/filters/day.ts'
import { type Calendar, periodsMax, timeline } from '../../worker/insight/period.ts'

const at = (text: string) => Date.parse(text)
const berlin: Calendar = { timeZone: 'Europe/Berlin', weekStart: 'monday' }
const named = (calendar: Calendar, by: 'day' | 'week' | 'month', from: string | null, to: string | null, now: string) =>
  timeline({ from: from === null ? null : at(from), to: to === null ? null : at(to), by, calendar, now: at(now) })!

describe('a day', () => {
  it.each([
    ['Europe/Berlin', '2026-03-29', '2026-03-28T23:00:00Z'],
    ['Europe/Berlin', '2026-03-30', '2026-03-29T22:00:00Z'],
    ['Asia/Kolkata', '2026-11-22', '2026-11-21T18:30:00Z'],
    ['America/Los_Angeles', '2026-11-01', '2026-11-01T07:00:00Z'],
    ['America/Los_Angeles', '2026-11-02', '2026-11-02T08:00:00Z'],
    // Midnight does not exist: the clock goes from 23:59:59 to 01:00.
    ['America/Sao_Paulo', '2018-11-04', '2018-11-04T03:00:00Z'],
    ['Africa/Cairo', '2026-04-24', '2026-04-23T22:00:00Z'],
    // Midnight comes twice: the clock goes back from 01:00.
    ['America/Havana', '2026-11-01', '2026-11-01T04:00:00Z'],
    ['Asia/Amman', '2021-10-29', '2021-10-28T21:00:00Z'],
    // The date does not exist: Samoa went over the date line.
    ['Pacific/Apia', '2011-12-30', '2011-12-30T10:00:00Z'],
    ['Pacific/Apia', '2011-12-31', '2011-12-30T10:00:00Z'],
  ])('in %s begins with its first instant: %s', (zone, date, instant) => {
    expect(new Date(startOfDay(date, zone)).toISOString()).toBe(new Date(at(instant)).toISOString())
  })

  const zones = Intl.supportedValuesOf('timeZone')
  it('holds the instants of its date and no others, in every zone', () => {
    fc.assert(
      fc.property(fc.constantFrom(...zones), fc.integer({ min: 0, max: 7_300 }), (zone, days) => {
        const date = addDays('2012-01-01', days)
        const start = startOfDay(date, zone)
        expect(dateAt(start, zone) >= date).toBe(true)
        expect(dateAt(start - 1, zone) < date).toBe(true)
      }),
      { numRuns: 2_000 },
    )
  })
})

describe('periods', () => {
  it('are weeks of the project, with the part of this one that there was', () => {
    const line = named(berlin, 'week', null, null, '2026-11-23T08:00:00Z')
    expect(line.periods).toHaveLength(12)
    expect(line.periods[0]).toEqual({
      period: { from: '2026-09-07', to: '2026-09-13' },
      from: at('2026-09-06T22:00:00Z'),
      to: at('2026-09-13T22:00:00Z'),
    })
    // The clocks go back within this week: it has 169 hours.
    expect(line.periods[6]).toEqual({
      period: { from: '2026-10-19', to: '2026-10-25' },
      from: at('2026-10-18T22:00:00Z'),
      to: at('2026-10-25T23:00:00Z'),
    })
    expect(line.periods.at(-1)!.period).toEqual({ from: '2026-11-23', to: '2026-11-23', partial: true })
    expect(line.before.period).toEqual({ from: '2026-08-31', to: '2026-09-06' })
    expect(line.total.period).toEqual({ from: '2026-09-07', to: '2026-11-23', partial: true })
    expect(line.previous.period).toEqual({ from: '2026-06-21', to: '2026-09-06' })
  })

  it('begin with Sunday where weeks do', () => {
    const line = named({ ...berlin, weekStart: 'sunday' }, 'week', null, null, '2026-11-22T08:00:00Z')
    expect(line.periods.at(-1)!.period).toEqual({ from: '2026-11-22', to: '2026-11-22', partial: true })
    expect(line.periods.at(-2)!.period).toEqual({ from: '2026-11-15', to: '2026-11-21' })
  })

  it('are months of their own length', () => {
    const line = named(berlin, 'month', '2026-01-31T23:00:00Z', '2026-04-14T22:00:00Z', '2026-11-23T08:00:00Z')
    expect(line.periods.map(({ period }) => period)).toEqual([
      { from: '2026-02-01', to: '2026-02-28' },
      { from: '2026-03-01', to: '2026-03-31' },
      { from: '2026-04-01', to: '2026-04-14', partial: true },
    ])
    expect(line.before.period).toEqual({ from: '2026-01-01', to: '2026-01-31' })
    expect(line.previous.period).toEqual({ from: '2025-11-20', to: '2026-01-31' })
    expect(line.total.period).toEqual({ from: '2026-02-01', to: '2026-04-14' })
  })

  it('are refused where there would be too many, at once', () => {
    const now = '2026-11-23T08:00:00Z'
    expect(timeline({ from: 0, to: null, by: 'day', calendar: berlin, now: at(now) })).toBeNull()
    expect(timeline({ from: -6e13, to: null, by: 'month', calendar: berlin, now: at(now) })).toBeNull()
    const year = { from: at('2025-11-23T00:00:00Z'), to: null, by: 'day', calendar: berlin, now: at(now) } as const
    expect(timeline(year)!.periods).toHaveLength(366)
  })

  it('cover their range without gap or overlap, in any zone, and the range before is as long', () => {
    const asked = fc.record({
      zone: fc.constantFrom(
        'UTC',
        'Asia/Kolkata',
        'America/Los_Angeles',
        'Europe/Berlin',
        'Pacific/Apia',
        'Africa/Cairo',
      ),
      weekStart: fc.constantFrom('monday' as const, 'sunday' as const),
      by: fc.constantFrom(...periodUnits),
      day: fc.integer({ min: 0, max: 6_000 }),
      days: fc.integer({ min: 1, max: 380 }),
    })
    fc.assert(
      fc.property(asked, ({ zone, weekStart, by, day, days }) => {
        const [first, after] = [addDays('2012-01-10', day), addDays('2012-01-10', day + days)]
        const [from, to] = [startOfDay(first, zone), startOfDay(after, zone)]
        const calendar = { timeZone: zone, weekStart }
        const line = timeline({ from, to, by, calendar, now: at('2040-01-01T00:00:00Z') })!
        expect(line.periods.length).toBeLessThanOrEqual(periodsMax)
        expect(line.periods[0]!.from).toBe(from)
        expect(line.periods.at(-1)!.to).toBe(to)
        for (const [i, { period, from: begin, to: end }] of line.periods.entries()) {
          if (i > 0) expect(begin).toBe(line.periods[i - 1]!.to)
          expect(startOfDay(period.from, zone)).toBe(begin)
          expect(startOfDay(addDays(period.to, 1), zone)).toBe(end)
          if (by === 'week' && period.partial !== true) {
            expect(new Date(period.from).getUTCDay()).toBe(weekStart === 'monday' ? 1 : 0)
            expect(addDays(period.from, 6)).toBe(period.to)
          }
          if (by === 'month' && period.partial !== true) expect(period.from.slice(8)).toBe('01')
        }
        expect(line.previous.to).toBe(from)
        expect(line.previous.from).toBe(startOfDay(addDays(first, -days), zone))
      }),
      { numRuns: 300 },
    )
  })
})
