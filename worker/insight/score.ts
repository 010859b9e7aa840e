import type { Estimate, ScoreMeasure } from '../../sdk/wire/insight.ts'
import { ratingScales, type RatingScale } from '../../sdk/wire/submission.ts'
import { differenceOf, normalInterval, type Sample, studentInterval, welchInterval, wilson } from './interval.ts'

/** How each scale is summed up. */
export const measures: Record<RatingScale, ScoreMeasure> = {
  nps: 'nps',
  csat: 'share',
  ces: 'mean',
  stars: 'mean',
  thumbs: 'share',
}

/** How many people gave each value. */
export type Counts = ReadonlyMap<number, number>

/** From which value on an answer counts towards a share. */
const contentFrom: Partial<Record<RatingScale, number>> = { csat: 4, thumbs: 1 }

const sum = (numbers: Iterable<number>): number => [...numbers].reduce((total, number) => total + number, 0)
const from = (counts: Counts, low: number, high = Infinity): number =>
  sum([...counts].map(([value, count]) => (value >= low && value <= high ? count : 0)))

/** How many gave an answer. */
export const answersIn = (counts: Counts): number => sum(counts.values())

const nothing: Estimate = { value: null, interval: null }

/** What a scale's answers come to, with its 95 % interval; kept within the scale. */
export function estimate(scale: RatingScale, counts: Counts): Estimate {
  const n = answersIn(counts)
  if (n === 0) return nothing
  if (measures[scale] === 'share') {
    const content = from(counts, contentFrom[scale] ?? 0)
    return { value: content / n, interval: wilson(content, n) }
  }
  const sample = measures[scale] === 'nps' ? npsOf(counts) : meanOf(counts)
  const interval = measures[scale] === 'nps' ? normalInterval(sample) : studentInterval(sample)
  const { min, max } = measures[scale] === 'nps' ? { min: -100, max: 100 } : ratingScales[scale]
  return {
    value: sample.value,
    interval: interval && { low: Math.max(min, interval.low), high: Math.min(max, interval.high) },
  }
}

/** How far a period's answers differ from the ones before; null where either has none. */
export function change(scale: RatingScale, later: Counts, earlier: Counts): Estimate | null {
  const [n, before] = [answersIn(later), answersIn(earlier)]
  if (n === 0 || before === 0) return null
  if (measures[scale] === 'share') {
    const share = (counts: Counts) => {
      const { value, interval } = estimate(scale, counts)
      return { value: value ?? 0, interval: interval ?? { low: 0, high: 1 } }
    }
    const [a, b] = [share(later), share(earlier)]
    return { value: a.value - b.value, interval: differenceOf(a, b) }
  }
  if (measures[scale] === 'mean') {
    const [a, b] = [meanOf(later), meanOf(earlier)]
    return { value: a.value - b.value, interval: welchInterval(a, b) }
  }
  const [a, b] = [npsOf(later), npsOf(earlier)]
  const standardError = Math.hypot(a.standardError, b.standardError)
  const value = a.value - b.value
  return { value, interval: normalInterval({ value, standardError, n }) }
}

/**
 * NPS = 100 (promoters 9 to 10 − detractors 0 to 6) / n, with standard error 100 √((p + d − (p − d)²) / n): the
 * variance of a variable that is 1, 0 or −1. Where all answers are of one sort (one answer alone always is) that would
 * be 0, as if the next could not be otherwise: then three answers are added for the error, of which ¾ promoters and ¾
 * detractors, as B. Rocks, Interval estimation for the Net Promoter Score, The American Statistician 70 (2016)
 * recommends for small samples (adjusted Wald, 3 and triangular).
 */
export function npsOf(counts: Counts): Sample {
  const n = answersIn(counts)
  const [promoters, detractors] = [from(counts, 9), from(counts, 0, 6)]
  const value = (100 * (promoters - detractors)) / n
  const error = (plus: number, minus: number, of: number): number =>
    100 * Math.sqrt(Math.max(0, (plus + minus) / of - ((plus - minus) / of) ** 2) / of)
  const uniform = promoters === n || detractors === n || promoters + detractors === 0
  return {
    value,
    n,
    standardError: uniform ? error(promoters + 0.75, detractors + 0.75, n + 3) : error(promoters, detractors, n),
  }
}

/**
 * A mean with its standard error, s / √n. Where all answers agree s would be 0; it is then taken as if one answer more
 * had been one point away: 1 / √(n + 1).
 */
export function meanOf(counts: Counts): Sample {
  const n = answersIn(counts)
  const value = sum([...counts].map(([given, count]) => given * count)) / n
  const squares = sum([...counts].map(([given, count]) => count * (given - value) ** 2))
  const deviation = squares === 0 || n < 2 ? 1 / Math.sqrt(n + 1) : Math.sqrt(squares / (n - 1))
  return { value, n, standardError: deviation / Math.sqrt(n) }
}
