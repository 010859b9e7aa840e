import type { WebhookEvent } from '../../sdk/wire/index.ts'
import { parseFilters } from '../filters/parse.ts'
import { countNext, countsReach, type Lease } from '../storage/consumers.ts'
import type { Database } from '../storage/database.ts'
import { listHolding, listNews, type NewsRow, type Told, tellStatements } from '../storage/news.ts'
import { type Selection, unfiltered } from '../storage/selection.ts'
import { type Listener, listListeners } from '../storage/webhooks.ts'
import { hasItem, wordsAsked } from './match.ts'

/**
 * Counts the next items and, in the same transaction, writes down what webhooks are to be told of them. The counts know
 * which items are new to them, whatever happens to these meanwhile; so each is told of as created once, and each later
 * change once. What several changes did before anybody looked is one message.
 */
export async function countAndTell(db: Database, lease: Lease, batch: number): Promise<number> {
  const listeners = await listListeners(db)
  const statements = listeners.length === 0 ? [] : await tell(db, lease, countsReach(lease, batch), listeners)
  return countNext(db, lease, batch, statements)
}

async function tell(
  db: Database,
  lease: Lease,
  reached: number,
  listeners: readonly Listener[],
): Promise<D1PreparedStatement[]> {
  const projects = [...new Set(listeners.map(({ project }) => project))]
  const { items, gone } = await listNews(db, lease, reached, projects)
  const events = items.flatMap((row) => {
    const event = eventOf(row)
    return event === null ? [] : [{ row, event }]
  })
  const told: Told[] = gone
    .filter(({ isWithheld }) => isWithheld === 0)
    .flatMap(({ project, id, change, erased_at: at }) =>
      listeners
        .filter((one) => one.project === project && wants(one, 'feedback.deleted', change) && at >= one.sinceAt)
        .map(({ id: webhook }) => ({ webhook, project, change, event: 'feedback.deleted', item: id, doc: null, at })),
    )
  for (const { listener, rows } of await select(db, listeners, events)) {
    for (const { row, event } of rows) {
      const { project, change, id: item, doc, updated_at, received_at } = row
      const at = event === 'feedback.created' ? received_at : updated_at
      told.push({ webhook: listener.id, project, change, event, item, doc, at })
    }
  }
  const marked = ({ doc, change, project, id: item }: NewsRow) => ({ doc, change, project, item })
  const news = {
    told,
    withheld: items.filter((row) => row.spam !== 0 && row.isFirst !== 0 && row.isQuiet === 0).map(marked),
    released: [
      ...items.filter((row) => row.spam === 0 && row.isWithheld !== 0).map(marked),
      ...gone
        .filter(({ isWithheld }) => isWithheld !== 0)
        .map(({ project, id: item, change }) => ({ doc: null, change, project, item })),
    ],
  }
  return tellStatements(db, lease, news, Date.now())
}

/** What an item's change is to those who are told of it; null where nobody is. */
function eventOf({ spam, isFirst, isQuiet, isWithheld }: NewsRow): WebhookEvent | null {
  if (spam !== 0) return null
  if (isWithheld !== 0) return 'feedback.created'
  if (isFirst === 0) return 'feedback.updated'
  return isQuiet === 0 ? 'feedback.created' : null
}

const wants = (listener: Listener, event: WebhookEvent, change: number): boolean =>
  listener.events.includes(event) && change > listener.since

interface Chosen {
  listener: Listener
  rows: { row: NewsRow; event: WebhookEvent }[]
}

/** For each listener the changes that it wants and its filter has. */
async function select(db: Database, listeners: readonly Listener[], events: Chosen['rows']): Promise<Chosen[]> {
  const chosen: Chosen[] = []
  const asked: { of: Chosen; match: string; isWanted: boolean }[] = []
  for (const listener of listeners) {
    const selection = selectionOf(listener)
    const rows = events.filter(
      ({ row, event }) =>
        row.project === listener.project &&
        wants(listener, event, row.change) &&
        (selection === null || hasItem(selection, row)),
    )
    if (rows.length === 0) continue
    const of = { listener, rows }
    chosen.push(of)
    const words = selection === null ? null : wordsAsked(selection)
    if (words !== null) asked.push({ of, ...words })
  }
  const questions = asked.map(({ of, match }) => ({ match, docs: of.rows.map(({ row }) => row.doc) }))
  const holding = await listHolding(db, questions)
  for (const [i, { of, isWanted }] of asked.entries()) {
    of.rows = of.rows.filter(({ row }) => (holding[i]?.has(row.doc) ?? false) === isWanted)
  }
  return chosen
}

/** What a filter selects; null: everything. It was checked when it was stored; one that is read no more selects nothing. */
function selectionOf({ filter, project }: Listener): Selection | null {
  if (filter === null) return null
  const parsed = parseFilters(new URLSearchParams(filter), project, [])
  return parsed.ok ? parsed.value : nothing(project)
}

const nothing = (project: string): Selection => ({ ...unfiltered, project, environments: [] })
