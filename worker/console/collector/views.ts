import type { NewSavedView, SavedView, SavedViewPatch, ViewCounts, Visit } from '../../../sdk/wire/index.ts'
import type { Answer } from './answer.ts'
import { request } from './request.ts'
import { scoped } from './session.ts'

const pathOf = (id: string): string => `/v1/views/${encodeURIComponent(id)}`

export function listViews(): Promise<Answer<{ items: SavedView[] }>> {
  return request('/v1/views', { query: scoped() })
}

export function createView(view: NewSavedView): Promise<Answer<SavedView>> {
  return request('/v1/views', { method: 'POST', query: scoped(), body: view })
}

export function patchView(id: string, patch: SavedViewPatch): Promise<Answer<SavedView>> {
  return request(pathOf(id), { method: 'PATCH', query: scoped(), body: patch })
}

export function deleteView(id: string): Promise<Answer<null>> {
  return request(pathOf(id), { method: 'DELETE', query: scoped() })
}

/** How many items every view lists; with `since`, what is new. */
export function countViews(since: string | null): Promise<Answer<ViewCounts>> {
  return request('/v1/views/counts', { query: scoped(new URLSearchParams(since === null ? {} : { since })) })
}

/** Says that the member is here; answers with since when something is new. */
export function recordVisit(): Promise<Answer<Visit>> {
  return request('/v1/visits', { method: 'POST', query: scoped() })
}
