import { signal, type ReadonlySignal, type Signal } from '@preact/signals'
import type { BulkChange, BulkResult, Feedback, FeedbackPatch } from '../../../sdk/wire/index.ts'
import type { Answer, Failure } from '../collector/answer.ts'
import { createLimiter } from './limiter.ts'
import { createOwnChanges } from './own.ts'
import { patched, replaces, sameTriage, type Showing } from './patch.ts'
import { createSender, type Sent } from './sender.ts'

/** Items read again at once after a conflict. */
const readsAtOnce = 6

/** What became of one change. After `conflict` and `failed` the item stands as the collector has it. */
export type Outcome =
  | { result: 'changed'; change: number }
  | { result: 'unchanged' | 'conflict' }
  | { result: 'failed'; failure: Failure }

/** At which change an item must stand: a number, wherever it stands, or null where there is nothing to do after all. */
export type Guard = () => number | 'any' | null

export interface ItemsOptions {
  bulk: (changes: BulkChange[]) => Promise<Answer<BulkResult>>
  read: (id: string) => Promise<Answer<Feedback>>
}

interface Entry {
  /** As the collector last gave it. */
  confirmed: Feedback
  /** On the screen already, not answered yet; oldest first. */
  pending: Showing[]
  shown: Signal<Feedback>
}

/** Every item the console has seen: what is shown is what the collector confirmed, with the pending changes on top. */
export function createItems(options: ItemsOptions) {
  const entries = new Map<string, Entry>()
  /** Changes of one item go out one after the other, each with the change number the last one brought. */
  const queues = new Map<string, Promise<unknown>>()
  const own = createOwnChanges()
  const send = createSender(options.bulk)
  const limited = createLimiter(readsAtOnce)
  /** What every further change waits for. */
  let gate: Promise<unknown> = Promise.resolve()
  let exclusives = 0

  function show(entry: Entry): void {
    entry.shown.value = entry.pending.reduce(patched, entry.confirmed)
  }

  /** Takes in what the collector says; an answer that was overtaken by a newer one is left aside. */
  function put(item: Feedback): void {
    const entry = entries.get(item.id)
    if (!entry) {
      entries.set(item.id, { confirmed: item, pending: [], shown: signal(item) })
    } else if (item.change > entry.confirmed.change) {
      entry.confirmed = item
      show(entry)
    }
  }

  function add(id: string, patch: Showing): void {
    const entry = entries.get(id)
    if (!entry) return
    entry.pending.push(patch)
    show(entry)
  }

  /** Whatever came of it, the patch is no longer pending: what was not confirmed is taken back. */
  function drop(id: string, patch: Showing): void {
    const entry = entries.get(id)
    if (!entry) return
    const at = entry.pending.indexOf(patch)
    if (at !== -1) entry.pending.splice(at, 1)
    show(entry)
  }

  async function readAgain(id: string): Promise<Answer<Feedback>> {
    const answer = await limited(() => options.read(id))
    if (answer.ok) put(answer.value)
    return answer
  }

  /** An item that went from one change to another by this patch. Where it stood elsewhere than known, it is read again. */
  async function confirm(id: string, patch: FeedbackPatch, from: number, to: number): Promise<void> {
    own.moved(id, from, to)
    const entry = entries.get(id)
    if (!entry || to <= entry.confirmed.change) return
    if (entry.confirmed.change !== from) await readAgain(id)
    else put({ ...patched(entry.confirmed, patch), change: to, updatedAt: new Date().toISOString() })
  }

  async function run(id: string, patch: FeedbackPatch, guard: Guard | undefined): Promise<Outcome> {
    const wanted = guard ? guard() : (entries.get(id)?.confirmed.change ?? null)
    if (wanted === null) return { result: 'unchanged' }
    let sent: Sent = await send({ id, patch, change: wanted === 'any' ? undefined : own.latest(id, wanted) })
    if (sent.result === 'conflict' && entries.has(id)) {
      const fresh = await readAgain(id)
      if (!fresh.ok) return { result: 'failed', failure: fresh.failure }
      // What commutes with what somebody else did is simply done after it; an undo is not.
      if (!guard && !replaces(patch)) sent = await send({ id, patch, change: fresh.value.change })
    }
    if (sent.result !== 'changed') return sent
    await confirm(id, patch, sent.from, sent.to)
    return { result: 'changed', change: sent.to }
  }

  return {
    put,
    confirm,

    /** True while the collector has not answered everything. */
    isBusy(): boolean {
      return exclusives > 0 || queues.size > 0
    },

    /** The item as shown; undefined before it was first `put`. */
    get(id: string): ReadonlySignal<Feedback> | undefined {
      return entries.get(id)?.shown
    },

    /**
     * Shows the change at once and sends it; takes it back when the collector does not accept it. Without a guard the
     * item must stand as it was last seen.
     */
    change(id: string, patch: FeedbackPatch, guard?: Guard): Promise<Outcome> {
      if (!guard && !entries.has(id)) throw new Error(`No item ${id} to change.`)
      add(id, patch)
      const outcome = Promise.all([queues.get(id), gate]).then(async () => {
        const became = await run(id, patch, guard)
        drop(id, patch)
        if (queues.get(id) === outcome) queues.delete(id)
        return became
      })
      queues.set(id, outcome)
      return outcome
    },

    /**
     * Shows something at once, then what the collector answers to `ask`, in the order of this item's other changes; takes
     * it back where it is not accepted.
     */
    meanwhile(id: string, showing: Showing, ask: () => Promise<Answer<Feedback>>): Promise<Answer<Feedback>> {
      add(id, showing)
      const asked = Promise.all([queues.get(id), gate]).then(async () => {
        const answer = await ask()
        if (answer.ok) {
          const before = entries.get(id)?.confirmed
          // Where somebody else triaged it in between, an undo must not take theirs for this page's own.
          if (before && sameTriage(before, answer.value)) own.moved(id, before.change, answer.value.change)
          put(answer.value)
        }
        drop(id, showing)
        if (queues.get(id) === asked) queues.delete(id)
        return answer
      })
      queues.set(id, asked)
      return asked
    },

    /** Forgets an item that is gone. */
    remove(id: string): void {
      entries.delete(id)
    },

    /** Shows a change of these at once, waits for what is on its way, and lets nothing else be sent during `work`. */
    async exclusively(ids: readonly string[], patch: FeedbackPatch, work: () => Promise<void>): Promise<void> {
      for (const id of ids) add(id, patch)
      exclusives += 1
      const running = Promise.all([gate, ...queues.values()]).then(work)
      gate = running
      try {
        await running
      } finally {
        exclusives -= 1
        for (const id of ids) drop(id, patch)
      }
    },
  }
}

export type Items = ReturnType<typeof createItems>
