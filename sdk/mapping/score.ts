import { ratingScales } from '../wire/index.ts'
import type { RatingScale } from '../wire/index.ts'

/** `4`, `4.0`, `4,0`, `4/5`, `4 of 5`, `4 out of 5`, `4 von 5`, `4 sur 5`, `4 de 5`, `4 – satisfied`. */
const written =
  /^(\d{1,3})(?:[.,]0+)?(?:\s*(?:\/|(?:out\s+)?of\b|von\b|sur\b|de\b)\s*(\d{1,3})|\s*[-–—:]\s*\p{L}.{0,60})?$/iu
const drawn = /^(★*)☆*$/

/**
 * The whole number on a scale that a cell says, or null: what is not on the scale, and what is told of another one
 * (`4/10` on five stars), is no score.
 *
 * @example scoreOf('4 out of 5', 'stars') // 4
 */
export function scoreOf(text: string, scale: RatingScale): number | null {
  const { min, max } = ratingScales[scale]
  const stars = text === '' ? null : drawn.exec(text)
  const [, number, of] = written.exec(text) ?? []
  if (stars === null && number === undefined) return null
  if (of !== undefined && Number(of) !== max) return null
  if (stars !== null && text.length !== max) return null
  const value = stars === null ? Number(number) : (stars[1] ?? '').length
  return value < min || value > max ? null : value
}
