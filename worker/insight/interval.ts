import type { Interval } from '../../sdk/wire/insight.ts'
import { quantile95, z95 } from './student.ts'

/**
 * Wilson's score interval of a share, without continuity correction; null for n = 0. Never of zero width: 10 of 10 is
 * 0.722 to 1. E. B. Wilson, Probable inference, JASA 22 (1927); worked examples in R. G. Newcombe, Two-sided confidence
 * intervals for the single proportion, Statistics in Medicine 17 (1998), table I: 81 of 263 is 0.2553 to 0.3662.
 */
export function wilson(successes: number, n: number): Interval | null {
  if (n === 0) return null
  const p = successes / n
  const z2 = z95 * z95
  const middle = (p + z2 / (2 * n)) / (1 + z2 / n)
  const half = (z95 * Math.sqrt((p * (1 - p)) / n + z2 / (4 * n * n))) / (1 + z2 / n)
  return {
    low: successes === 0 ? 0 : Math.max(0, middle - half),
    high: successes === n ? 1 : Math.min(1, middle + half),
  }
}

/**
 * An interval of the difference of two numbers, from the interval of each (square-and-add). With Wilson's intervals it
 * is Newcombe's hybrid score interval: R. G. Newcombe, Interval estimation for the difference between independent
 * proportions, Statistics in Medicine 17 (1998), method 10: 56/70 − 48/80 is 0.0524 to 0.3339. For other intervals: G. Y.
 * Zou and A. Donner, Construction of confidence limits about effect measures, Statistics in Medicine 27 (2008).
 */
export function differenceOf(
  later: { value: number; interval: Interval },
  earlier: { value: number; interval: Interval },
): Interval {
  const value = later.value - earlier.value
  return {
    low: value - Math.hypot(later.value - later.interval.low, earlier.interval.high - earlier.value),
    high: value + Math.hypot(later.interval.high - later.value, earlier.value - earlier.interval.low),
  }
}

/** A mean, or an NPS, with what its interval comes from. */
export interface Sample {
  value: number
  standardError: number
  n: number
}

/** `value` ± z · standard error. */
export function normalInterval({ value, standardError }: Sample): Interval {
  return { low: value - z95 * standardError, high: value + z95 * standardError }
}

/** Student's interval of a mean, n − 1 degrees of freedom; null for fewer than two answers. */
export function studentInterval({ value, standardError, n }: Sample): Interval | null {
  if (n < 2) return null
  const half = quantile95(n - 1) * standardError
  return { low: value - half, high: value + half }
}

/**
 * Welch's interval of the difference of two means, with the degrees of freedom of Welch and Satterthwaite; null where
 * either has fewer than two answers. B. L. Welch, Biometrika 34 (1947); R's `t.test(extra ~ group, data = sleep)`
 * gives −3.3654832 to 0.2054832 at 17.776 degrees.
 */
export function welchInterval(later: Sample, earlier: Sample): Interval | null {
  if (later.n < 2 || earlier.n < 2) return null
  const [a, b] = [later.standardError ** 2, earlier.standardError ** 2]
  const degrees = (a + b) ** 2 / (a ** 2 / (later.n - 1) + b ** 2 / (earlier.n - 1))
  const half = quantile95(degrees) * Math.sqrt(a + b)
  const value = later.value - earlier.value
  return { low: value - half, high: value + half }
}

/**
 * The score interval of a count of independent events (Poisson): n + z²/2 ± z √(n + z²/4). 0 is 0 to 3.84, so that two
 * empty periods do not differ by exactly nothing. L. Barker, A comparison of nine confidence intervals for a Poisson
 * parameter, The American Statistician 56 (2002).
 */
export function poisson(count: number): Interval {
  const half = z95 * Math.sqrt(count + (z95 * z95) / 4)
  const middle = count + (z95 * z95) / 2
  return { low: count === 0 ? 0 : middle - half, high: middle + half }
}
