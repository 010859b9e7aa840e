import type { RatingScale } from './submission.ts'

/** By what time is divided. Days and weeks follow the project's time zone and week start. */
export const periodUnits = ['day', 'week', 'month'] as const
export type PeriodUnit = (typeof periodUnits)[number]

/** Days of the project's zone, first and last, `2026-11-22`; `from` and `to` of the filters take them with `tz`. */
export interface Period {
  from: string
  to: string
  /** True for one that is not over, or only begins or ends within the range asked for. */
  partial?: boolean
}

/** A 95 % interval. */
export interface Interval {
  low: number
  high: number
}

/** A number with its interval; both null where there is nothing to say it from. */
export interface Estimate {
  value: number | null
  interval: Interval | null
}

/** How a scale is summed up: NPS −100 to 100; a share 0 to 1; a mean on the scale's own numbers. */
export type ScoreMeasure = 'nps' | 'share' | 'mean'

/**
 * A score over a period: one answer a person, the latest. NPS = 100 (promoters − detractors) / n; `csat` and `thumbs`
 * are the share of 4 and 5, and of 1; `ces` and `stars` are means.
 */
export interface Score extends Estimate {
  /** People, or answers of nobody known. */
  n: number
  /** Answers, repeated ones of a person too: the items behind the number. */
  answers: number
  /** Value of the scale to how many of `n` gave it. */
  counts: Record<string, number>
  /** Answers received a day or more after the period was over. */
  late: number
}

export interface ScorePeriod extends Score {
  period: Period
  /** Against the period before. */
  change: Estimate | null
}

/** `GET /v1/insight/scores?scale=nps&by=week` with the list's filters, `from` and `to` included. */
export interface Scores {
  scale: RatingScale
  measure: ScoreMeasure
  by: PeriodUnit
  timeZone: string
  weekStart: 'monday' | 'sunday'
  /** The oldest first, those without an answer too. */
  periods: ScorePeriod[]
  /** The whole range as one period. */
  total: ScorePeriod
  /** The range of the same length before it. */
  previous: ScorePeriod
}

/** What volume can be split by; `tag.NAME` and `trait.NAME` too. */
export const volumeDimensions = [
  'kind',
  'status',
  'label',
  'path',
  'release',
  'plan',
  'source',
  'locale',
  'account',
  'survey',
] as const

/** How many items one value has, a period each. */
export interface VolumeSeries {
  /** Null for the sum of all other values, and of items that say nothing of it. */
  value: string | null
  counts: number[]
  total: number
  /** In the range of the same length before. */
  previous: number
  /** `total` − `previous`; the interval by two Poisson counts. */
  change: Estimate
}

/** `GET /v1/insight/volume?by=week&dimension=kind` with the list's filters. An item may have several labels. */
export interface Volume {
  by: PeriodUnit
  timeZone: string
  weekStart: 'monday' | 'sunday'
  periods: Period[]
  /** The period before the first, for `previous`. */
  previous: Period
  /** All items, whatever they say of the dimension. */
  total: VolumeSeries
  /** The largest first; none without a dimension. */
  series: VolumeSeries[]
  dimension: string | null
}

/** `GET /v1/insight/responses?survey=nps&by=week`: answers / displays, with a Wilson interval. */
export interface ResponsePeriod extends Estimate {
  period: Period
  displays: number
  responses: number
}

export interface ResponseRate {
  survey: string
  by: PeriodUnit
  timeZone: string
  weekStart: 'monday' | 'sunday'
  periods: ResponsePeriod[]
  total: ResponsePeriod
  previous: ResponsePeriod
}
