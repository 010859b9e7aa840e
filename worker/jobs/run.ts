import { serverLimits } from '../limits.ts'
import { describeError, log } from '../log.ts'
import {
  type ConsumerName,
  dropLease,
  indexBare,
  indexNext,
  type Lease,
  skipNext,
  takeLease,
} from '../storage/consumers.ts'
import { type Database, outageOf } from '../storage/database.ts'
import { wipeIdentitySecrets } from '../storage/identity-secrets.ts'
import { deleteOldAudit } from '../storage/retention.ts'
import { wipeSigning } from '../storage/signing.ts'
import { countAndTell } from './news.ts'
import { learnNext } from './people.ts'
import { keepRetention } from './retention.ts'

const steps: Record<ConsumerName, (db: Database, lease: Lease, batch: number) => Promise<number>> = {
  search: indexNext,
  counts: countAndTell,
  people: learnNext,
}

/**
 * Lets a consumer follow the change numbers until it has caught up. Does nothing when it is behind by less than
 * `backlog`, or when somebody else holds its lease; may run twice without harm. What it cannot digest is narrowed down
 * to the one item, which is skipped, counted and logged, so that what comes after it is not held up.
 */
export async function runConsumer(
  db: Database,
  name: ConsumerName,
  backlog: number,
  batch: number = serverLimits.consumerBatch,
): Promise<void> {
  const options = { holder: crypto.randomUUID(), now: Date.now(), untilMs: serverLimits.leaseMs, backlog }
  const lease = await takeLease(db, name, options)
  if (lease === null) return
  let size = batch
  try {
    for (let batches = 0; batches < serverLimits.consumerBatchesMax && lease.done < lease.last; batches++) {
      try {
        lease.done = await steps[name](db, lease, size)
        size = Math.min(batch, size * 2)
      } catch (error) {
        // What the database cannot do now it can do later, to the same items.
        if (outageOf(error) !== null) throw error
        if (size === 1) lease.done = await skip(db, lease, error)
        else size = Math.ceil(size / 2)
      }
    }
  } finally {
    // The last batch gave the lease back with its mark; this is for a failure, or for more than one run can do.
    if (lease.done < lease.last) await dropLease(db, lease)
  }
}

async function skip(db: Database, lease: Lease, error: unknown): Promise<number> {
  // What of it cannot be indexed either is found by no filter; the item itself stays.
  if (lease.name === 'search') await indexBare(db, lease).catch(() => undefined)
  const { change, skipped } = await skipNext(db, lease)
  log('item skipped', { consumer: lease.name, change, skipped, error: describeError(error) })
  return change
}

/** Everything the schedule does, as of `now`. What fails holds up nothing else. */
export async function runSchedule(db: Database, now: number = Date.now()): Promise<void> {
  const tasks = [
    ...(['search', 'counts', 'people'] as const).map((name) => () => runConsumer(db, name, 1)),
    () => wipeIdentitySecrets(db, now),
    () => wipeSigning(db, now),
    () => keepRetention(db, now),
    () => deleteOldAudit(db, now - serverLimits.auditKeptMs, serverLimits.auditSweep),
  ]
  const failures: unknown[] = []
  for (const task of tasks) await task().catch((error: unknown) => failures.push(error))
  if (failures.length > 0) throw failures[0]
}
