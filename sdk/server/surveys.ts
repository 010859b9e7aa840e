import type { NewSurvey, Survey, SurveyEdit, SurveyHistory, SurveyPatch } from '../wire/index.ts'
import type { Connection } from './connection.ts'
import { getItems, getJson, part, remove, sendJson } from './json.ts'
import type { Result } from './problem.ts'
import type { CallOptions } from './request.ts'

/** Whose displays and responses are counted. */
export interface SurveyOptions extends CallOptions {
  /** `production` unless told. */
  environment?: string
}

/** Surveys as their team makes them. Reading needs the scope `read`, changing `write`. */
export interface SurveyCalls {
  /** Every survey, the newest first. */
  list(options?: SurveyOptions): Promise<Result<Survey[]>>
  /** One survey with all that it asked before. */
  get(id: string, options?: SurveyOptions): Promise<Result<SurveyHistory>>
  create(survey: NewSurvey, options?: CallOptions): Promise<Result<Survey>>
  /** Changes what a survey asks, and of whom; with `version`, `conflict` when somebody was faster. */
  replace(id: string, survey: SurveyEdit, options?: CallOptions): Promise<Result<Survey>>
  /** Starts, pauses or renames. */
  update(id: string, patch: SurveyPatch, options?: CallOptions): Promise<Result<Survey>>
  /** Deletes a survey and its versions; what was answered stays. */
  delete(id: string, options?: CallOptions): Promise<Result<null>>
}

export function surveyCalls(connection: Connection): SurveyCalls {
  const path = (id: string) => `/v1/surveys/${part(id)}`
  return {
    list: ({ environment, ...options } = {}) => getItems(connection, '/v1/surveys', { environment }, options),
    get: (id, { environment, ...options } = {}) => getJson(connection, path(id), { environment }, options),
    // A second attempt would find the id taken, by the first one.
    create: (survey, { signal } = {}) =>
      sendJson(connection, { method: 'POST', path: '/v1/surveys', repeatable: false, signal }, survey),
    replace: (id, survey, { signal } = {}) =>
      sendJson(connection, { method: 'PUT', path: path(id), repeatable: survey.version === undefined, signal }, survey),
    update: (id, patch, { signal } = {}) =>
      sendJson(connection, { method: 'PATCH', path: path(id), repeatable: true, signal }, patch),
    delete: (id, options = {}) => remove(connection, path(id), options),
  }
}
