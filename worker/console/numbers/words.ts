import type { Estimate, Interval, Period, RatingScale, ScoreMeasure } from '../../../sdk/wire/index.ts'

/** Under this many answers a number says little, and is drawn so. */
export const fewAnswers = 30

export const scaleNames: Record<RatingScale, { name: string; what: string }> = {
  nps: { name: 'NPS', what: 'Promoters (9 and 10) less detractors (0 to 6), in points from −100 to 100' },
  csat: { name: 'CSAT', what: 'Share of people who gave a 4 or a 5 of 5' },
  ces: { name: 'CES', what: 'Mean of the effort score, 1 to 7' },
  stars: { name: 'Stars', what: 'Mean of 1 to 5 stars' },
  thumbs: { name: 'Thumbs', what: 'Share of thumbs up' },
}

/** How a measure is written: points as whole numbers, shares in per cent, means with two digits. */
export function measured(measure: ScoreMeasure | 'count', value: number, locale?: string): string {
  // A true minus: a hyphen is narrower than the digits that it stands before.
  const write = (options: Intl.NumberFormatOptions) =>
    new Intl.NumberFormat(locale, { signDisplay: 'negative', ...options }).format(value).replace('-', '−')
  switch (measure) {
    case 'nps':
    case 'count':
      return write({ maximumFractionDigits: 0 })
    case 'share':
      return write({ style: 'percent', maximumFractionDigits: 1 })
    case 'mean':
      return write({ minimumFractionDigits: 2, maximumFractionDigits: 2 })
  }
}

export function inWords(measure: ScoreMeasure | 'count', interval: Interval | null, locale?: string): string {
  if (interval === null) return 'no interval'
  return `${measured(measure, interval.low, locale)} to ${measured(measure, interval.high, locale)}`
}

/** What a difference says: only one whose interval leaves out zero is a change. */
export function verdict({ value, interval }: Estimate): 'up' | 'down' | 'unclear' | 'unknown' {
  if (value === null || interval === null) return 'unknown'
  if (interval.low > 0) return 'up'
  return interval.high < 0 ? 'down' : 'unclear'
}

/** @example changeInWords('nps', { value: 5, interval: { low: -3, high: 13 } }) // '+5 (−3 to 13)' */
export function changeInWords(measure: ScoreMeasure | 'count', change: Estimate, locale?: string): string {
  const { value, interval } = change
  if (value === null) return 'nothing to compare with'
  const isShare = measure === 'share'
  const points = (number: number) => (isShare ? inPoints(number, locale) : measured(measure, number, locale))
  const sign = value > 0 ? '+' : ''
  const range = interval === null ? '' : ` (${points(interval.low)} to ${points(interval.high)})`
  return `${sign}${points(value)}${isShare ? ' points' : ''}${range}`
}

/** A difference of shares; one digit, as shares themselves have. */
function inPoints(share: number, locale?: string): string {
  return new Intl.NumberFormat(locale, { maximumFractionDigits: 1 }).format(share * 100).replace('-', '−')
}

const verdicts = { up: 'higher', down: 'lower', unclear: 'no clear change', unknown: 'not known' }

export const verdictInWords = (change: Estimate): string => verdicts[verdict(change)]

const dateOf = (day: string): Date => new Date(`${day}T12:00:00Z`)
const written = (day: string, options: Intl.DateTimeFormatOptions, locale?: string) =>
  dateOf(day).toLocaleDateString(locale, { ...options, timeZone: 'UTC' })

/** A period on an axis, short: its first day, or its month. */
export function axisLabel({ from }: Period, by: string, locale?: string): string {
  return by === 'month'
    ? written(from, { month: 'short', year: '2-digit' }, locale)
    : written(from, { day: 'numeric', month: 'short' }, locale)
}

/** A period in a table or on its own, whole. */
export function periodInWords({ from, to }: Period, locale?: string): string {
  const whole: Intl.DateTimeFormatOptions = { day: 'numeric', month: 'short', year: 'numeric' }
  if (from === to) return written(from, whole, locale)
  const sameYear = from.slice(0, 4) === to.slice(0, 4)
  return `${written(from, sameYear ? { day: 'numeric', month: 'short' } : whole, locale)} to ${written(to, whole, locale)}`
}
