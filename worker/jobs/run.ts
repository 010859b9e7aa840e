import { serverLimits } from '../limits.ts'
import { type ConsumerName, dropLease, indexNext, type Lease, takeLease } from '../storage/consumers.ts'
import type { Database } from '../storage/database.ts'
import { countAndTell } from './news.ts'
import { learnNext } from './people.ts'

const steps: Record<ConsumerName, (db: Database, lease: Lease, batch: number) => Promise<number>> = {
  index: indexNext,
  counts: countAndTell,
  people: learnNext,
}

/**
 * Lets a consumer follow the change numbers until it has caught up. Does nothing when it is behind by less than
 * `backlog`, or when somebody else holds its lease; may run twice without harm.
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
  try {
    for (let batches = 0; batches < serverLimits.consumerBatchesMax && lease.done < lease.last; batches++) {
      lease.done = await steps[name](db, lease, batch)
    }
  } finally {
    // The last batch gave the lease back with its mark; this is for a failure, or for more than one run can do.
    if (lease.done < lease.last) await dropLease(db, lease)
  }
}

/** Everything the schedule does. */
export async function runSchedule(db: Database): Promise<void> {
  await runConsumer(db, 'index', 1)
  await runConsumer(db, 'counts', 1)
  await runConsumer(db, 'people', 1)
}
