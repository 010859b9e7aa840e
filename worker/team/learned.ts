import type { FeedbackPerson, Primitive, Tags } from '../../sdk/wire/index.ts'

/** Names of facts, as `storage/facts.ts` keeps them, that an item gave and gives no more. */
export interface Unlearned {
  person: string[]
  account: string[]
}

/** What a person and an account learned from an item that says something else now: after blacking out. */
export function unlearned(before: FeedbackPerson, after: FeedbackPerson | null): Unlearned {
  // An item that is not this person's any more teaches nothing of them.
  const theirs = after?.id === before.id ? after : null
  const person = [
    ...changed({ name: before.name, email: before.email }, { name: theirs?.name, email: theirs?.email }),
    ...(sameAccount(before, theirs) ? [] : ['account']),
    ...changedTraits(before.traits, theirs?.traits),
  ]
  if (!before.account) return { person, account: [] }
  const { name, plan, revenue, traits } = before.account
  const now = after?.account
  return {
    person,
    account: [
      ...changed({ name, plan, revenue }, { name: now?.name, plan: now?.plan, revenue: now?.revenue }),
      ...changedTraits(traits, now?.traits),
    ],
  }
}

type Values = Record<string, Primitive | undefined>

const changed = (before: Values, after: Values): string[] =>
  Object.keys(before).filter((name) => before[name] !== undefined && before[name] !== after[name])

const changedTraits = (before: Tags = {}, after: Tags = {}): string[] =>
  changed(before, after).map((name) => `trait.${name}`)

/** A verified person keeps only whose they are, one that is claimed the account as it was said. */
function sameAccount({ account, verified }: FeedbackPerson, after: FeedbackPerson | null): boolean {
  if (!account) return true
  if (verified) return account.id === after?.account?.id
  return JSON.stringify(account) === JSON.stringify(after?.account)
}
