import { type Outcome, type Outside, post } from '../deliver/attempt.ts'
import { delayAfter } from '../deliver/schedule.ts'
import { slackItemsMax } from '../deliver/slack.ts'
import { serverLimits } from '../limits.ts'
import type { Database } from '../storage/database.ts'
import { type DeliveryRow, listDue, type Settled } from '../storage/deliveries.ts'
import { findProject } from '../storage/projects.ts'
import { toItem } from '../storage/row.ts'
import { findNextDue, listMeant, listTellable, releaseWebhook, settle, takeWebhooks } from '../storage/sending.ts'
import type { WebhookRecord } from '../storage/webhooks.ts'
import { auditOf, fareAfter } from './health.ts'
import { signedMessage, slackBody } from './messages.ts'
import { makeSlots, type Slots } from './slots.ts'

/** One run of sending. */
interface Run {
  db: Database
  outside: Outside
  holder: string
  /** No attempt begins later; epoch ms. */
  end: number
  /** Messages that may still be sent. */
  left: number
  slots: Slots
}

/**
 * Sends what is due to every webhook, and waits up to `waitMs` for what becomes due before its time is up. Each webhook is one's own
 * under a lease, and all are served side by side; a slow one takes one of a few connections, of which no project has more
 * than its share, and nobody's database. What this run cannot do the schedule does.
 */
export async function sendDue(
  db: Database,
  outside: Outside,
  { forMs, most, waitMs = forMs }: { forMs: number; most: number; waitMs?: number },
): Promise<void> {
  const slots = makeSlots(serverLimits.webhookConnections)
  const run: Run = { db, outside, holder: crypto.randomUUID(), end: outside.now() + forMs, left: most, slots }
  const failures: unknown[] = []
  while (!isOver(run) && failures.length === 0) {
    const webhooks = await take(run)
    const results = await Promise.allSettled(webhooks.map((webhook) => serve(run, webhook)))
    failures.push(...results.flatMap((result) => (result.status === 'rejected' ? [result.reason as unknown] : [])))
    if (webhooks.length > 0) continue
    if (waitMs === 0) break
    const next = await findNextDue(db)
    const now = outside.now()
    // What is due already is somebody else's just now.
    if (next === null || next <= now || next >= Math.min(run.end, now + waitMs)) break
    await outside.sleep(next - now)
  }
  if (failures.length > 0) throw failures[0]
}

const take = ({ db, holder, outside }: Run, only: string | null = null): Promise<WebhookRecord[]> =>
  takeWebhooks(db, {
    holder,
    now: outside.now(),
    untilMs: serverLimits.webhookLeaseMs,
    limit: serverLimits.webhooksAtOnce,
    only,
  })

/** Sends to one webhook until nothing is due any more. */
async function serve(run: Run, taken: WebhookRecord): Promise<void> {
  const leave = run.slots.enter(taken.project)
  try {
    await serveUntilDone(run, taken)
  } finally {
    leave()
  }
}

async function serveUntilDone(run: Run, taken: WebhookRecord): Promise<void> {
  const { db, holder, outside } = run
  for (let webhook: WebhookRecord | undefined = taken; webhook !== undefined;) {
    try {
      const one = webhook
      await (one.type === 'slack' ? inTurn(run, one, () => tellPeople(run, one)) : sendAll(run, one))
    } catch (error) {
      // What was not written down is due still. Where even this fails, the lease ends by itself.
      await releaseWebhook(db, webhook, holder, outside.now()).catch(() => false)
      if (!isUsedUp(error)) throw error
      run.left = 0
      return
    }
    const isDue = await releaseWebhook(db, webhook, holder, outside.now())
    if (!isDue || isOver(run)) return
    ;[webhook] = await take(run, webhook.id)
  }
}

/** Whether nothing may be begun any more. */
const isOver = ({ left, end, outside }: Run): boolean => left <= 0 || outside.now() >= end

/** Does what sends one message when it is its project's turn; null where the run was over by then. */
const inTurn = <T>(run: Run, { project }: WebhookRecord, work: () => Promise<T>): Promise<T | null> =>
  run.slots.run(project, async () => (isOver(run) ? null : work()))

const isUsedUp = (error: unknown): boolean => /too many (subrequests|api requests)/i.test(String(error))

