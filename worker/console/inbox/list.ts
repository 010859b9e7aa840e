import { batch, signal } from '@preact/signals'
import { limits, type FeedbackList, type Total } from '../../../sdk/wire/index.ts'
import type { Answer, Failure } from '../collector/answer.ts'
import type { Items } from '../triage/items.ts'

export interface ListOptions {
  items: Items
  fetchPage: (query: URLSearchParams, signal?: AbortSignal) => Promise<Answer<FeedbackList>>
}

/** The list on screen: pages by cursor, and word of what came in since without moving anything. */
export function createList({ items, fetchPage }: ListOptions) {
  /** Ids in the order of the list. */
  const ids = signal<string[]>([])
  const total = signal<Total | null>(null)
  const hidden = signal({ spam: 0, merged: 0 })
  const relaxed = signal(false)
  const phase = signal<'loading' | 'ready' | 'failed'>('loading')
  const failure = signal<Failure | null>(null)
  /** True when the list has ended. */
  const complete = signal(false)
  /** Asking for a further page failed; what is listed stays. */
  const stuck = signal<Failure | null>(null)
  /** Items that came in since the list was loaded. */
  const newcomers = signal<{ count: number; more: boolean }>({ count: 0, more: false })

  let query = ''
  /** Parameters of the first page alone: where it begins. */
  let begin = ''
  let listed = new Set<string>()
  let next: string | null = null
  let running = new AbortController()
  let fetching = false
  /** When the newest item of the list was received; null until known. */
  let newest: string | null = null

  function take(page: FeedbackList): string[] {
    for (const item of page.items) items.put(item)
    next = page.next
    complete.value = page.next === null
    const fresh = page.items.map(({ id }) => id).filter((id) => !listed.has(id))
    for (const id of fresh) listed.add(id)
    return fresh
  }

  function asked(extra: Record<string, string>): URLSearchParams {
    const parameters = new URLSearchParams(query)
    for (const [name, value] of Object.entries(extra)) parameters.set(name, value)
    return parameters
  }

  /**
   * Replaces the list by the first page of a query; the old rows stay until the answer is there when it is the same.
   * Answers with why it could not be. `beginning` is added to the first page's parameters, such as `start=2026-11-22&tz=Europe/Berlin`.
   */
  async function load(nextQuery: string, beginning = ''): Promise<Failure | null> {
    running.abort()
    running = new AbortController()
    const { signal: cancelled } = running
    const isSame = nextQuery === query && beginning === begin && phase.value === 'ready'
    if (!isSame) {
      ids.value = []
      total.value = null
      phase.value = 'loading'
    }
    query = nextQuery
    begin = beginning
    fetching = true
    const first = { ...Object.fromEntries(new URLSearchParams(begin)), limit: String(limits.pageDefault) }
    const answer = await fetchPage(asked(first), cancelled)
    if (cancelled.aborted) return null
    fetching = false
    // What is listed stays, and so does the word of what came in since.
    if (!answer.ok && isSame) return answer.failure
    stuck.value = null
    newcomers.value = { count: 0, more: false }
    if (!answer.ok) {
      failure.value = answer.failure
      phase.value = 'failed'
      return answer.failure
    }
    const page = answer.value
    batch(() => {
      listed = new Set()
      ids.value = take(page)
      total.value = page.total
      hidden.value = page.hidden
      relaxed.value = page.relaxed ?? false
      phase.value = 'ready'
    })
    newest = ranked() || begin !== '' ? null : newestOf(page)
    return null
  }

  function ranked(): boolean {
    const parameters = new URLSearchParams(query)
    return parameters.has('q') || (parameters.get('sort') ?? 'newest') !== 'newest'
  }

  /** Appends the next page. */
  async function more(): Promise<void> {
    if (fetching || next === null || phase.value !== 'ready') return
    fetching = true
    const { signal: cancelled } = running
    const answer = await fetchPage(asked({ limit: String(limits.pageMax), cursor: next }), cancelled)
    if (cancelled.aborted) return
    fetching = false
    stuck.value = answer.ok ? null : answer.failure
    if (answer.ok) ids.value = [...ids.value, ...take(answer.value)]
  }

  /** Counts anew what matches, once items were changed; what is listed stays where it is. */
  async function recount(): Promise<void> {
    if (phase.value !== 'ready' || fetching) return
    const { signal: cancelled } = running
    const answer = await fetchPage(asked({ limit: '1' }), cancelled)
    // Where it fails the count stays as it was.
    if (!answer.ok || cancelled.aborted) return
    total.value = answer.value.total
    hidden.value = answer.value.hidden
  }

  /** Counts what was received since, and leaves the list alone. */
  async function poll(): Promise<void> {
    if (phase.value !== 'ready' || fetching) return
    const { signal: cancelled } = running
    const answer = await fetchPage(asked({ limit: '20', sort: 'newest' }), cancelled)
    // A failed poll is no news: the next one, or the reader's next step, will tell.
    if (!answer.ok || cancelled.aborted) return
    const known = newest
    if (known === null) {
      newest = newestOf(answer.value)
      return
    }
    for (const item of answer.value.items) if (listed.has(item.id)) items.put(item)
    const fresh = answer.value.items.filter((item) => item.receivedAt > known && !listed.has(item.id))
    newcomers.value = { count: fresh.length, more: fresh.length === answer.value.items.length && fresh.length >= 20 }
  }

  return { ids, total, hidden, relaxed, phase, failure, complete, stuck, newcomers, load, more, recount, poll }
}

/** An empty list takes every later item as new. */
function newestOf(page: FeedbackList): string {
  return page.items.reduce((latest, { receivedAt }) => (receivedAt > latest ? receivedAt : latest), '')
}

export type List = ReturnType<typeof createList>
