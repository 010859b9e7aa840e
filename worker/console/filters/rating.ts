import { isScale, ratingScales, type RatingScale } from '../../../sdk/wire/index.ts'
import { withFilter, withoutFilters, type Filters } from '../address/view.ts'

/** A run of values on one scale that people have a name for. */
export interface Band {
  scale: RatingScale
  min: number
  max: number
  label: string
  /** Who gave one such score, where the label speaks of several. */
  one?: string
  tone: 'good' | 'notice' | 'bad'
}

/** Every scale in its customary bands: NPS as its authors cut it, the others in thirds of meaning. */
export const bands: readonly Band[] = [
  { scale: 'nps', min: 9, max: 10, label: 'Promoters', one: 'promoter', tone: 'good' },
  { scale: 'nps', min: 7, max: 8, label: 'Passives', one: 'passive', tone: 'notice' },
  { scale: 'nps', min: 0, max: 6, label: 'Detractors', one: 'detractor', tone: 'bad' },
  { scale: 'csat', min: 4, max: 5, label: 'Satisfied', tone: 'good' },
  { scale: 'csat', min: 3, max: 3, label: 'Neutral', tone: 'notice' },
  { scale: 'csat', min: 1, max: 2, label: 'Dissatisfied', tone: 'bad' },
  { scale: 'stars', min: 4, max: 5, label: '4 and 5 stars', tone: 'good' },
  { scale: 'stars', min: 3, max: 3, label: '3 stars', tone: 'notice' },
  { scale: 'stars', min: 1, max: 2, label: '1 and 2 stars', tone: 'bad' },
  { scale: 'ces', min: 5, max: 7, label: 'Easy', tone: 'good' },
  { scale: 'ces', min: 4, max: 4, label: 'Neither', tone: 'notice' },
  { scale: 'ces', min: 1, max: 3, label: 'Hard', tone: 'bad' },
  { scale: 'thumbs', min: 1, max: 1, label: 'Thumbs up', tone: 'good' },
  { scale: 'thumbs', min: 0, max: 0, label: 'Thumbs down', tone: 'bad' },
]

export const scaleNames: Record<RatingScale, string> = {
  nps: 'NPS',
  csat: 'CSAT',
  ces: 'Effort',
  stars: 'Stars',
  thumbs: 'Thumbs',
}

export function bandOf(scale: RatingScale, value: number): Band | undefined {
  return bands.find((band) => band.scale === scale && value >= band.min && value <= band.max)
}

/** The band of one score, in a sentence. */
export function bandInWords(band: Band | undefined): string {
  return band?.one ?? band?.label.toLowerCase() ?? ''
}

export function withBand(filters: Filters, { scale, min, max }: Band): Filters {
  const scaled = withFilter(withoutRating(filters), 'scale', [scale])
  return withFilter(withFilter(scaled, 'min', [String(min)]), 'max', [String(max)])
}

export function withoutRating(filters: Filters): Filters {
  return withoutFilters(filters, ['scale', 'min', 'max', 'not.scale'])
}

/** Any scores from `min` to `max`, of one scale or, where it is empty, of all; a bound that is empty is open. */
export function withRange(filters: Filters, scale: string, min: string, max: string): Filters {
  const parts: [string, string][] = [
    ['scale', scale],
    ['min', min],
    ['max', max],
  ]
  return parts.reduce(
    (next, [name, value]) => (value === '' ? next : withFilter(next, name, [value])),
    withoutRating(filters),
  )
}

/** Items that came without any score. */
export function withoutScore(filters: Filters): Filters {
  return withFilter(withoutRating(filters), 'not.scale', Object.keys(ratingScales))
}

export function asksForNoScore(filters: Filters): boolean {
  const excluded = filters.get('not.scale') ?? []
  return Object.keys(ratingScales).every((scale) => excluded.includes(scale))
}

/** @example ratingInWords(filters of ?scale=nps&min=0&max=6) // 'NPS 0 to 6' */
export function ratingInWords(filters: Filters): string | null {
  const scales = filters.get('scale') ?? []
  const [min] = filters.get('min') ?? []
  const [max] = filters.get('max') ?? []
  if (scales.length === 0 && min === undefined && max === undefined) return null
  const names = scales.map((scale) => (isScale(scale) ? scaleNames[scale] : scale)).join(' or ') || 'any scale'
  if (min === undefined && max === undefined) return names
  if (min === max) return `${names} ${min}`
  if (max === undefined) return `${names} ${min} and up`
  if (min === undefined) return `${names} up to ${max}`
  return `${names} ${min} to ${max}`
}
