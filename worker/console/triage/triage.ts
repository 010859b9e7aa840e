import { signal } from '@preact/signals'
import type { FeedbackPatch } from '../../../sdk/wire/index.ts'
import type { Items, Outcome } from './items.ts'
import { inverse } from './patch.ts'

export interface Step {
  title: string
  /** What takes the change back, item by item. */
  back: Map<string, FeedbackPatch>
  /** What takes back a change that is no patch. */
  takeBack?: () => Promise<void>
}

/** What to tell the person: how it went, and what can be done about it. */
export interface Report {
  title: string
  changed: string[]
  conflicts: string[]
  failed: { id: string; outcome: Extract<Outcome, { result: 'failed' }> }[]
  /** Sends again what did not go through. */
  retry: () => Promise<void>
}

export interface TriageOptions {
  items: Items
  /** Called once all is answered. */
  tell: (report: Report, undone: boolean) => void
  /** Called after every answer but the last. */
  progress?: (title: string, done: number, total: number) => void
}

/** Changes items, many at once, and takes changes back, the latest first. */
export function createTriage({ items, tell, progress }: TriageOptions) {
  const steps = signal<Step[]>([])

  async function send(patches: Map<string, FeedbackPatch>, title: string, undone: boolean): Promise<string[]> {
    const report: Report = {
      title,
      changed: [],
      conflicts: [],
      failed: [],
      retry: () => retry(report, patches, undone),
    }
    let done = 0
    const sent = [...patches].map(async ([id, patch]) => {
      const outcome = await items.change(id, patch)
      done += 1
      if (done < patches.size) progress?.(title, done, patches.size)
      return { id, outcome }
    })
    for (const { id, outcome } of await Promise.all(sent)) {
      if (outcome.result === 'changed') report.changed.push(id)
      else if (outcome.result === 'conflict') report.conflicts.push(id)
      else report.failed.push({ id, outcome })
    }
    tell(report, undone)
    return report.changed
  }

  async function retry(report: Report, patches: Map<string, FeedbackPatch>, undone: boolean): Promise<void> {
    const ids = [...report.conflicts, ...report.failed.map(({ id }) => id)]
    const again = new Map([...patches].filter(([id]) => ids.includes(id)))
    if (undone) await send(again, report.title, true)
    else await run(again, report.title)
  }

  async function run(patches: Map<string, FeedbackPatch>, title: string): Promise<void> {
    const back = new Map<string, FeedbackPatch>()
    for (const [id, patch] of patches) {
      const item = items.get(id)?.peek()
      const undo = item && inverse(item, patch)
      if (undo) back.set(id, undo)
    }
    const wanted = new Map([...patches].filter(([id]) => back.has(id)))
    if (wanted.size === 0) return
    const step: Step = { title, back }
    steps.value = [...steps.value, step]
    const changed = await send(wanted, title, false)
    for (const id of back.keys()) if (!changed.includes(id)) back.delete(id)
    if (back.size === 0) steps.value = steps.value.filter((one) => one !== step)
  }

  return {
    /** The steps that can be taken back, the latest last. */
    steps,

    /** Makes one change to many; items that already stand so are left alone. */
    apply(ids: readonly string[], patch: FeedbackPatch, title: string): Promise<void> {
      return run(new Map(ids.map((id) => [id, patch])), title)
    },

    /** Keeps what takes back a change that is no patch. */
    remember(title: string, takeBack: () => Promise<void>): void {
      steps.value = [...steps.value, { title, back: new Map(), takeBack }]
    },

    async undo(): Promise<void> {
      const step = steps.value.at(-1)
      if (!step) return
      steps.value = steps.value.slice(0, -1)
      if (step.takeBack) return step.takeBack()
      await send(step.back, step.title, true)
    },
  }
}
