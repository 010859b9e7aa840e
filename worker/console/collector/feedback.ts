import type { Feedback, FeedbackList, GroupList, KnownName, KnownValue, Total } from '../../../sdk/wire/index.ts'
import { filters } from '../address/address.ts'
import { scoped } from './session.ts'
import type { Answer } from './answer.ts'
import { request } from './request.ts'

export function listFeedback(query: URLSearchParams, signal?: AbortSignal): Promise<Answer<FeedbackList>> {
  return request('/v1/feedback', { query: scoped(query), ...(signal && { signal }) })
}

export function countFeedback(query: URLSearchParams, signal?: AbortSignal): Promise<Answer<Total>> {
  return request('/v1/feedback/count', { query: scoped(query), ...(signal && { signal }) })
}

/** `by` and the list's filters. */
export function listGroups(query: URLSearchParams, signal?: AbortSignal): Promise<Answer<GroupList>> {
  return request('/v1/feedback/groups', { query: scoped(query), ...(signal && { signal }) })
}

export function readFeedback(id: string): Promise<Answer<Feedback>> {
  return request(`/v1/feedback/${encodeURIComponent(id)}`, { query: scoped() })
}

export function listNames(): Promise<Answer<{ items: KnownName[]; more?: boolean }>> {
  return request('/v1/names', { query: scoped() })
}

/** The values that hold a text, or whose names do; counted in the environment that is listed, or in production. */
export function listValues(
  name: string,
  contains: string,
  signal?: AbortSignal,
): Promise<Answer<{ items: KnownValue[]; more?: boolean }>> {
  const query = new URLSearchParams({ name })
  const [environment, ...others] = filters.peek().get('environment') ?? []
  if (environment && others.length === 0) query.set('environment', environment)
  if (contains) query.set('contains', contains)
  return request('/v1/names/values', { query: scoped(query), ...(signal && { signal }) })
}
