import type {
  AccountInput,
  AccountPeople,
  AccountRecord,
  Erasure,
  PersonInput,
  PersonRecord,
  PersonView,
} from '../../../sdk/wire/index.ts'
import type { Answer } from './answer.ts'
import { request } from './request.ts'
import { scoped } from './session.ts'

const personPath = (who: string): string => `/v1/people/${encodeURIComponent(who)}`
const accountPath = (id: string): string => `/v1/accounts/${encodeURIComponent(id)}`

/** A page of everything about somebody; `query` may hold `limit` and `cursor`. */
export function readPerson(who: string, query: URLSearchParams, signal?: AbortSignal): Promise<Answer<PersonView>> {
  return request(personPath(who), { query: scoped(query), ...(signal && { signal }) })
}

export function updatePerson(who: string, input: PersonInput): Promise<Answer<PersonRecord>> {
  return request(personPath(who), { method: 'PUT', query: scoped(), body: input })
}

/** Erases as much as one request can; ask again while something remains. */
export function erasePerson(who: string): Promise<Answer<Erasure>> {
  return request(personPath(who), { method: 'DELETE', query: scoped() })
}

export function readAccount(id: string, signal?: AbortSignal): Promise<Answer<AccountRecord>> {
  return request(accountPath(id), { query: scoped(), ...(signal && { signal }) })
}

export function listAccountPeople(id: string, signal?: AbortSignal): Promise<Answer<AccountPeople>> {
  return request(`${accountPath(id)}/people`, { query: scoped(), ...(signal && { signal }) })
}

export function updateAccount(id: string, input: AccountInput): Promise<Answer<AccountRecord>> {
  return request(accountPath(id), { method: 'PUT', query: scoped(), body: input })
}
