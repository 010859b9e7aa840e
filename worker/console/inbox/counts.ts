import { effect, signal } from '@preact/signals'
import type { Total } from '../../../sdk/wire/index.ts'
import { listFeedback } from '../collector/feedback.ts'
import { project } from '../collector/session.ts'
import { triaged } from '../triage/workspace.ts'

/** Triage comes in bursts; the counts follow when it pauses. */
const settleMs = 800

/** How many items stand in each status, and under '' how many there are in all, counted as lists count. */
export const counts = signal<ReadonlyMap<string, Total>>(new Map())

export async function loadCounts(): Promise<void> {
  const keys = ['', ...(project.peek()?.statuses.map(({ key }) => key) ?? [])]
  const found = await Promise.all(
    keys.map(async (key) => {
      const query = new URLSearchParams({ limit: '1' })
      if (key) query.set('status', key)
      return { key, answer: await listFeedback(query) }
    }),
  )
  // A count that fails is left out: the view itself says what is wrong when it is opened.
  counts.value = new Map(found.flatMap(({ key, answer }) => (answer.ok ? [[key, answer.value.total] as const] : [])))
}

export function startCounts(): void {
  let timer: ReturnType<typeof setTimeout> | undefined
  effect(() => {
    void triaged.value
    clearTimeout(timer)
    timer = setTimeout(() => void loadCounts(), counts.peek().size === 0 ? 0 : settleMs)
  })
}
