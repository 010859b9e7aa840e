import { signal } from '@preact/signals'
import type { FeedbackList, PersonRecord } from '../../../sdk/wire/index.ts'
import type { Answer } from '../collector/answer.ts'
import { listFeedback } from '../collector/feedback.ts'
import { readPerson } from '../collector/people.ts'
import { project } from '../collector/session.ts'
import { createList } from '../inbox/list.ts'
import { items } from '../triage/workspace.ts'

/** Everything somebody said, page by page, and the records of who is meant. */
export function createPerson(who: string) {
  const records = signal<readonly PersonRecord[]>([])
  const fetchPage = async (query: URLSearchParams, given?: AbortSignal): Promise<Answer<FeedbackList>> => {
    const answer = await readPerson(who, query, given)
    if (!answer.ok) return answer
    const { people, ...page } = answer.value
    if (!query.has('cursor')) records.value = people
    return { ok: true, value: { ...page, hidden: { spam: 0, merged: 0 } } }
  }
  return { records, list: createList({ items, fetchPage }) }
}

/** Everything an account said, in every environment, spam and merged items too. */
export function accountQuery(account: string): string {
  const query = new URLSearchParams({ account, spam: 'with' })
  for (const environment of project.peek()?.environments ?? []) query.append('environment', environment)
  return query.toString()
}

export function createAccountList() {
  return createList({ items, fetchPage: listFeedback })
}
