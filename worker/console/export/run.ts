import { signal } from '@preact/signals'
import type { EndMark, ExportFormat } from '../../../sdk/wire/index.ts'
import { explain } from '../collector/answer.ts'
import { type ExportAnswer, openExport } from '../collector/export.ts'
import { openDestination, type Destination } from './destination.ts'
import { watchOf } from './watch.ts'

/** What becomes of an export. It goes on while the dialog is closed. */
export type Run =
  | { phase: 'idle' }
  | { phase: 'running'; rows: number | null; total: number | null; bytes: number }
  | { phase: 'done'; came: Came; save: (() => void) | null }
  | { phase: 'failed'; what: string; next: string }

/** What an export came to. */
export interface Came {
  name: string
  /** Rows that came; null where the format does not show them. */
  rows: number | null
  /** A workbook says itself what is in it. */
  isWorkbook: boolean
  announced: number
  /** As the end mark says. */
  erased: number
  bytes: number
  hidden: ExportAnswer['hidden']
}

export const run = signal<Run>({ phase: 'idle' })

let given: AbortController | null = null

/** Items of one part: a quarter of a minute at most is lost where a connection breaks. */
const partItems = 20_000
/** How often a part is asked for again, and how long after, in ms. */
const againAfter = [1_000, 4_000, 10_000]

const types: Record<ExportFormat, string> = {
  csv: 'text/csv',
  xlsx: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
  ndjson: 'application/x-ndjson',
  json: 'application/json',
}

/** Only these can be put together from parts. */
const inParts = (format: ExportFormat, query: URLSearchParams): boolean =>
  (format === 'csv' || format === 'ndjson') && !query.has('attachments')

export function cancelExport(): void {
  given?.abort()
}

/** Forgets the last one, so that another can be chosen. */
export function forgetExport(): void {
  if (run.value.phase !== 'running') run.value = { phase: 'idle' }
}

/** Downloads what `query` selects; must be called by a click. What comes of it is in `run`. */
export async function startExport(query: URLSearchParams, format: ExportFormat, name: string): Promise<void> {
  if (run.peek().phase === 'running') return
  const isArchive = query.has('attachments')
  const destination = await openDestination(name, isArchive ? 'application/zip' : types[format])
  if (destination === null) return
  given = new AbortController()
  run.value = { phase: 'running', rows: inParts(format, query) ? 0 : null, total: null, bytes: 0 }
  try {
    run.value = await download({ query, format, name, destination, signal: given.signal })
  } catch (error) {
    // The file could not be written: the disk is full, or it was taken away.
    const why = error instanceof Error ? error.message : String(error)
    run.value = { phase: 'failed', what: `The file could not be written: ${why}`, next: 'Nothing was saved.' }
  }
  if (run.value.phase !== 'done') await destination.giveUp().catch(() => undefined)
}

interface Download {
  query: URLSearchParams
  format: ExportFormat
  name: string
  destination: Destination
  signal: AbortSignal
}

const stopped: Run = { phase: 'idle' }

async function download({ query, format, name, destination, signal }: Download): Promise<Run> {
  const came: Came = {
    name,
    rows: 0,
    isWorkbook: format === 'xlsx',
    announced: 0,
    erased: 0,
    bytes: 0,
    hidden: { spam: 0, merged: 0 },
  }
  let moved = 0
  let cursor: string | null = null
  let total: number | null = null
  do {
    const part = new URLSearchParams(query)
    part.set('format', format)
    if (inParts(format, query)) part.set('limit', String(partItems))
    if (cursor !== null) part.set('cursor', cursor)
    const before = { ...came }
    for (let attempt = 0; ; attempt++) {
      const result = await readPart(part, { format, destination, signal, came, before, total })
      if (signal.aborted) return stopped
      if (result.ok) {
        total = result.total
        cursor = result.answer.next
        came.hidden = before.announced === 0 ? result.answer.hidden : came.hidden
        came.announced = before.announced + result.answer.rows
        came.erased += result.mark?.erased ?? 0
        moved += result.mark?.moved ?? 0
        break
      }
      Object.assign(came, before)
      await destination.rewind(before.bytes)
      const wait = againAfter[attempt]
      if (!result.mayPass || wait === undefined) return { phase: 'failed', what: result.what, next: result.next }
      await pause(wait, signal)
      if (signal.aborted) return stopped
    }
  } while (cursor !== null)
  if (format === 'ndjson' && came.rows !== null) await destination.write(endMark(came.rows, came.erased, moved))
  return { phase: 'done', came, save: await destination.keep() }
}

function endMark(count: number, erased: number, moved: number): Uint8Array<ArrayBuffer> {
  const mark: EndMark = { end: true, count, ...(erased > 0 ? { erased } : {}), ...(moved === 0 ? {} : { moved }) }
  return new TextEncoder().encode(`${JSON.stringify(mark)}\n`)
}

function pause(ms: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    const timer = setTimeout(resolve, ms)
    signal.addEventListener('abort', () => {
      clearTimeout(timer)
      resolve()
    })
  })
}

interface Reading {
  format: ExportFormat
  destination: Destination
  signal: AbortSignal
  came: Came
  before: Came
  total: number | null
}

type Part =
  | { ok: true; answer: ExportAnswer; total: number; mark: EndMark | null }
  | { ok: false; what: string; next: string; mayPass: boolean }

/** Reads one answer into the destination. `mayPass` says whether asking again may help. */
async function readPart(query: URLSearchParams, reading: Reading): Promise<Part> {
  const { format, destination, signal, came, before } = reading
  const opened = await openExport(query, signal)
  if (!opened.ok) {
    const { failure } = opened
    const mayPass =
      failure.because === 'unreachable' || (failure.because === 'refused' && failure.problem.status >= 500)
    return { ok: false, ...explain(failure), mayPass }
  }
  const answer = opened.value
  const total = reading.total ?? answer.total
  // An archive shows as little of its rows as a workbook, which is one too.
  const watch = watchOf(query.has('attachments') ? 'xlsx' : format, query.has('cursor'))
  const reader = answer.body.getReader()
  for (;;) {
    const chunk = await reader.read().catch(() => null)
    if (chunk === null) return { ok: false, ...broke, mayPass: true }
    if (chunk.done) break
    const kept = watch.take(chunk.value)
    await destination.write(kept)
    came.bytes += kept.length
    came.rows = watch.rows === null ? null : (before.rows ?? 0) + watch.rows
    run.value = { phase: 'running', rows: came.rows, total, bytes: came.bytes }
  }
  const { wrong, mark } = watch.end()
  if (wrong !== null) return { ok: false, what: `The export is not whole: ${wrong}.`, next: broke.next, mayPass: true }
  return { ok: true, answer, total, mark }
}

const broke = {
  what: 'The connection broke before everything had come.',
  next: 'Nothing was saved, so that no part passes for the whole. Try again; CSV and NDJSON go on where they broke.',
}
