import type { RatingScale, ResponseRate, Scores, Volume } from '../../../sdk/wire/index.ts'
import type { Filters } from '../address/view.ts'
import { filterQuery } from '../address/view.ts'
import type { Answer } from './answer.ts'
import { request } from './request.ts'
import { scoped } from './session.ts'

/** What a chart asks with: the filters on screen, and its own parameters. */
function asked(filters: Filters, own: Record<string, string>, only?: readonly string[]): URLSearchParams {
  const taken = [...filters].filter(
    ([name]) => name !== 'sort' && !Object.hasOwn(own, name) && (only?.includes(name) ?? true),
  )
  const query = filterQuery(new Map(taken))
  for (const [name, value] of Object.entries(own)) query.set(name, value)
  return scoped(query)
}

export function readScores(
  filters: Filters,
  scale: RatingScale,
  by: string,
  signal?: AbortSignal,
): Promise<Answer<Scores>> {
  return request('/v1/insight/scores', { query: asked(filters, { scale, by }), ...(signal && { signal }) })
}

export function readVolume(
  filters: Filters,
  by: string,
  dimension: string | null,
  signal?: AbortSignal,
): Promise<Answer<Volume>> {
  const own = { by, ...(dimension !== null && { dimension }) }
  return request('/v1/insight/volume', { query: asked(filters, own), ...(signal && { signal }) })
}

/** Displays know when, where and of which survey, and nothing else: other filters cannot narrow them. */
export const responseFilters = ['environment', 'from', 'to', 'tz']

export function readResponses(
  filters: Filters,
  survey: string,
  by: string,
  signal?: AbortSignal,
): Promise<Answer<ResponseRate>> {
  const query = asked(filters, { survey, by }, responseFilters)
  return request('/v1/insight/responses', { query, ...(signal && { signal }) })
}
