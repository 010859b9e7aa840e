import type { Account, FeedbackPerson, Note, TeamSubmission } from '../../sdk/wire/index.ts'
import { done, failed, type Outcome } from '../failure.ts'
import { bodyOf } from '../intake/normalise.ts'
import { serverLimits } from '../limits.ts'
import { personId } from '../people/marks.ts'
import type { Database } from '../storage/database.ts'
import type { NewItem } from '../storage/items.ts'
import { findAccount, listPeople } from '../storage/people.ts'

/** Where an item is entered. */
export interface Place {
  db: Database
  project: string
  secret: string
  statuses: readonly string[]
  /** Epoch ms. */
  now: number
}

/** Makes an item of what the team says that somebody said; refused where it says nothing or cannot be. */
export async function enter(place: Place, said: TeamSubmission, notes: readonly Note[]): Promise<Outcome<NewItem>> {
  const { now, statuses } = place
  if ((said.message ?? '').trim() === '' && said.rating === undefined) {
    return failed('empty', 'It says nothing: enter a message or a rating.', {
      issues: [{ path: 'message', reason: 'nothing was said' }],
    })
  }
  const { status = 'new' } = said
  if (!statuses.includes(status)) {
    return failed('invalid', `This project has no status '${status}'. It has: ${statuses.join(', ')}.`, {
      issues: [{ path: 'status', reason: 'unknown status' }],
    })
  }
  const at = said.createdAt === undefined ? now : Date.parse(said.createdAt)
  if (at < 0 || at > now + serverLimits.clockLeewayMs) {
    const reason = at < 0 ? 'before 1970' : 'in the future'
    return failed('invalid', `It cannot have been said ${reason}. Say when it was, or leave the time out for now.`, {
      issues: [{ path: 'createdAt', reason }],
    })
  }
  const { person, message, rating, tags } = said
  const speaker = person === undefined ? undefined : await speakerOf(place, person)
  const { verified = false, uuid: _, ...known } = speaker ?? {}
  const id = (said.id ?? crypto.randomUUID()).toLowerCase()
  const submission = { id, message, rating, tags, ...(speaker && { person: known }) }
  return done({
    ...bodyOf(submission, { source: said.source ?? 'team', verified, notes: [...notes] }),
    project: place.project,
    id,
    environment: said.environment ?? 'production',
    kind: said.kind ?? 'other',
    status,
    labels: [...new Set(said.labels)].sort(),
    assignee: said.assignee ?? null,
    spam: false,
    mergedInto: null,
    createdAt: Math.min(at, now),
    receivedAt: now,
    updatedAt: now,
    message: message ?? '',
  })
}

/**
 * Who said it. Whom the team names by id is the verified person of that id, and what is known of them, and of the
 * account, stands on the item where the team does not say it: who asks and what they are worth counts here too.
 */
async function speakerOf(
  { db, project, secret }: Place,
  { id, name, email, account }: NonNullable<TeamSubmission['person']>,
): Promise<FeedbackPerson> {
  const uuid = id === undefined ? undefined : await personId(secret, { externalId: id, verified: true })
  const [known] = uuid === undefined ? [] : await listPeople(db, project, [uuid])
  const belongs = account ?? known?.account?.id
  const found = belongs === undefined ? null : await findAccount(db, project, belongs)
  const told = { name: name ?? known?.name, email: email ?? known?.email }
  return {
    ...(id !== undefined && { id }),
    ...(told.name !== undefined && { name: told.name }),
    ...(told.email !== undefined && { email: told.email }),
    ...(belongs !== undefined && { account: accountOf(belongs, found) }),
    verified: id !== undefined,
  }
}

function accountOf(id: string, known: Account | null): Account {
  const { name, plan, revenue } = known ?? {}
  return {
    id,
    ...(name !== undefined && { name }),
    ...(plan !== undefined && { plan }),
    ...(revenue !== undefined && { revenue }),
  }
}
