import type { Survey, SurveyHistory } from '../../../sdk/wire/index.ts'
import type { Answer } from './answer.ts'
import { request } from './request.ts'
import { scoped } from './session.ts'

const pathOf = (id: string): string => `/v1/surveys/${encodeURIComponent(id)}`

export function listSurveys(signal?: AbortSignal): Promise<Answer<{ items: Survey[] }>> {
  return request('/v1/surveys', { query: scoped(), ...(signal && { signal }) })
}

export function readSurvey(id: string, signal?: AbortSignal): Promise<Answer<SurveyHistory>> {
  return request(pathOf(id), { query: scoped(), ...(signal && { signal }) })
}

export function createSurvey(survey: object): Promise<Answer<Survey>> {
  return request('/v1/surveys', { method: 'POST', query: scoped(), body: survey })
}

export function replaceSurvey(id: string, survey: object): Promise<Answer<Survey>> {
  return request(pathOf(id), { method: 'PUT', query: scoped(), body: survey })
}

export function patchSurvey(id: string, patch: Partial<Pick<Survey, 'state' | 'name'>>): Promise<Answer<Survey>> {
  return request(pathOf(id), { method: 'PATCH', query: scoped(), body: patch })
}

export function deleteSurvey(id: string): Promise<Answer<null>> {
  return request(pathOf(id), { method: 'DELETE', query: scoped() })
}

const known = new Map<string, Promise<SurveyHistory | null>>()

/** A survey with its older versions, asked for once; null where there is none any more, or it cannot be read now. */
export function knownSurvey(id: string): Promise<SurveyHistory | null> {
  const before = known.get(id)
  if (before) return before
  const asked = readSurvey(id).then((answer) => {
    if (!answer.ok && answer.failure.because !== 'refused') known.delete(id)
    return answer.ok ? answer.value : null
  })
  known.set(id, asked)
  return asked
}

/** Forgets what was read of a survey, once it is another. */
export function forgetSurvey(id: string): void {
  known.delete(id)
}
