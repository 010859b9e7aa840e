import { personId } from '../people/marks.ts'
import type { Lease } from '../storage/consumers.ts'
import type { Database } from '../storage/database.ts'
import { factsOf, type Learned } from '../storage/facts.ts'
import { type AccountNews, followPeople, listSpeaking, type PersonNews, type Speaking } from '../storage/people.ts'

/**
 * Learns of people and accounts from the next items. What a page says unsigned changes the unverified person alone, and
 * no account. Of each fact the latest stays, so the same items may come again, and in any order.
 */
export async function learnNext(db: Database, lease: Lease, batch: number): Promise<number> {
  const reached = Math.min(lease.last, lease.done + batch)
  const speaking = await listSpeaking(db, lease, reached)
  const people = await Promise.all(speaking.map(personNews))
  await followPeople(db, lease, people, speaking.flatMap(accountNews), reached)
  return reached
}

/** What was blacked out is nothing to know of anybody. */
const isKnown = (value: unknown): boolean => typeof value !== 'string' || !value.includes('█')

const known = <T extends object>(said: T): T =>
  Object.fromEntries(Object.entries(said).filter(([, value]) => isKnown(value))) as T

const learnedFrom = ({ receivedAt, doc }: Speaking): Learned => ({ at: receivedAt, doc })

async function personNews(item: Speaking): Promise<PersonNews> {
  const { person, project, secret, doc, change, receivedAt } = item
  const { verified, name, email, account, traits } = person
  // A verified person's account has a row of its own.
  const said = account && (verified ? { id: account.id } : known(account))
  return {
    project,
    // Items from before people were known say none.
    id: person.uuid ?? (await personId(secret, { externalId: person.id, verified })),
    externalId: person.id,
    verified,
    facts: factsOf(known({ name, email, account: said }), known(traits ?? {}), learnedFrom(item)),
    at: receivedAt,
    item: { doc, change },
  }
}

function accountNews(item: Speaking): AccountNews[] {
  const { account, verified } = item.person
  if (!verified || account === undefined) return []
  const { id, name, plan, revenue, traits } = account
  return [
    {
      project: item.project,
      id,
      facts: factsOf(known({ name, plan, revenue }), known(traits ?? {}), learnedFrom(item)),
      at: item.receivedAt,
      item: { doc: item.doc, change: item.change },
    },
  ]
}
