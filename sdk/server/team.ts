import type { Feedback, MergedList, NewTeamNote, Redaction, TeamSubmission } from '../wire/index.ts'
import type { Connection } from './connection.ts'
import { getJson, part, sendJson } from './json.ts'
import type { Result } from './problem.ts'
import type { CallOptions } from './request.ts'

/** What the team adds to feedback, and does to one item. */
export interface TeamCalls {
  /**
   * Enters what somebody said elsewhere. With an `id` it is sent again where that may help: what stands there already is
   * answered.
   *
   * @example
   * await earshot.feedback.enter({ id: call.uuid, message: call.summary, source: 'call', person: { id: 'u_42' } })
   */
  enter(said: TeamSubmission, options?: CallOptions): Promise<Result<Feedback>>
  /** Adds a note inside the team; with an `id` it is sent again where that may help. */
  addNote(id: string, note: NewTeamNote, options?: CallOptions): Promise<Result<Feedback>>
  /** Deletes a note. */
  deleteNote(id: string, note: string, options?: CallOptions): Promise<Result<Feedback>>
  /** Merges an item into another, or takes it out again with null. Both stay, and both count. */
  merge(id: string, into: string | null, options?: CallOptions): Promise<Result<Feedback>>
  /** What was merged into an item, newest first. */
  merged(id: string, page?: { limit?: number; cursor?: string }, options?: CallOptions): Promise<Result<MergedList>>
  /** Blacks words out and removes images, for good; with `dryRun` it answers with what would become of the item. */
  redact(id: string, redaction: Redaction, options?: CallOptions): Promise<Result<Feedback>>
}

export function teamCalls(connection: Connection): TeamCalls {
  const path = (id: string, ...rest: string[]) => ['/v1/feedback', ...[id, ...rest].map(part)].join('/')
  const post = <T>(to: string, body: unknown, repeatable: boolean, { signal }: CallOptions) =>
    sendJson<T>(connection, { method: 'POST', path: to, repeatable, signal }, body)
  return {
    // Without an id of its own, a second attempt would store once more what the first one stored.
    enter: (said, options = {}) => post('/v1/feedback', said, said.id !== undefined, options),
    addNote: (id, note, options = {}) => post(path(id, 'notes'), note, note.id !== undefined, options),
    // A second attempt of what went through would find nothing left to do, and call that a mistake.
    deleteNote: (id, note, { signal } = {}) =>
      sendJson(connection, { method: 'DELETE', path: path(id, 'notes', note), repeatable: false, signal }),
    redact: (id, redaction, options = {}) => post(path(id, 'redact'), redaction, redaction.dryRun === true, options),
    merge: (id, into, options = {}) => post(path(id, 'merge'), { into }, true, options),
    merged: (id, page = {}, options = {}) => getJson(connection, path(id, 'merged'), { ...page }, options),
  }
}