/** Sends what is due in its order: at first one by one, several at once to a receiver that is quick. */
async function sendAll(run: Run, webhook: WebhookRecord): Promise<void> {
  const { db, outside } = run
  let current = webhook
  let width = 1
  for (;;) {
    const rows = await listDue(db, webhook.id, outside.now(), serverLimits.deliveriesPage)
    const read = { items: await listMeant(db, webhook.project, idsOf(rows)), at: outside.now() }
    for (let from = 0; from < rows.length;) {
      if (isOver(run)) return
      const chunk = rows.slice(from, from + Math.min(width, run.left))
      from += chunk.length
      const sent = await Promise.all(chunk.map((row) => sendOne(run, current, row, read)))
      // What got no turn before the run was over is due still.
      const done = sent.filter((one) => one !== null)
      const now = outside.now()
      const outcomes = done.flatMap(({ outcome }) => outcome ?? [])
      const health = outcomes.length === 0 ? undefined : fareAfter(current, outcomes, now)
      const settled = done.map((one) => one.settled)
      const withheld = withheldOf(webhook, settled)
      await settle(db, settled, now, { health, withheld, audit: health && auditOf(webhook, health) })
      if (health === undefined) continue
      current = { ...current, ...health }
      if (health.state === 'off' || health.quietUntil > now) return
      const isQuick = outcomes.every(
        ({ attempt }) => attempt.error === null && attempt.ms < serverLimits.webhookQuickMs,
      )
      width = isQuick ? Math.min(width * 2, serverLimits.webhookConnections.alone) : 1
      // What waited is due now, and may be older.
      if (health.isBack) break
    }
    if (rows.length === 0) return
  }
}

const idsOf = (rows: readonly DeliveryRow[]): string[] => [
  ...new Set(rows.flatMap(({ item, event }) => (item === null || event === 'feedback.deleted' ? [] : [item]))),
]

/** Items as they were at a time, in epoch ms. */
interface Read {
  items: Awaited<ReturnType<typeof listMeant>>
  at: number
}

/** Sends one message with the item as it is then, and says what comes of it; null where its turn did not come. */
const sendOne = (run: Run, webhook: WebhookRecord, row: DeliveryRow, read: Read) =>
  inTurn(run, webhook, async (): Promise<{ settled: Settled; outcome: Outcome | null }> => {
    const { db, outside } = run
    // Whoever waited long for a turn might tell of what was erased meanwhile.
    const isOld = outside.now() - read.at > serverLimits.webhookQuickMs
    const items = isOld ? await listMeant(db, webhook.project, idsOf([row])) : read.items
    const item = items.get(row.item ?? '') ?? null
    const isAbout = row.event === 'feedback.created' || row.event === 'feedback.updated'
    if (isAbout && (item === null || item.spam !== 0)) return { settled: dropped(row), outcome: null }
    run.left--
    const message = await signedMessage(webhook, row, item === null ? null : toItem(item), outside.now())
    const outcome = await post(outside, webhook.url, message)
    return { settled: settledBy(row, outcome, outside), outcome }
  })

const dropped = (row: DeliveryRow): Settled => ({
  row,
  state: 'dropped',
  dueAt: null,
  tries: row.tries,
  attempt: null,
})

/** What becomes of a delivery after an attempt. A test has one alone. */
export function settledBy(row: DeliveryRow, { attempt, asked }: Outcome, outside: Outside): Settled {
  const tries = row.tries + 1
  if (attempt.error === null) return { row, state: 'delivered', dueAt: null, tries, attempt }
  const delay = row.event === 'ping' ? null : delayAfter(tries, outside.random(), asked)
  const dueAt = delay === null ? null : outside.now() + delay
  return { row, state: dueAt === null ? 'failed' : 'pending', dueAt, tries, attempt }
}

/** What became spam before anybody was told of it is withheld again. */
const withheldOf = ({ project }: WebhookRecord, settled: readonly Settled[]) =>
  settled.flatMap(({ state, row: { event, item } }) =>
    state === 'dropped' && event === 'feedback.created' && item !== null ? [{ project, item }] : [],
  )

/** Tells people of all that is due in one message, and then leaves them alone for a while. */
async function tellPeople(run: Run, webhook: WebhookRecord): Promise<void> {
  const { db, outside } = run
  const rows = await listDue(db, webhook.id, outside.now(), serverLimits.slackBatch)
  if (rows.length === 0) return
  const tellable = await listTellable(db, webhook.project, idsOf(rows))
  const [told, rest] = [rows.filter(isTellable), rows.filter((row) => !isTellable(row))]
  function isTellable({ event, item }: DeliveryRow): boolean {
    return event === 'ping' || tellable.has(item ?? '')
  }
  const gone = rest.map(dropped)
  const withheld = withheldOf(webhook, gone)
  if (told.length === 0) return settle(db, gone, outside.now(), { withheld })
  const project = await findProject(db, webhook.project)
  const ids = idsOf(told)
  const shown = await listMeant(db, webhook.project, ids.slice(0, slackItemsMax))
  const items = ids.flatMap((id) => {
    const item = shown.get(id)
    return item === undefined ? [] : [toItem(item)]
  })
  run.left--
  const outcome = await post(outside, webhook.url, slackBody(webhook, project, items, ids.length - items.length))
  const settled = [...told.map((row) => settledBy(row, outcome, outside)), ...gone]
  const now = outside.now()
  const health = fareAfter(webhook, [outcome], now)
  await settle(db, settled, now, { health, withheld, audit: auditOf(webhook, health) })
}
