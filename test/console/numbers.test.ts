import { describe, expect, it } from 'vitest'
import { readView } from '../../worker/console/address/view.ts'
import { behind, isListable } from '../../worker/console/numbers/behind.ts'
import { columnsOf } from '../../worker/console/numbers/plot.ts'
import {
  axisLabel,
  changeInWords,
  inWords,
  measured,
  periodInWords,
  verdict,
} from '../../worker/console/numbers/words.ts'

describe('a number in words', () => {
  it.each([
    ['nps', -12.4, '−12'],
    ['nps', -0.2, '0'],
    ['share', 0.4567, '45.7%'],
    ['mean', 4.2, '4.20'],
    ['count', 12_345, '12,345'],
  ] as const)('%s of %d is %s', (measure, value, words) => {
    expect(measured(measure, value, 'en-GB')).toBe(words)
  })

  it('gives its interval, or says that there is none', () => {
    expect(inWords('nps', { low: -8.2, high: 40.1 }, 'en-GB')).toBe('−8 to 40')
    expect(inWords('share', null, 'en-GB')).toBe('no interval')
  })

  it('calls a difference a change only where its interval leaves out zero', () => {
    expect(verdict({ value: 5, interval: { low: 1, high: 9 } })).toBe('up')
    expect(verdict({ value: -5, interval: { low: -9, high: -1 } })).toBe('down')
    expect(verdict({ value: 5, interval: { low: -3, high: 13 } })).toBe('unclear')
    expect(verdict({ value: 5, interval: null })).toBe('unknown')
  })

  it('gives a difference of shares in points, with its interval', () => {
    const change = { value: 0.05, interval: { low: -0.031, high: 0.13 } }
    expect(changeInWords('share', change, 'en-GB')).toBe('+5 points (−3.1 to 13)')
    const odd = { value: -0.15967, interval: { low: -0.4448, high: 0.17555 } }
    expect(changeInWords('share', odd, 'en-GB')).toBe('−16 points (−44.5 to 17.6)')
    expect(changeInWords('nps', { value: 5, interval: { low: -3, high: 13 } }, 'en-GB')).toBe('+5 (−3 to 13)')
    expect(changeInWords('nps', { value: null, interval: null })).toBe('nothing to compare with')
  })
})

describe('a period in words', () => {
  it('is short on an axis and whole in a table', () => {
    const week = { from: '2025-12-29', to: '2026-01-04' }
    expect(axisLabel(week, 'week', 'en-GB')).toBe('29 Dec')
    expect(axisLabel({ from: '2026-02-01', to: '2026-02-28' }, 'month', 'en-GB')).toBe('Feb 26')
    expect(periodInWords(week, 'en-GB')).toBe('29 Dec 2025 to 4 Jan 2026')
    expect(periodInWords({ from: '2026-01-05', to: '2026-01-05' }, 'en-GB')).toBe('5 Jan 2026')
  })
})

describe('the items behind a number', () => {
  it('are what the filters select, narrowed to the period and the value, in its zone', () => {
    const { filters } = readView('?kind=bug&from=2026-01-01&to=2026-12-31&tz=UTC&sort=oldest')
    const found = behind(filters, { from: '2026-03-01', to: '2026-03-07' }, 'Asia/Tokyo', { scale: 'nps', min: '9' })
    expect(Object.fromEntries(found)).toEqual({
      kind: ['bug'],
      from: ['2026-03-01'],
      to: ['2026-03-07'],
      tz: ['Asia/Tokyo'],
      scale: ['nps'],
      min: ['9'],
    })
  })

  it('are no list where a list of that label would hold more than was counted', () => {
    const { filters } = readView('?label=ux&label=urgent&kind=bug')
    // Counted are those with either of the two that have this one as well.
    expect(isListable(filters, 'label', 'export')).toBe(false)
    expect(isListable(filters, 'label', 'ux')).toBe(true)
    expect(isListable(filters, 'tag.room', 'north')).toBe(true)
  })
})

describe('a plot', () => {
  it('has a column for each line, for its few answers, and for both edges of its band', () => {
    const line = {
      name: 'NPS',
      values: [1, null, 3],
      few: [true, false, false],
      band: [{ low: 0, high: 2 }, null, null],
    }
    expect(columnsOf([line])).toEqual([
      [0, 1, 2],
      [1, null, 3],
      [1, null, null],
      [2, null, null],
      [0, null, null],
    ])
  })
})
