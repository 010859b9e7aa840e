import { limits } from '../wire/limits.ts'
import type {
  AccountInput,
  AccountRecord,
  Erasure,
  Feedback,
  PersonInput,
  PersonRecord,
  PersonView,
} from '../wire/index.ts'
import type { Connection } from './connection.ts'
import type { PageOptions } from './feedback.ts'
import { getJson, part, readJson, sendJson } from './json.ts'
import { done, failed, unwrap } from './problem.ts'
import type { Result } from './problem.ts'
import { request } from './request.ts'
import type { CallOptions } from './request.ts'

/**
 * Who is meant: a person's UUID (`Feedback.person.uuid`), the id in your own system, an e-mail address, or the random id
 * of a browser.
 */
export type PersonId = string | { externalId: string } | { email: string } | { anonymousId: string }

/** Everything about somebody. Reading needs the scope `read`, changing `write`, erasing `admin`. */
export interface PeopleCalls {
  /** Who is meant, and a page of what they said, newest first. */
  get(id: PersonId, page?: PageOptions, options?: CallOptions): Promise<Result<PersonView>>
  /**
   * All that somebody said, newest first.
   *
   * @throws EarshotError
   */
  items(id: PersonId, options?: CallOptions): AsyncGenerator<Feedback, void>
  /** What your team knows of somebody; a person who is not known yet is made by `externalId`. */
  update(id: PersonId, input: PersonInput, options?: CallOptions): Promise<Result<PersonRecord>>
  /**
   * Erases somebody with all that they said, request by request until nothing remains. It cannot be undone.
   *
   * @param options.progress hears after each request how much is erased so far, and how much remains
   */
  erase(id: PersonId, options?: CallOptions & { progress?: (soFar: Erasure) => void }): Promise<Result<Erasure>>
}

/** What your team knows of accounts, by their ids in your own system. */
export interface AccountCalls {
  get(id: string, options?: CallOptions): Promise<Result<AccountRecord>>
  /** Changes what is known; an account that is not known yet is made. */
  update(id: string, input: AccountInput, options?: CallOptions): Promise<Result<AccountRecord>>
}

export function peopleCalls(connection: Connection): PeopleCalls {
  const path = (id: PersonId) => `/v1/people/${part(nameOf(id))}`
  const get: PeopleCalls['get'] = (id, page = {}, options = {}) =>
    getJson(connection, path(id), { limit: page.limit, cursor: page.cursor }, options, ['people', 'items'])
  return {
    get,
    async *items(id, options = {}) {
      let cursor: string | undefined
      do {
        const page = unwrap(
          await get(id, { limit: limits.pageMax, ...(cursor === undefined ? {} : { cursor }) }, options),
        )
        yield* page.items
        cursor = page.next ?? undefined
      } while (cursor !== undefined)
    },
    update: (id, input, { signal } = {}) =>
      sendJson(connection, { method: 'PUT', path: path(id), repeatable: true, signal }, input),
    async erase(id, { signal, progress } = {}) {
      const sum: Erasure = { items: 0, people: 0, remaining: 0 }
      for (;;) {
        const step = await eraseSome(connection, path(id), signal)
        if (!step.ok) {
          // After a first round, nobody left to be found is what was wanted.
          if (sum.items + sum.people > 0 && step.problem.code === 'not-found') return done({ ...sum, remaining: 0 })
          return step
        }
        sum.items += step.value.items
        sum.people += step.value.people
        sum.remaining = step.value.remaining
        progress?.({ ...sum })
        if (sum.remaining === 0) return done(sum)
        if (step.value.items + step.value.people === 0) {
          return failed('incomplete', `${sum.items} items are erased, ${sum.remaining} are still there. Ask again.`, {
            mayHaveHappened: true,
          })
        }
      }
    },
  }
}

export function accountCalls(connection: Connection): AccountCalls {
  const path = (id: string) => `/v1/accounts/${part(id)}`
  return {
    get: (id, options = {}) => getJson(connection, path(id), {}, options),
    update: (id, input, { signal } = {}) =>
      sendJson(connection, { method: 'PUT', path: path(id), repeatable: true, signal }, input),
  }
}

function eraseSome(connection: Connection, path: string, signal: AbortSignal | undefined): Promise<Result<Erasure>> {
  return request(connection, {
    method: 'DELETE',
    path,
    repeatable: true,
    gone: { items: 0, people: 0, remaining: 0 },
    read: readJson<Erasure>(['items', 'people', 'remaining']),
    signal,
  })
}

function nameOf(id: PersonId): string {
  if (typeof id === 'string') return id
  if ('externalId' in id) return `external:${id.externalId}`
  return 'email' in id ? `email:${id.email}` : `anonymous:${id.anonymousId}`
}
