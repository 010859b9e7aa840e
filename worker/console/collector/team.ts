import type { Feedback, Member, MergedList, NewTeamNote, Redaction, TeamSubmission } from '../../../sdk/wire/index.ts'
import type { Answer } from './answer.ts'
import { request } from './request.ts'
import { scoped } from './session.ts'

const pathOf = (id: string, ...rest: string[]): string =>
  ['/v1/feedback', ...[id, ...rest].map(encodeURIComponent)].join('/')

/** Enters what somebody said elsewhere. */
export function enterFeedback(said: TeamSubmission): Promise<Answer<Feedback>> {
  return request('/v1/feedback', { method: 'POST', query: scoped(), body: said })
}

export function deleteFeedback(id: string): Promise<Answer<null>> {
  return request(pathOf(id), { method: 'DELETE', query: scoped() })
}

export function addNote(id: string, note: NewTeamNote): Promise<Answer<Feedback>> {
  return request(pathOf(id, 'notes'), { method: 'POST', query: scoped(), body: note })
}

export function deleteNote(id: string, note: string): Promise<Answer<Feedback>> {
  return request(pathOf(id, 'notes', note), { method: 'DELETE', query: scoped() })
}

export function mergeFeedback(id: string, into: string | null): Promise<Answer<Feedback>> {
  return request(pathOf(id, 'merge'), { method: 'POST', query: scoped(), body: { into } })
}

export function listMerged(id: string, signal?: AbortSignal): Promise<Answer<MergedList>> {
  return request(pathOf(id, 'merged'), { query: scoped(), ...(signal && { signal }) })
}

export function redactFeedback(id: string, redaction: Redaction, signal?: AbortSignal): Promise<Answer<Feedback>> {
  return request(pathOf(id, 'redact'), { method: 'POST', query: scoped(), body: redaction, ...(signal && { signal }) })
}

export function listMembers(): Promise<Answer<{ items: Member[] }>> {
  return request('/v1/members', { query: scoped() })
}
