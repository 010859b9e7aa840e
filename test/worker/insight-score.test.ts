import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { RatingScale } from '../../sdk/wire/index.ts'
import { differenceOf, poisson, studentInterval, welchInterval, wilson } from '../../worker/insight/interval.ts'
import { responseOf } from '../../worker/insight/response.ts'
import { change, estimate, meanOf, npsOf } from '../../worker/insight/score.ts'
import { quantile95, z95 } from '../../worker/insight/student.ts'
import { countChange } from '../../worker/insight/volume.ts'

const countsOf = (answers: readonly number[]) => {
  const counts = new Map<number, number>()
  for (const answer of answers) counts.set(answer, (counts.get(answer) ?? 0) + 1)
  return counts
}
const share = (successes: number, n: number) => ({ value: successes / n, interval: wilson(successes, n)! })

describe('intervals', () => {
  // Newcombe, Two-sided confidence intervals for the single proportion, Statistics in Medicine 17 (1998), table I.
  it.each([
    [81, 263, 0.2553, 0.3662],
    [15, 148, 0.0624, 0.1605],
    [0, 20, 0, 0.1611],
    [1, 29, 0.0061, 0.1718],
  ])('of a share are Wilson’s: %d of %d', (successes, n, low, high) => {
    expect(wilson(successes, n)!.low).toBeCloseTo(low, 4)
    expect(wilson(successes, n)!.high).toBeCloseTo(high, 4)
  })

  // Newcombe, Interval estimation for the difference, Statistics in Medicine 17 (1998), table II, method 10.
  it.each([
    [56, 70, 48, 80, 0.0524, 0.3339],
    [9, 10, 3, 10, 0.1705, 0.809],
    [6, 7, 2, 7, 0.0582, 0.8062],
    [5, 56, 0, 29, -0.0381, 0.1926],
    [0, 10, 0, 20, -0.1611, 0.2775],
    [10, 10, 0, 20, 0.6791, 1],
  ])('of a difference of shares are Newcombe’s: %d of %d and %d of %d', (a, m, b, n, low, high) => {
    const interval = differenceOf(share(a, m), share(b, n))
    expect(interval.low).toBeCloseTo(low, 4)
    expect(interval.high).toBeCloseTo(high, 4)
  })

  // R: qt(0.975, c(1, 2, 5, 10, 30, 100, 1000)).
  it.each([
    [1, 12.706205],
    [2, 4.302653],
    [5, 2.570582],
    [10, 2.228139],
    [30, 2.042272],
    [100, 1.983972],
    [1000, 1.962339],
    [1e9, z95],
  ])('of a mean use Student’s t: %d degrees of freedom', (degrees, quantile) => {
    expect(quantile95(degrees)).toBeCloseTo(quantile, 5)
  })

  // R's data set `sleep` (Student 1908): t.test(sleep$extra), and the example of ?t.test, t.test(extra ~ group).
  const groups: [number[], number[]] = [
    [0.7, -1.6, -0.2, -1.2, -0.1, 3.4, 3.7, 0.8, 0, 2],
    [1.9, 0.8, 1.1, 0.1, -0.1, 4.4, 5.5, 1.6, 4.6, 3.4],
  ]
  it('of a mean agree with t.test', () => {
    const all = meanOf(countsOf([...groups[0], ...groups[1]]))
    expect(all.value).toBeCloseTo(1.54, 10)
    expect(studentInterval(all)!.low).toBeCloseTo(0.5955845, 6)
    expect(studentInterval(all)!.high).toBeCloseTo(2.4844155, 6)
  })

  it('of a difference of means agree with Welch’s t.test', () => {
    const interval = welchInterval(meanOf(countsOf(groups[0])), meanOf(countsOf(groups[1])))!
    expect(interval.low).toBeCloseTo(-3.3654832, 6)
    expect(interval.high).toBeCloseTo(0.2054832, 6)
  })

  it('of a count are the score intervals of DescTools::PoissonCI: 196 deaths by horse kicks in 280 corps-years', () => {
    expect(poisson(196).low / 280).toBeCloseTo(0.6086218, 6)
    expect(poisson(196).high / 280).toBeCloseTo(0.8050977, 6)
  })
})

