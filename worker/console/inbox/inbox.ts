import { computed, effect, signal, untracked } from '@preact/signals'
import { filters, go, listQuery, openId, option, setOptions, words } from '../address/address.ts'
import { explain, type Failure } from '../collector/answer.ts'
import { onReturn } from '../collector/connection.ts'
import { listFeedback, readFeedback } from '../collector/feedback.ts'
import { project } from '../collector/session.ts'
import { notify } from '../controls/notices.ts'
import type { Targets } from '../triage/everything.ts'
import { items } from '../triage/workspace.ts'
import { createList } from './list.ts'
import { unmatched } from './match.ts'
import {
  clearSections,
  grouping,
  loadSections,
  readIn,
  retrySections,
  rowFrom,
  sectionRows,
  sectionsPhase,
} from './sections.ts'
import { everything, selected, selectedCount } from './selected.ts'

const pollMs = 30_000

export const list = createList({ items, fetchPage: listFeedback })

export { selected }
/** What is listed, in its order on the screen: the list, or the rows of its open sections. */
export const shownIds = computed<readonly string[]>(() =>
  grouping.value ? sectionRows.value.map(({ id }) => id) : list.ids.value,
)

/** The date at which the list begins; a list by relevance has none. */
export const startsAt = computed<string | null>(() => {
  const ranked = words.value !== '' && (filters.value.get('sort')?.[0] ?? 'relevance') === 'relevance'
  return ranked ? null : option('start')
})

/** The same as the collector takes it: a day is one of the zone that the filter's days are in, or the project's. */
const beginning = computed(() => {
  if (startsAt.value === null) return ''
  const tz = filters.value.get('tz')?.[0] ?? project.value?.timeZone ?? 'UTC'
  return new URLSearchParams({ start: startsAt.value, tz }).toString()
})

/** What a change is made to: everything ticked, else the open item. */
export const targets = computed<Targets>(() => {
  if (selectedCount.value > 0) {
    const ids = [...selected.value]
    return everything.value ? Object.assign(ids, { everything: everything.value }) : ids
  }
  const id = openId.value
  return id && openItem.value.item ? [id] : []
})

const missing = signal<{ id: string; failure: Failure } | null>(null)
/** Rises when an item arrives that no list brought. */
const arrivals = signal(0)

/** The item in the reading pane: there, on its way, or why not. */
export const openItem = computed(() => {
  const id = openId.value
  void arrivals.value
  void list.ids.value
  void shownIds.value
  const item = id ? items.get(id)?.value : undefined
  const failure = !item && missing.value?.id === id ? missing.value.failure : null
  return { id, item, failure }
})

/** The name of the first filter that the open item no longer matches. */
export const openUnmatched = computed(() => {
  const { item } = openItem.value
  return item ? unmatched(item, filters.value) : null
})

export function reload(): Promise<Failure | null> {
  return load(grouping.peek(), listQuery.peek(), beginning.peek())
}

/** Lists what came in since: from the top, with whatever is open left alone. */
export function takeNewcomers(): void {
  if (startsAt.peek() !== null) {
    document.querySelector('.rows')?.scrollTo({ top: 0 })
    return setOptions({ start: null })
  }
  void refresh().then((isDone) => isDone && document.querySelector('.rows')?.scrollTo({ top: 0 }))
}

/** Asks for the list anew, where somebody wanted it: they are told when it did not come. */
export async function refresh(): Promise<boolean> {
  const failure = await reload()
  // Where there is no list the failure stands in its place.
  if (failure && list.phase.peek() === 'ready') {
    const { what, next } = explain(failure)
    const action = { label: 'Try again', run: () => void refresh() }
    notify({ tone: 'bad', text: `The list stays as it was. ${what} ${next}`, action })
  }
  return failure === null
}

async function load(by: typeof grouping.value, query: string, begin: string): Promise<Failure | null> {
  const listed = list.load(query, begin)
  if (by) void loadSections(by, query, begin)
  else clearSections()
  return listed
}

/** Fetches the open item where no list brought it; `anew`, also where one did. */
export async function fetchOpen(anew = false): Promise<void> {
  const id = openId.peek()
  if (!id || (items.get(id) && !anew)) return
  missing.value = null
  const answer = await readFeedback(id)
  if (answer.ok) items.put(answer.value)
  else missing.value = { id, failure: answer.failure }
  arrivals.value += 1
}

/** Opens the item `by` places further down the list. */
export function move(by: 1 | -1): void {
  if (grouping.peek()) {
    const row = rowFrom(openId.peek(), by)
    if (!row) return
    readIn.value = row.key
    return go({ item: row.id }, openId.peek() ? 'replace' : 'push')
  }
  const ids = list.ids.peek()
  const current = openId.peek()
  const index = current ? ids.indexOf(current) : -1
  const next = ids[index === -1 ? 0 : index + by]
  if (next) go({ item: next }, current ? 'replace' : 'push')
  if (index + by >= ids.length - 10) void list.more()
}

export function toggleSelected(id: string): void {
  const next = new Set(selected.peek())
  if (!next.delete(id)) next.add(id)
  selected.value = next
  anchorId = id
}

/** Where a range began. */
let anchorId: string | null = null

/** Ticks everything from the last ticked row to this one. */
export function selectTo(id: string): void {
  const ids = shownIds.peek()
  const [from, to] = [ids.indexOf(anchorId ?? id), ids.indexOf(id)].sort((one, other) => one - other)
  if (from === undefined || to === undefined || from === -1) return toggleSelected(id)
  selected.value = new Set([...selected.peek(), ...ids.slice(from, to + 1)])
  anchorId = id
}

/** What may have changed while nobody answered, without moving what is listed; what did not come is asked for again. */
function catchUp(): void {
  if (list.phase.peek() === 'failed' || sectionsPhase.peek() === 'failed') void reload()
  else void list.poll()
  if (list.stuck.peek()) void list.more()
  retrySections()
  void fetchOpen(true)
}

/** Loads the list whenever the filters change, fetches what a link opens, asks for newcomers while visible. */
export function startInbox(): void {
  effect(() => {
    const [by, query, begin] = [grouping.value, listQuery.value, beginning.value]
    // Untracked: what loading reads of its own state must not start it again.
    untracked(() => {
      selected.value = new Set()
      void load(by, query, begin)
    })
  })
  effect(() => {
    if (openId.value) untracked(() => void fetchOpen())
  })
  const poll = () => {
    if (document.visibilityState === 'visible') void list.poll()
  }
  setInterval(poll, pollMs)
  document.addEventListener('visibilitychange', poll)
  onReturn(catchUp)
}
