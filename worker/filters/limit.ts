import { done, failed, type Outcome } from '../failure.ts'

/** Reads how many items a page is to hold. */
export function readLimit(query: URLSearchParams, otherwise: number, most: number): Outcome<number> {
  const limit = Number(query.get('limit') ?? otherwise)
  if (Number.isInteger(limit) && limit >= 1 && limit <= most) return done(limit)
  return failed('bad-filter', `'limit' is a whole number from 1 to ${most}.`, {
    issues: [{ path: 'limit', reason: 'out of range' }],
  })
}
