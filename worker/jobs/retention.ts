import { serverLimits } from '../limits.ts'
import type { Database } from '../storage/database.ts'
import { deleteItems } from '../storage/delete.ts'
import { listEnvironments } from '../storage/names.ts'
import { reduceItems } from '../storage/reduce.ts'
import {
  deleteUnheard,
  docFrom,
  listChangedOlder,
  listDueRetentions,
  listNextOlder,
  listOlder,
  markRetention,
  retentionAudit,
  type RetentionRun,
} from '../storage/retention.ts'
import type { WholeRow } from '../storage/revise.ts'

const dayMs = 24 * 3_600_000
const { retentionBatch: batch, retentionBatchesMax, retentionPeople, retentionRestMs } = serverLimits

/**
 * Deletes or reduces what projects keep no longer, as of `now`: a few batches a run, the rest by the next ones. Wherever
 * it breaks off, the next run finds what is left; two runs at once do nothing twice. A project with nothing left rests
 * for an hour, unless somebody sets its retention anew.
 */
export async function keepRetention(db: Database, now: number): Promise<void> {
  let left: number = retentionBatchesMax
  for (const run of await listDueRetentions(db, now, retentionRestMs)) {
    if (left <= 0) return
    const before = now - run.retention.days * dayMs
    const take = run.retention.keep === 'nothing' ? deleteOlder : reduceOlder
    const { batches, isDone } = await take(db, run, before, now, left)
    left -= batches
    const isAll = isDone && (await forgetPeople(db, run, before, now))
    await markRetention(db, run, isAll ? now + retentionRestMs : now)
  }
}

/** How many batches were done, and whether nothing is left. */
interface Progress {
  batches: number
  isDone: boolean
}

async function deleteOlder(db: Database, run: RetentionRun, before: number, now: number, most: number) {
  const environments = await listEnvironments(db, run.project)
  const progress: Progress = { batches: 0, isDone: false }
  while (progress.batches < most && !progress.isDone) {
    const ids = await listOlder(db, run.project, environments, { before, limit: batch })
    progress.batches++
    progress.isDone = ids.length < batch
    const after = retentionAudit(db, run, { action: 'retention.delete', count: ids.length, before }, now)
    if (ids.length > 0) await deleteItems(db, run.project, ids, now, after)
  }
  return progress
}

/** First what has become old since, in the order of time; then what came late to a time that was done already. */
async function reduceOlder(db: Database, run: RetentionRun, before: number, now: number, most: number) {
  const below = docFrom(before)
  // Somebody may have set more days than before.
  run.reducedTo = Math.min(run.reducedTo, below)
  const progress: Progress = { batches: 0, isDone: false }
  while (progress.batches < most && run.reducedTo < below) {
    const { rows, reached } = await listNextOlder(db, run.project, { from: run.reducedTo, below, limit: batch })
    progress.batches++
    // What somebody changed meanwhile has a later change number, and is found by it below.
    await reduce(db, run, rows, before, now)
    run.reducedTo = reached
  }
  while (progress.batches < most && !progress.isDone) {
    const late = await listChangedOlder(db, run.project, { after: run.seen, below: run.reducedTo, limit: batch })
    progress.batches++
    await reduce(db, run, late.rows, before, now)
    run.seen = late.reached
    progress.isDone = late.isAll
  }
  return progress
}

async function reduce(db: Database, run: RetentionRun, rows: readonly WholeRow[], before: number, now: number) {
  const audit = (count: number) => retentionAudit(db, run, { action: 'retention.reduce', count, before }, now)
  await reduceItems(db, rows, now, audit)
}

/** Forgets a page of people of whom nothing is left; true at the end of the list. */
async function forgetPeople(db: Database, run: RetentionRun, before: number, now: number): Promise<boolean> {
  const from = { after: run.peopleAfter, before, limit: retentionPeople }
  const { last, count } = await deleteUnheard(db, run.project, from)
  if (count > 0) await db.batch(retentionAudit(db, run, { action: 'retention.forget', count, before }, now))
  run.peopleAfter = last ?? ''
  return last === null
}
