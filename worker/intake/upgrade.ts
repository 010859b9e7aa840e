import type { Note } from '../../sdk/wire/index.ts'
import { done, failed, type Outcome } from '../failure.ts'
import type { Database } from '../storage/database.ts'
import { isErased, type NewItem } from '../storage/items.ts'
import { findWhole, reviseItem, type WholeRow } from '../storage/revise.ts'
import type { ItemBody } from '../storage/row.ts'
import { isOfSpeaker } from './identity.ts'

/** Times that an upgrade is tried again when somebody else changed the item meanwhile. */
const attemptsMax = 5

/**
 * A repeat of the same body whose token is good proves who spoke, where the token of an earlier attempt did not. Only
 * for the person that stands there, or where none has an id; a verified item never changes. Takes the item as the repeat
 * would have stored it, and the notes on who speaks. Answers with what stands there now, or null where nothing changed.
 */
export async function upgrade(
  db: Database,
  row: WholeRow,
  item: NewItem,
  notes: readonly Note[],
  now: number,
): Promise<Outcome<ItemBody | null>> {
  let current: WholeRow | null = row
  for (let attempt = 0; attempt < attemptsMax && current !== null; attempt++) {
    const before = JSON.parse(current.body) as ItemBody
    if (!proves(item, before)) return done(null)
    // Who was erased since is not brought back: the words stay nobody's.
    if (await isErased(db, { ...item, createdAt: row.created_at })) return done(null)
    const body = proven(before, item, notes)
    if (await reviseItem(db, current, { body, message: current.message }, now)) return done(body)
    current = await findWhole(db, row.project, row.id)
  }
  return failed('unavailable', 'The item was changed at the same time. Send it again.', { retryAfter: 1 })
}

function proves({ person, digest }: NewItem, before: ItemBody): boolean {
  if (person?.verified !== true || before.person?.verified === true || digest !== before.digest) return false
  return before.person?.id === undefined || before.person.id === person.id
}

function proven(before: ItemBody, { person }: NewItem, fresh: readonly Note[]): ItemBody {
  const { notes: stood = [], ...rest } = before
  const notes = [...stood.filter((note) => !isOfSpeaker(note)), ...fresh]
  return { ...rest, person, ...(notes.length > 0 && { notes }) }
}
