import type { Note, Person } from '../../sdk/wire/index.ts'
import { done, failed, type Outcome } from '../failure.ts'
import type { Database } from '../storage/database.ts'
import { findWhole, reviseItem, type WholeRow } from '../storage/revise.ts'
import type { ItemBody } from '../storage/row.ts'
import { isOfSpeaker, type Speaker } from './identity.ts'

/** Times that an upgrade is tried again when somebody else changed the item meanwhile. */
const attemptsMax = 5

/**
 * A repeat of the same body whose token is good proves who spoke, where the token of an earlier attempt did not. Only
 * for the person that stands there, or where none has an id; a verified item never changes. Answers with what the item
 * holds now, or null where nothing changed.
 */
export async function upgrade(
  db: Database,
  row: WholeRow,
  { person, verified, notes }: Speaker,
  { digest, now }: { digest: string; now: number },
): Promise<Outcome<ItemBody | null>> {
  if (!verified || person === undefined) return done(null)
  let current: WholeRow | null = row
  for (let attempt = 0; attempt < attemptsMax && current !== null; attempt++) {
    const before = JSON.parse(current.body) as ItemBody
    const known = before.person
    const isTheirs = before.digest === digest && known?.verified !== true && (known?.id ?? person.id) === person.id
    if (!isTheirs) return done(null)
    const body = proven(before, person, notes)
    if (await reviseItem(db, current, { body, message: current.message }, now)) return done(body)
    current = await findWhole(db, row.project, row.id)
  }
  return failed('unavailable', 'The item was changed at the same time. Send it again.', { retryAfter: 1 })
}

function proven(before: ItemBody, person: Person, fresh: readonly Note[]): ItemBody {
  const { notes = [], ...rest } = before
  const anonymousId = before.person?.anonymousId
  const now = [...notes.filter((note) => !isOfSpeaker(note)), ...fresh]
  return {
    ...rest,
    person: { ...person, ...(anonymousId === undefined ? {} : { anonymousId }), verified: true },
    ...(now.length > 0 && { notes: now }),
  }
}
