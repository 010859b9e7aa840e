import type { Feedback, Total } from '../../../sdk/wire/index.ts'
import { listFeedback } from '../collector/feedback.ts'
import { readPerson } from '../collector/people.ts'
import { selectorOf } from '../people/who.ts'
import { items } from '../triage/workspace.ts'

/** What else was said, the latest first; null where it cannot be told now. */
export interface History {
  person: { items: Feedback[]; total: Total } | null
  account: { items: Feedback[]; total: Total } | null
}

/** Others shown of each; one more is asked for, since the item itself is among them, and the person's among the account's. */
const shownMax = 3

/** Asks what else the person and the account of an item said. */
export async function askHistory(item: Feedback, signal: AbortSignal): Promise<History> {
  const who = selectorOf(item)
  const account = item.person?.account?.id
  const [person, others] = await Promise.all([
    who === null ? null : readPerson(who, new URLSearchParams({ limit: String(shownMax + 1) }), signal),
    account === undefined ? null : listFeedback(accountQuery(item, account), signal),
  ])
  // What one opens from here must be there at once.
  for (const answer of [person, others]) if (answer?.ok) for (const one of answer.value.items) items.put(one)
  const isAnother = ({ id }: Feedback) => id !== item.id
  const isSomebodyElses = (one: Feedback) => isAnother(one) && selectorOf(one) !== who
  return {
    person: person?.ok ? { items: latest(person.value.items, isAnother), total: person.value.total } : null,
    account: others?.ok ? { items: latest(others.value.items, isSomebodyElses), total: others.value.total } : null,
  }
}

function accountQuery(item: Feedback, account: string): URLSearchParams {
  return new URLSearchParams({ account, environment: item.environment, limit: '20' })
}

const latest = (found: readonly Feedback[], fits: (item: Feedback) => boolean): Feedback[] =>
  found.filter(fits).slice(0, shownMax)
