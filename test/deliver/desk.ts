import type { WebhookEvent } from '../../sdk/wire/index.ts'
import { makeWebhookSecret } from '../../worker/deliver/sign.ts'
import { runConsumer } from '../../worker/jobs/run.ts'
import { sendDue } from '../../worker/jobs/send.ts'
import { deleteItems } from '../../worker/storage/delete.ts'
import { listDeliveries, toDelivery } from '../../worker/storage/deliveries.ts'
import { insertItem, type NewItem } from '../../worker/storage/items.ts'
import { insertProjectStatement } from '../../worker/storage/projects.ts'
import { findWhole } from '../../worker/storage/revise.ts'
import { triageOf, updateTriage } from '../../worker/storage/triage.ts'
import { findWebhook, insertWebhook } from '../../worker/storage/webhooks.ts'
import { openDatabase, type TestDatabase } from '../support/sqlite.ts'
import { newId } from '../support/system.ts'
import { makeOutside, type TestOutside } from './outside.ts'

export const day = 24 * 3_600_000
const longest = { forMs: 40_000, most: 1_000, waitMs: 0 }

/** A project with its database, whose consumers, sender and clock do what a test says. */
export interface Desk extends TestDatabase {
  outside: TestOutside
  project: string
  /** A new item; answers with its id. */
  say(more?: Partial<NewItem>): Promise<string>
  triage(id: string, more: { status?: string; spam?: boolean; labels?: string[] }): Promise<void>
  erase(id: string): Promise<void>
  listen(more: Partial<Parameters<typeof insertWebhook>[1]> & { url: string }): Promise<{ id: string; secret: string }>
  /** Lets the consumers follow. */
  follow(): Promise<void>
  /** Sends what is due now. */
  send(): Promise<void>
  /** Lets the consumers follow, and sends. */
  tick(): Promise<void>
  /** Moves the clock on by steps, sending at each of them, as the schedule does. */
  pass(ms: number, stepMs: number): Promise<void>
  deliveries(webhook: string): Promise<ReturnType<typeof toDelivery>[]>
  webhook(id: string): ReturnType<typeof findWebhook>
}

export async function openDesk(): Promise<Desk> {
  const opened = openDatabase()
  const { db } = opened
  const outside = makeOutside()
  const project = 'p1'
  await insertProjectStatement(db, { id: project, name: 'Shop & <Co>', settings: {}, secret: 's' }, 0).run()
  const follow = async () => {
    await runConsumer(db, 'search', 1)
    await runConsumer(db, 'counts', 2_000)
  }
  const send = () => sendDue(db, outside, longest)
  const desk: Desk = Object.assign(opened, {
    outside,
    project,
    say: async (more: Partial<NewItem> = {}) => {
      const now = outside.now()
      const item: NewItem = {
        project,
        id: newId(),
        environment: 'production',
        kind: 'bug',
        status: 'new',
        labels: [],
        assignee: null,
        spam: false,
        mergedInto: null,
        createdAt: now,
        receivedAt: now,
        updatedAt: now,
        message: 'It broke',
        tags: {},
        person: null,
        page: null,
        source: 'widget',
        ...more,
      }
      await insertItem(db, item)
      return item.id
    },
    triage: async (id: string, more: { status?: string; spam?: boolean; labels?: string[] }) => {
      const row = await findWhole(db, project, id)
      if (row === null) throw new Error('no such item')
      await updateTriage(db, row, { ...triageOf(row), ...more }, outside.now())
    },
    erase: async (id: string) => void (await deleteItems(db, project, [id], outside.now())),
    listen: async (more: Partial<Parameters<typeof insertWebhook>[1]> & { url: string }) => {
      const secret = makeWebhookSecret(crypto.getRandomValues(new Uint8Array(32)))
      const id = crypto.randomUUID()
      const events: WebhookEvent[] = ['feedback.created', 'feedback.updated', 'feedback.deleted']
      const origin = 'https://feedback.example.com'
      const isSlack = more.type === 'slack'
      await insertWebhook(
        db,
        {
          project,
          id,
          type: 'signed',
          name: 'Ours',
          events: isSlack ? ['feedback.created'] : events,
          filter: null,
          secret: isSlack ? null : secret,
          origin,
          ...more,
        },
        outside.now(),
        100,
      )
      return { id, secret }
    },
    follow,
    send,
    tick: async () => {
      await follow()
      await send()
    },
    pass: async (ms: number, stepMs: number) => {
      for (const end = outside.at + ms; outside.at < end;) {
        outside.at = Math.min(end, outside.at + stepMs)
        await send()
      }
    },
    deliveries: async (webhook: string) =>
      (await listDeliveries(db, webhook, { state: null, after: null, limit: 1_000 })).map(toDelivery),
    webhook: (id: string) => findWebhook(db, project, id),
  })
  return desk
}
