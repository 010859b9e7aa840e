import type { OriginList, OutcomeList } from '../../../sdk/wire/index.ts'
import type { Answer } from './answer.ts'
import { request } from './request.ts'
import { project, scoped } from './session.ts'

/** What became of what was sent, of days and an environment; the last 30 days of production unless told. */
export function readOutcomes(
  wanted: { from?: string; to?: string; environment?: string },
  signal?: AbortSignal,
): Promise<Answer<OutcomeList>> {
  const query = scoped()
  for (const [name, value] of Object.entries(wanted)) query.set(name, value)
  return request('/v1/outcomes', { query, ...(signal && { signal }) })
}

/** Origins that may send, and those that were refused. */
export function readOrigins(signal?: AbortSignal): Promise<Answer<OriginList>> {
  const path = `/v1/projects/${encodeURIComponent(project.peek()?.id ?? '')}/origins`
  return request(path, { query: scoped(), ...(signal && { signal }) })
}
