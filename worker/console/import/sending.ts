import { fingerprint } from '../../../sdk/mapping/id.ts'
import { makeKnown } from '../../../sdk/mapping/known.ts'
import { mapRow, type Mapping } from '../../../sdk/mapping/row.ts'
import type { CsvRow } from '../../../sdk/mapping/csv.ts'
import type { ImportResult } from '../../../sdk/wire/index.ts'
import { limits } from '../../../sdk/wire/limits.ts'
import type { Answer, Failure } from '../collector/answer.ts'
import { wordsOf } from './words.ts'

/** A row that is not in, and why. */
export interface Refused {
  row: CsvRow
  reason: string
}

/** How far an import is. */
export interface Tally {
  /** Rows that are done with, one way or another. */
  done: number
  stored: number
  repeated: number
  refused: Refused[]
  /** What the collector left out or replaced, with how many rows. */
  notes: Map<string, number>
}

interface Parcel {
  row: CsvRow
  json: string
}

/** Sends one batch; a failure that may pass is worth asking again. */
export type Send = (lines: readonly string[]) => Promise<Answer<ImportResult[]>>

/** A little under what a request may carry, in bytes. */
const batchMaxBytes = limits.importMaxBytes - 100_000
const encoder = new TextEncoder()

/**
 * An import that can be stopped and taken up again: `run` goes on until the end, until `isWanted` says no, or until a
 * batch cannot be sent, and then says why. What is stored stays; nothing is sent twice but a batch whose answer was lost.
 */
export function makeImport(rows: readonly CsvRow[], width: number, mapping: Mapping) {
  const tally: Tally = { done: 0, stored: 0, repeated: 0, refused: [], notes: new Map() }
  const known = makeKnown()
  let next = 0
  let batch: Parcel[] = []
  let bytes = 0
  let ready: Parcel[] | null = null

  const refuse = (row: CsvRow, reason: string) => {
    tally.refused.push({ row, reason })
    tally.done++
  }

  /** Maps rows until a batch is full; null at the end. */
  async function fill(): Promise<Parcel[] | null> {
    while (next < rows.length) {
      const row = rows[next]!
      const parcel = await pack(row)
      const size = parcel === null ? 0 : encoder.encode(parcel.json).length + 1
      if (batch.length > 0 && bytes + size > batchMaxBytes) return take(parcel, size)
      next++
      if (parcel === null) continue
      batch.push(parcel)
      bytes += size
      if (batch.length === limits.importMaxLines) return take(null, 0)
    }
    return batch.length > 0 ? take(null, 0) : null
  }

  function take(following: Parcel | null, size: number): Parcel[] {
    const full = batch
    batch = following === null ? [] : [following]
    bytes = size
    if (following !== null) next++
    return full
  }

  async function pack(row: CsvRow): Promise<Parcel | null> {
    const { cells, line } = row
    if (cells.length !== width) {
      refuse(row, `It has ${cells.length} cells where the first line has ${width}.`)
      return null
    }
    const content = await fingerprint(cells)
    const mapped = await mapRow(cells, mapping, known.occurrenceOf(content))
    if ('reason' in mapped) {
      refuse(row, wordsOf(mapped))
      return null
    }
    const before = known.firstOf(mapped.item.id, line, content)
    if (before.content === content) return { row, json: JSON.stringify(mapped.item) }
    const id = mapped.item.externalId ?? mapped.item.id
    refuse(row, `It has the id of line ${before.line}, “${id}”, and says something else.`)
    return null
  }

  function count(sent: readonly Parcel[], results: readonly ImportResult[]): void {
    for (const { line, result, reason, notes = [] } of results) {
      const parcel = sent[line - 1]
      if (parcel === undefined) continue
      if (result === 'refused') refuse(parcel.row, reason ?? 'The collector refused it.')
      else {
        tally[result]++
        tally.done++
      }
      for (const { path, code } of notes)
        tally.notes.set(`${path} ${code}`, (tally.notes.get(`${path} ${code}`) ?? 0) + 1)
    }
  }

  return {
    tally,
    /** Null where it came to its end, or was not wanted any more. */
    async run(send: Send, isWanted: () => boolean, onStep: () => void): Promise<Failure | null> {
      for (;;) {
        ready ??= await fill()
        if (!isWanted()) return null
        onStep()
        if (ready === null) return null
        const answer = await send(ready.map(({ json }) => json))
        if (!answer.ok) return answer.failure.because === 'cancelled' ? null : answer.failure
        count(ready, answer.value)
        ready = null
        onStep()
      }
    },
  }
}

export type Import = ReturnType<typeof makeImport>
