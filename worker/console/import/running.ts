import { signal } from '@preact/signals'
import { csvLine } from '../../../sdk/mapping/csv.ts'
import type { Failure } from '../collector/answer.ts'
import { importLines } from '../collector/import.ts'
import { refusedHeaders } from './matching.ts'
import { type Import, makeImport, type Tally } from './sending.ts'
import { chosen, mapping, settings, table } from './state.ts'

/** Where an import stands. */
export interface Run {
  state: 'sending' | 'paused' | 'failed' | 'cancelled' | 'done'
  rows: number
  tally: Tally
  failure: Failure | null
  /** What its items are found by. */
  source: string
  startedAt: Date
}

export const run = signal<Run | null>(null)

let work: Import | null = null
let cancelled = new AbortController()
/** The import whose batches are under way: there is one loop to each. */
let active: Import | null = null

/** A batch that does not get through is tried again after these pauses, in ms, before anybody is asked. */
const pausesMs = [500, 2_000, 5_000]

export function start(): void {
  const [found, by, given] = [table.peek(), mapping.peek(), settings.peek()]
  if (!found || !by || !given) return
  work = makeImport(found.rows, found.headers.length, by)
  run.value = {
    state: 'sending',
    rows: found.rows.length,
    tally: { ...work.tally },
    failure: null,
    source: given.source.trim() || 'import',
    startedAt: new Date(),
  }
  void goOn()
}

/** Begins, goes on after a pause, or tries again what did not get through. */
export async function goOn(): Promise<void> {
  const [current, mine] = [run.peek(), work]
  if (!current || !mine) return
  const environment = settings.peek()?.environment ?? 'production'
  set({ state: 'sending', failure: null })
  // Paused and taken up again before the batch on its way has arrived.
  if (active === mine) return
  active = mine
  cancelled = new AbortController()
  const isWanted = () => work === mine && run.peek()?.state === 'sending'
  addEventListener('beforeunload', ask)
  let failure: Failure | null = null
  for (let attempt = 0; isWanted(); attempt++) {
    const done = mine.tally.done
    failure = await mine.run(
      (lines) => importLines(lines, environment, cancelled.signal),
      isWanted,
      () => show(mine),
    )
    if (mine.tally.done > done) attempt = 0
    const pauseMs = failure && mayPass(failure) ? pausesMs[attempt] : undefined
    if (pauseMs === undefined) break
    await new Promise((resolve) => setTimeout(resolve, pauseMs))
  }
  removeEventListener('beforeunload', ask)
  active = null
  if (work !== mine) return
  show(mine)
  if (run.peek()?.state === 'sending') set(failure ? { state: 'failed', failure } : { state: 'done' })
}

const mayPass = (failure: Failure): boolean =>
  failure.because === 'unreachable' ||
  (failure.because === 'refused' && (failure.problem.status === 429 || failure.problem.status >= 500))

/** The batch on its way arrives; the next one waits. */
export function pause(): void {
  set({ state: 'paused' })
}

/** What is stored stays; the same file again goes on from there. */
export function cancel(): void {
  set({ state: 'cancelled' })
  cancelled.abort()
}

export function forgetRun(): void {
  work = null
  run.value = null
}

function set(next: Partial<Run>): void {
  if (run.value) run.value = { ...run.value, ...next }
}

function show({ tally }: Import): void {
  set({ tally: { ...tally } })
}

/** Leaving the page would stop it. */
function ask(event: BeforeUnloadEvent): void {
  event.preventDefault()
}

/** The refused rows as they stood in the file, with line and reason: to be mended and imported again. */
export function downloadRefused(): void {
  const [found, current] = [table.peek(), run.peek()]
  if (!found || !current) return
  const lines = current.tally.refused.map(({ row, reason }) => csvLine([String(row.line), reason, ...row.cells]))
  const parts = ['\ufeff', csvLine([...refusedHeaders, ...found.headers]), ...lines]
  const url = URL.createObjectURL(new Blob(parts, { type: 'text/csv' }))
  const link = document.createElement('a')
  link.href = url
  link.download = `${(chosen.peek()?.name ?? 'import').replace(/\.[^.]*$/, '')}-refused.csv`
  link.click()
  setTimeout(() => URL.revokeObjectURL(url), 10_000)
}