describe('a score', () => {
  it('is an NPS with the standard error of a variable that is 1, 0 or −1', () => {
    // W. Huber, https://stats.stackexchange.com/q/18603: shares of 1/2, 1/3 and 1/6 have the variance 5/9.
    const counts = new Map([
      [10, 162],
      [8, 108],
      [3, 54],
    ])
    expect(npsOf(counts).value).toBeCloseTo(100 / 3, 10)
    expect(npsOf(counts).standardError).toBeCloseTo(100 * Math.sqrt(5 / 9 / 324), 10)
    // A. Engelhardt, Net Promoter Score confidence intervals (CYBAEA 2016): a third each is 320 / √n wide.
    const thirds = estimate('nps', new Map([9, 7, 0].map((value) => [value, 3_413])))
    expect(thirds.interval!.high - thirds.interval!.low).toBeCloseTo(320 / Math.sqrt(10_239), 1)
  })

  it('is a share of the content, or a mean', () => {
    expect(estimate('csat', countsOf([5, 4, 3, 1])).value).toBe(0.5)
    expect(estimate('thumbs', countsOf([1, 1, 0, 1])).value).toBe(0.75)
    expect(estimate('ces', countsOf([1, 7, 4])).value).toBe(4)
    expect(estimate('stars', countsOf([5, 4])).value).toBe(4.5)
  })

  it('says nothing of nobody, and no interval of one mean', () => {
    for (const scale of ['nps', 'csat', 'ces', 'stars', 'thumbs'] as const) {
      expect(estimate(scale, new Map())).toEqual({ value: null, interval: null })
      expect(change(scale, new Map(), countsOf([1]))).toBeNull()
      expect(change(scale, countsOf([1]), new Map())).toBeNull()
    }
    expect(estimate('ces', countsOf([6]))).toEqual({ value: 6, interval: null })
    expect(change('ces', countsOf([6]), countsOf([5, 6]))).toEqual({ value: 0.5, interval: null })
  })

  it('does not claim to be certain where all agree', () => {
    const one = estimate('nps', countsOf([10]))
    expect(one.value).toBe(100)
    expect(one.interval!.high).toBe(100)
    expect(one.interval!.low).toBeLessThan(50)
    const ten = estimate('nps', new Map([[10, 10]]))
    expect(ten.interval!.low).toBeGreaterThan(one.interval!.low)
    expect(ten.interval!.low).toBeLessThan(90)
    expect(estimate('stars', new Map([[5, 4]])).interval!.low).toBeLessThan(4.7)
    expect(change('nps', new Map([[10, 5]]), new Map([[9, 7]]))!.interval).toMatchObject({ low: expect.any(Number) })
    expect(change('nps', new Map([[10, 5]]), new Map([[9, 7]]))!.interval!.low).toBeLessThan(-20)
  })

  const scales = fc.constantFrom<[RatingScale, number, number]>(
    ['nps', 0, 10],
    ['csat', 1, 5],
    ['ces', 1, 7],
    ['stars', 1, 5],
    ['thumbs', 0, 1],
  )
  const bounds = { nps: [-100, 100], share: [0, 1], ces: [1, 7], stars: [1, 5] }
  it('stays within its scale and its interval, which narrows the more people say the same', () => {
    fc.assert(
      fc.property(
        scales.chain(([scale, low, high]) =>
          fc.tuple(
            fc.constant(scale),
            fc.array(fc.tuple(fc.integer({ min: low, max: high }), fc.integer({ min: 1, max: 50 })), {
              minLength: 1,
              maxLength: 11,
            }),
          ),
        ),
        ([scale, pairs]) => {
          const counts = new Map(pairs)
          const { value, interval } = estimate(scale, counts)
          const name = scale === 'csat' || scale === 'thumbs' ? 'share' : scale
          const [least, most] = bounds[name] as [number, number]
          expect(value).toBeGreaterThanOrEqual(least)
          expect(value).toBeLessThanOrEqual(most)
          if (interval === null) return
          expect(interval.high).toBeGreaterThan(interval.low)
          expect(interval.low).toBeLessThanOrEqual(value! + 1e-12)
          expect(interval.high).toBeGreaterThanOrEqual(value! - 1e-12)
          expect(interval.low).toBeGreaterThanOrEqual(least)
          expect(interval.high).toBeLessThanOrEqual(most)
          const huge = estimate(scale, new Map([...counts].map(([given, count]) => [given, count * 1_000_000])))
          expect(huge.value).toBeCloseTo(value!, 9)
          expect(huge.interval!.high - huge.interval!.low).toBeLessThan(interval.high - interval.low)
          const same = change(scale, counts, counts)!
          expect(same.value).toBe(0)
          expect(same.interval!.low).toBeCloseTo(-same.interval!.high, 9)
        },
      ),
    )
  })
})

describe('a change of counts', () => {
  it('contains nothing where nothing changed, and is never certain', () => {
    fc.assert(
      fc.property(fc.nat(1e9), fc.nat(1e9), (a, b) => {
        const { value, interval } = countChange(a, b)
        expect(value).toBe(a - b)
        expect(interval!.low).toBeLessThan(a - b)
        expect(interval!.high).toBeGreaterThan(a - b)
        const same = countChange(a, a).interval!
        expect(same.low).toBeLessThan(0)
        expect(same.high).toBeGreaterThan(0)
      }),
    )
  })

  it('tells 100 from 150, and not 10 from 15', () => {
    expect(countChange(150, 100).interval!.low).toBeGreaterThan(0)
    expect(countChange(15, 10).interval!.low).toBeLessThan(0)
  })
})

describe('a response rate', () => {
  const span = { period: { from: '2026-11-16', to: '2026-11-22' }, from: 0, to: 1 }
  it('is a share of displays with Wilson’s interval', () => {
    const rate = responseOf(span, 263, 81)
    expect(rate.value).toBeCloseTo(0.308, 3)
    expect(rate.interval!.low).toBeCloseTo(0.2553, 4)
  })

  it('is none where there were more answers than displays, or no displays', () => {
    expect(responseOf(span, 3, 4)).toMatchObject({ displays: 3, responses: 4, value: null, interval: null })
    expect(responseOf(span, 0, 0)).toMatchObject({ value: null, interval: null })
  })
})
