import { signal } from '@preact/signals'
import { limits, type BulkRequest, type BulkResult, type FeedbackPatch } from '../../../sdk/wire/index.ts'
import type { Answer, Failure } from '../collector/answer.ts'
import { changeByFilter, type Back, type Everything, type Targets } from './everything.ts'
import type { Guard, Items } from './items.ts'
import { inverse } from './patch.ts'

export interface Step {
  title: string
  /** What takes the change back, item by item. */
  back: Map<string, Back>
  /** Ends a change by filter that is still going on; resolves once it has ended. */
  end?: () => Promise<void>
  /** What takes back a change that is no patch. */
  takeBack?: () => Promise<void>
}

/** What to tell the person: how it went, and what can be done about it. */
export interface Report {
  title: string
  changed: string[]
  conflicts: string[]
  /** How many did not go through, and why. */
  failed: { count: number; failure: Failure } | null
  /** How many were left because somebody stopped it. */
  stopped: number
  /** Sends again what did not go through; null where there is nothing to send. */
  retry: (() => Promise<void>) | null
}

/** How far a long change is. */
export interface Running {
  done: number
  total: number
  /** Ends it after the request that is on its way; undefined where that is not offered. */
  stop?: () => void
}

export interface TriageOptions {
  items: Items
  bulk: (request: BulkRequest) => Promise<Answer<BulkResult>>
  /** Called when a change of everything that matches begins: what matched then may not match afterwards. */
  begun?: () => void
  /** Called once all is answered. */
  tell: (report: Report, undone: boolean) => void
  /** Called when a change of more than one request begins, and as it goes on. */
  progress?: (running: Running) => void
}

interface Wish {
  patch: FeedbackPatch
  guard?: Guard
}

/** Changes items, many at once, and takes changes back, the latest first. */
export function createTriage({ items, bulk, begun, tell, progress }: TriageOptions) {
  const steps = signal<Step[]>([])
  const forget = (step: Step) => {
    steps.value = steps.value.filter((one) => one !== step)
  }

  async function send(wishes: Map<string, Wish>, title: string, undone: boolean, back?: Step['back']): Promise<void> {
    const total = wishes.size
    let done = 0
    const changed: string[] = []
    const conflicts: string[] = []
    const failures: { id: string; failure: Failure }[] = []
    const sent = [...wishes].map(async ([id, { patch, guard }]) => {
      const outcome = await items.change(id, patch, guard)
      done += 1
      if (done % limits.bulkMax === 0 && done < total) progress?.({ done, total })
      if (outcome.result === 'changed') {
        changed.push(id)
        const step = back?.get(id)
        if (step) step.change = outcome.change
        return
      }
      back?.delete(id)
      if (outcome.result === 'conflict') conflicts.push(id)
      if (outcome.result === 'failed') failures.push({ id, failure: outcome.failure })
    })
    await Promise.all(sent)
    const [first] = failures
    const retry = async () => {
      const again = [...conflicts, ...failures.map(({ id }) => id)]
      const patches = again.flatMap((id): [string, FeedbackPatch][] => {
        const wish = wishes.get(id)
        return wish ? [[id, wish.patch]] : []
      })
      if (!undone) return run(new Map(patches), title)
      return send(new Map(patches.map(([id, patch]) => [id, { patch, guard: () => 'any' }])), title, true)
    }
    const failed = first ? { count: failures.length, failure: first.failure } : null
    tell({ title, changed, conflicts, failed, stopped: 0, retry }, undone)
  }

  async function run(patches: Map<string, FeedbackPatch>, title: string): Promise<void> {
    const back = new Map<string, Back>()
    const wishes = new Map<string, Wish>()
    for (const [id, patch] of patches) {
      const item = items.get(id)?.peek()
      const undo = item && inverse(item, patch)
      if (!undo) continue
      back.set(id, { patch: undo, change: null })
      wishes.set(id, { patch })
    }
    if (wishes.size === 0) return
    const step: Step = { title, back }
    steps.value = [...steps.value, step]
    await send(wishes, title, false, back)
    if (back.size === 0) forget(step)
  }

  /** Everything that matches; `resumed` goes on with a step that broke off or was stopped. */
  async function runEverything(
    everything: Everything,
    listed: readonly string[],
    patch: FeedbackPatch,
    title: string,
    resumed: { back: Step['back']; cursor: string | null; before: number } = {
      back: new Map(),
      cursor: null,
      before: 0,
    },
  ): Promise<void> {
    let stopped = false
    let ended: () => void = () => undefined
    const ending = new Promise<void>((resolve) => {
      ended = resolve
    })
    const stop = () => {
      stopped = true
    }
    const step: Step = { title, back: resumed.back, end: () => (stop(), ending) }
    steps.value = [...steps.value, step]
    const say = (done: number) => progress?.({ done: resumed.before + done, total: everything.count, stop })
    if (everything.count > limits.bulkMax) say(0)
    const went = await changeByFilter(items, bulk, {
      everything,
      listed,
      patch,
      cursor: resumed.cursor,
      isStopped: () => stopped,
      progress: say,
    })
    for (const [id, back] of went.back) step.back.set(id, back)
    delete step.end
    if (step.back.size === 0) forget(step)
    const before = resumed.before + went.changed.length + went.unchanged + went.conflicts.length
    const left = Math.max(1, everything.count - before)
    const isOver = went.cursor === null && went.failure === null
    tell(
      {
        title,
        changed: went.changed,
        conflicts: went.conflicts,
        failed: went.failure && { count: left, failure: went.failure },
        stopped: !isOver && went.failure === null ? left : 0,
        retry: isOver
          ? null
          : () => {
              forget(step)
              return runEverything(everything, listed, patch, title, { back: step.back, cursor: went.cursor, before })
            },
      },
      false,
    )
    ended()
  }

  return {
    /** The steps that can be taken back, the latest last. */
    steps,

    /**
     * Makes one change to many; items that already stand so are left alone. Where the ids stand for everything that
     * matches, it is made by filter.
     */
    apply(ids: Targets, patch: FeedbackPatch, title: string): Promise<void> {
      if (ids.everything) {
        const running = runEverything(ids.everything, ids, patch, title)
        begun?.()
        return running
      }
      return run(new Map(ids.map((id) => [id, patch])), title)
    },

    /** Keeps what takes back a change that is no patch. */
    remember(title: string, takeBack: () => Promise<void>): void {
      steps.value = [...steps.value, { title, back: new Map(), takeBack }]
    },

    /** Takes the latest step back; one that is still going on is stopped first. */
    async undo(): Promise<void> {
      const step = steps.value.at(-1)
      if (!step) return
      forget(step)
      await step.end?.()
      if (step.takeBack) return step.takeBack()
      if (step.back.size === 0) return
      if (step.back.size > limits.bulkMax) progress?.({ done: 0, total: step.back.size })
      const wishes = [...step.back].map(([id, back]): [string, Wish] => [
        id,
        { patch: back.patch, guard: () => back.change },
      ])
      await send(new Map(wishes), step.title, true)
    },
  }
}
