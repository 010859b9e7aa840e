import { signal, type ReadonlySignal, type Signal } from '@preact/signals'
import type { Feedback, FeedbackPatch } from '../../../sdk/wire/index.ts'
import type { Answer, Failure } from '../collector/answer.ts'
import { createLimiter } from './limiter.ts'
import { patched, replaces, type Showing } from './patch.ts'

/** Requests in flight at once when many items change: enough to be quick, few enough to leave the list responsive. */
const concurrency = 6

/** What became of one change. After `conflict` and `failed` the item stands as the collector has it. */
export type Outcome =
  | { result: 'changed'; item: Feedback }
  | { result: 'conflict'; item: Feedback }
  | { result: 'failed'; failure: Failure }

export interface ItemsOptions {
  patch: (id: string, patch: FeedbackPatch, ifMatch?: number) => Promise<Answer<Feedback>>
  read: (id: string) => Promise<Answer<Feedback>>
}

interface Entry {
  /** As the collector last gave it. */
  confirmed: Feedback
  /** On the screen already, not answered yet; oldest first. */
  pending: Showing[]
  shown: Signal<Feedback>
  /** Changes of one item go out one after the other, each with the change number the last one brought. */
  queue: Promise<unknown>
}

/** Every item the console has seen: what is shown is what the collector confirmed, with the pending changes on top. */
export function createItems(options: ItemsOptions) {
  const entries = new Map<string, Entry>()
  const limited = createLimiter(concurrency)

  function show(entry: Entry): void {
    entry.shown.value = entry.pending.reduce(patched, entry.confirmed)
  }

  /** Takes in what the collector says; an answer that was overtaken by a newer one is left aside. */
  function put(item: Feedback): void {
    const entry = entries.get(item.id)
    if (!entry) {
      entries.set(item.id, { confirmed: item, pending: [], shown: signal(item), queue: Promise.resolve() })
    } else if (item.change > entry.confirmed.change) {
      entry.confirmed = item
      show(entry)
    }
  }

  async function send(entry: Entry, patch: FeedbackPatch): Promise<Outcome> {
    const { id, change } = entry.confirmed
    const answer = await options.patch(id, patch, replaces(patch) ? change : undefined)
    let outcome: Outcome
    if (answer.ok) {
      put(answer.value)
      outcome = { result: 'changed', item: answer.value }
    } else if (answer.failure.because === 'refused' && answer.failure.problem.code === 'conflict') {
      const fresh = await options.read(id)
      if (fresh.ok) put(fresh.value)
      outcome = fresh.ok ? { result: 'conflict', item: fresh.value } : { result: 'failed', failure: fresh.failure }
    } else {
      outcome = { result: 'failed', failure: answer.failure }
    }
    entry.pending = entry.pending.filter((one) => one !== patch)
    show(entry)
    return outcome
  }

  return {
    put,

    /** True while the collector has not answered everything. */
    isBusy(): boolean {
      return [...entries.values()].some(({ pending }) => pending.length > 0)
    },

    /** The item as shown; undefined before it was first `put`. */
    get(id: string): ReadonlySignal<Feedback> | undefined {
      return entries.get(id)?.shown
    },

    /** Shows the change at once and sends it; takes it back when the collector does not accept it. */
    change(id: string, patch: FeedbackPatch): Promise<Outcome> {
      const entry = entries.get(id)
      if (!entry) throw new Error(`No item ${id} to change.`)
      entry.pending.push(patch)
      show(entry)
      const outcome = entry.queue.then(() => limited(() => send(entry, patch)))
      entry.queue = outcome
      return outcome
    },

    /** Shows something at once, then what the collector answers to `ask`; takes it back where it does not accept it. */
    meanwhile(id: string, showing: Showing, ask: () => Promise<Answer<Feedback>>): Promise<Answer<Feedback>> {
      const entry = entries.get(id)
      if (!entry) return ask()
      entry.pending.push(showing)
      show(entry)
      const asked = entry.queue.then(async () => {
        const answer = await ask()
        if (answer.ok) put(answer.value)
        entry.pending = entry.pending.filter((one) => one !== showing)
        show(entry)
        return answer
      })
      entry.queue = asked
      return asked
    },

    /** Forgets an item that is gone. */
    remove(id: string): void {
      entries.delete(id)
    },
  }
}

export type Items = ReturnType<typeof createItems>
