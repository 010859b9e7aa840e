import { EarshotError } from '../../server/index.ts'
import type { Client, ExportOptions, ExportStream, Filters } from '../../server/index.ts'
import { causeOf } from '../../server/request.ts'
import { valueOf } from '../collector.ts'
import { count } from '../terminal.ts'
import type { Progress } from '../terminal.ts'
import type { Destination } from './destination.ts'
import type { State } from './state.ts'
import { countRows } from './workbook.ts'
import { watch } from './whole.ts'
import type { Format } from './whole.ts'

/** Items of one part: what is asked for again when a connection breaks. */
const partItems = 5_000
/** How often a part may break without getting on. The client itself waits for a collector that does not answer. */
const breaksMax = 5

/** An export on its way, and what has come of it. */
export interface Taking {
  collector: Client
  wanted: ExportOptions & Filters
  format: Format
  to: Destination
  state: State
  progress: Progress
  /** In parts, each kept once it is whole; without, in one piece. */
  keep: ((state: State) => Promise<void>) | null
}

/**
 * Takes an export to its end. A part that breaks is taken back and asked for again.
 *
 * @returns why it is not whole, or null
 */
export async function takeAll(taking: Taking): Promise<string | null> {
  const { state, progress, to, keep } = taking
  let isFirst = true
  for (let breaks = 0; ;) {
    const [bytes, rows] = [to.bytes, state.rows]
    const trouble = await takePart(taking, isFirst)
    isFirst = false
    if (trouble === null) {
      breaks = 0
      if (keep === null || state.cursor === null) return null
      await to.flush()
      state.bytes = to.bytes
      await keep(state)
      continue
    }
    if (++breaks === breaksMax) return trouble
    const isBack = await to.rewind(bytes)
    if (!isBack) return trouble
    progress.advance(rows - state.rows)
    state.rows = rows
  }
}

/** Takes one part, and says what is wrong with it. */
async function takePart({ collector, wanted, format, to, state, progress, keep }: Taking, isFirst: boolean) {
  const { cursor } = state
  const inParts = keep === null ? {} : { limit: partItems, ...(cursor !== null && { cursor }) }
  const found: ExportStream = valueOf(await collector.exportStream({ ...wanted, ...inParts }))
  if (cursor === null) {
    state.total = found.total ?? found.rows
    state.hidden = found.hidden
  }
  if (isFirst) progress.start(state.total)
  if (isFirst && state.rows > 0) progress.advance(state.rows)
  const seen = watch(format, {
    isContinued: cursor !== null,
    withholdsEnd: keep !== null,
    delimiter: wanted.delimiter ?? 'comma',
  })
  const before = state.rows
  try {
    for await (const chunk of found.body) {
      const piece = await seen.write(chunk)
      await to.write(piece)
      progress.advance(before + seen.rows - state.rows)
      state.rows = before + seen.rows
    }
  } catch (error) {
    if (!(error instanceof EarshotError)) throw error
    await seen.end()
    return `the connection broke (${causeOf(error)})`
  }
  const { wrong, erased, moved } = await seen.end()
  // The last row may end with the file.
  state.rows = before + seen.rows
  if (format === 'xlsx') state.rows = (await rowsOfWorkbook(to)) ?? 0
  const rows = format === 'xlsx' ? state.rows : seen.rows + erased - moved
  const trouble = wrong ?? missing(found.rows, rows)
  if (trouble !== null) return trouble
  state.erased += erased
  state.cursor = found.next
  return null
}

/** What is piped cannot be looked at: a workbook that breaks off opens nowhere. */
async function rowsOfWorkbook(to: Destination): Promise<number | null> {
  await to.flush()
  return to.path === null ? null : countRows(to.path)
}

function missing(expected: number | null, rows: number): string | null {
  if (expected === null) return 'the collector did not say how many items follow'
  return rows === expected ? null : `${count(expected)} were announced`
}
