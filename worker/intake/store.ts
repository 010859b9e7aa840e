import type { Receipt, Submission } from '../../sdk/wire/index.ts'
import type { Admission } from '../access/keys.ts'
import { editText } from '../access/secrets.ts'
import { isSignedFor } from '../access/signing.ts'
import { done, failed, type Outcome } from '../failure.ts'
import type { Database } from '../storage/database.ts'
import { serverLimits } from '../limits.ts'
import { markItem } from '../people/marks.ts'
import { insertItem, isErased, type NewItem } from '../storage/items.ts'
import { amendItem } from '../storage/amend.ts'
import { findWhole, type WholeRow } from '../storage/revise.ts'
import { type ItemBody, toItem } from '../storage/row.ts'
import { saidAt } from './clock.ts'
import type { Speaker } from './identity.ts'
import { bodyOf, type Normalised } from './normalise.ts'
import { makeReceipt } from './receipt.ts'
import { screen } from './screen.ts'
import { upgrade } from './upgrade.ts'

/** What became of a submission. */
export interface Stored {
  receipt: Receipt
  /** True when it was new, false when it was a repeat. */
  isNew: boolean
  /** Whether anything was written. */
  changed: boolean
}

/** What came with a submission beside its parts. */
export interface Delivery {
  /** Epoch ms. */
  now: number
  digest: string
  /** Whether images can be stored. */
  takesFiles: boolean
  speaker: Speaker
}

/** Stores a submission, or finds that it stands there already. The receipt exists only after the commit. */
export async function store(
  db: Database,
  { project, environment }: Admission,
  { submission, notes }: Normalised,
  delivery: Delivery,
): Promise<Outcome<Stored>> {
  const { now, digest, takesFiles, speaker } = delivery
  submission.person = speaker.person
  notes.push(...speaker.notes)
  if ((submission.attachments?.length ?? 0) > 0 && !takesFiles) {
    notes.push({ path: 'attachments', code: 'dropped', detail: 'This collector has no object storage for images.' })
    submission.attachments = []
  }
  const createdAt = saidAt(submission, now, notes)
  const source = submission.sdk?.startsWith('earshot-widget') === true ? 'widget' : 'sdk'
  const screened = screen(submission)
  const item: NewItem = await markItem(project.secret, {
    ...bodyOf(submission, { source, verified: speaker.verified, notes }),
    digest,
    project: project.id,
    id: submission.id,
    environment,
    kind: submission.kind ?? 'other',
    status: 'new',
    labels: [],
    assignee: null,
    spam: screened !== null,
    ...(screened !== null && { screened }),
    mergedInto: null,
    createdAt,
    receivedAt: now,
    updatedAt: now,
    message: submission.message ?? '',
  })
  const isNew = await insertItem(db, item)
  if (isNew) {
    const attachments = submission.attachments?.length ?? 0
    const stored = { id: submission.id, receivedAt: now, notes, attachments }
    return done({ receipt: await makeReceipt(project.signing.secret, stored, true), isNew, changed: true })
  }
  return repeat(db, project, submission, delivery, item)
}

async function repeat(
  db: Database,
  project: Admission['project'],
  submission: Submission,
  { now, digest, speaker }: Delivery,
  item: NewItem,
): Promise<Outcome<Stored>> {
  const row = await findWhole(db, project.id, submission.id)
  if (row === null) {
    return (await isErased(db, item))
      ? failed('erased', 'This submission was erased and is not stored again.')
      : failed('unavailable', 'The submission could not be stored just now. Send it again.', { retryAfter: 1 })
  }
  const amended = await amend(db, project, row, submission, now)
  if (!amended.ok) return amended
  const upgraded = await upgrade(db, row, item, speaker.notes, now)
  if (!upgraded.ok) return upgraded
  const { notes = [], attachments = [], digest: first } = upgraded.value ?? (JSON.parse(row.body) as ItemBody)
  const stored = { id: row.id, receivedAt: row.received_at, notes, attachments: attachments.length }
  return done({
    receipt: await makeReceipt(project.signing.secret, stored, digest === first),
    isNew: false,
    changed: amended.value || upgraded.value !== null,
  })
}

/** Times that an amendment is tried again when somebody else changed the item meanwhile. */
const amendAttemptsMax = 5

/**
 * A survey's later answers amend its first one, under a higher revision and with the first receipt's token. What was
 * meant to amend and could not is no success: its sender would forget it.
 */
async function amend(
  db: Database,
  project: Admission['project'],
  row: WholeRow,
  submission: Submission,
  now: number,
): Promise<Outcome<boolean>> {
  const { revision = 0, survey, edit } = submission
  if (survey === undefined || edit === undefined) return done(false)
  if (now - row.received_at > serverLimits.tokenMs) return done(false)
  if (!(await isSignedFor(db, project, editText(row.id), edit))) return done(false)
  const later = { survey, revision, rating: submission.rating, message: submission.message }
  let current: WholeRow | null = row
  for (let attempt = 0; attempt < amendAttemptsMax && current !== null; attempt++) {
    if (revision <= (toItem(current).revision ?? 0)) return done(false)
    if (await amendItem(db, current, later, now)) return done(true)
    current = await findWhole(db, row.project, row.id)
  }
  return failed('unavailable', 'The item was changed at the same time. Send the answers again.', { retryAfter: 1 })
}
