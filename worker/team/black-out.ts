import type { Redaction } from '../../sdk/wire/index.ts'
import { failed } from '../failure.ts'
import { personId } from '../people/marks.ts'
import type { Database } from '../storage/database.ts'
import { redactItem } from '../storage/redact.ts'
import type { WholeRow } from '../storage/revise.ts'
import type { ItemBody } from '../storage/row.ts'
import { unlearned } from './learned.ts'
import { redact } from './redaction.ts'
import type { Attempt } from './revise.ts'

/** Blacks out in an item what the team asks for. Refused where nothing of it stands there: nobody shall think it gone. */
export async function blackOut(
  { db, secret, now }: { db: Database; secret: string; now: number },
  row: WholeRow,
  { texts = [], attachments = [] }: Redaction,
): Promise<Attempt> {
  const body = JSON.parse(row.body) as ItemBody
  const images = body.attachments?.length ?? 0
  const wrong = attachments.find((n) => n >= images)
  if (wrong !== undefined) {
    return failed(
      'invalid',
      `There is no image ${wrong}: the item has ${images}, numbered from 0. Nothing was changed.`,
      {
        issues: [{ path: 'attachments', reason: 'no such image' }],
      },
    )
  }
  const after = redact({ message: row.message, body }, { texts, attachments })
  if (after.paths.length === 0) {
    return failed('invalid', 'Nothing in this item says that. Nothing was changed.', {
      issues: [{ path: texts.length > 0 ? 'texts' : 'attachments', reason: 'not in the item' }],
    })
  }
  const gone = body.person ? unlearned(body.person, after.body.person) : null
  const { person } = body
  const id =
    person?.id === undefined
      ? null
      : (person.uuid ?? (await personId(secret, { externalId: person.id, verified: person.verified })))
  const account = person?.verified === true ? person.account?.id : undefined
  const written = await redactItem(
    db,
    row,
    {
      body: after.body,
      message: after.message,
      person: id === null || gone === null ? null : { id, facts: gone.person },
      account: account === undefined || gone === null ? null : { id: account, facts: gone.account },
    },
    now,
  )
  return { ok: true, value: written ? 'written' : 'late' }
}
