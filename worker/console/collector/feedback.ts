import type { Feedback, FeedbackList, FeedbackPatch, KnownName, KnownValue, Total } from '../../../sdk/wire/index.ts'
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

export function readFeedback(id: string): Promise<Answer<Feedback>> {
  return request(`/v1/feedback/${encodeURIComponent(id)}`, { query: scoped() })
}

export function patchFeedback(id: string, patch: FeedbackPatch, ifMatch?: number): Promise<Answer<Feedback>> {
  const path = `/v1/feedback/${encodeURIComponent(id)}`
  return request(path, { method: 'PATCH', query: scoped(), body: patch, ...(ifMatch !== undefined && { ifMatch }) })
}

export function listNames(): Promise<Answer<{ items: KnownName[] }>> {
  return request('/v1/names', { query: scoped() })
}

/** Counted in the environment that is listed, or in production. */
export function listValues(name: string, prefix: string): Promise<Answer<{ items: KnownValue[] }>> {
  const query = new URLSearchParams({ name })
  const [environment, ...others] = filters.peek().get('environment') ?? []
  if (environment && others.length === 0) query.set('environment', environment)
  if (prefix) query.set('prefix', prefix)
  return request('/v1/names/values', { query: scoped(query) })
}
