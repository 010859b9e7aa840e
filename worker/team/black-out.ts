import type { Redaction } from '../../sdk/wire/index.ts'
import { done, failed, type Outcome } from '../failure.ts'
import { personId } from '../people/marks.ts'
import type { Database } from '../storage/database.ts'
import { redactItem } from '../storage/redact.ts'
import type { WholeRow } from '../storage/revise.ts'
import type { ItemBody, ItemRow } from '../storage/row.ts'
import { unlearned } from './learned.ts'
import { redact, type Redacted } from './redaction.ts'
import type { Attempt } from './revise.ts'

/** What an item becomes. Refused where nothing of what is asked for stands there: nobody shall think it gone. */
export function blackedOut(row: ItemRow, { texts = [], attachments = [] }: Redaction): Outcome<Redacted> {
  const body = JSON.parse(row.body) as ItemBody
  const images = body.attachments?.length ?? 0
  const wrong = attachments.find((n) => n >= images)
  if (wrong !== undefined) {
    return failed('invalid', `There is no image ${wrong}: the item has ${images}, numbered from 0.`, {
      issues: [{ path: 'attachments', reason: 'no such image' }],
    })
  }
  const after = redact({ message: row.message, body }, { texts, attachments })
  if (after.paths.length > 0) return done(after)
  return failed('invalid', 'Nothing in this item says that. Nothing was changed.', {
    issues: [{ path: texts.length > 0 ? 'texts' : 'attachments', reason: 'not in the item' }],
  })
}

/** Blacks out in an item what the team asks for; `audit` goes into the transaction. */
export async function blackOut(
  { db, secret, now }: { db: Database; secret: string; now: number },
  row: WholeRow,
  redaction: Redaction,
  audit: readonly D1PreparedStatement[],
): Promise<Attempt> {
  const after = blackedOut(row, redaction)
  if (!after.ok) return after
  const { person } = JSON.parse(row.body) as ItemBody
  const { body, message } = after.value
  const next = { body, message, person: null, account: null }
  const isWritten = await redactItem(db, row, { ...next, ...(await learnedBy()) }, now, audit)
  return done(isWritten ? 'written' : 'late')

  /** Who learned something from this item that it does not say any more. */
  async function learnedBy() {
    if (person?.id === undefined) return {}
    const gone = unlearned(person, body.person)
    const id = person.uuid ?? (await personId(secret, { externalId: person.id, verified: person.verified }))
    const account = person.verified ? person.account : undefined
    return { person: { id, facts: gone.person }, ...(account && { account: { id: account.id, facts: gone.account } }) }
  }
}
