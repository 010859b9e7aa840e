import { createWriteStream, openSync } from 'node:fs'
import { finished } from 'node:stream/promises'
import { csvLine } from '../../mapping/csv.ts'
import type { Missing } from '../../mapping/row.ts'
import type { ImportResult } from '../../wire/index.ts'
import { Failure } from '../failure.ts'
import { isSameFile } from '../same-file.ts'
import type { Terminal } from '../terminal.ts'
import { count, say } from '../terminal.ts'
import type { Parcel } from './parcel.ts'

const shownRejects = 20

/** What an import came to; printed by `--json`. */
export interface Summary {
  file: string
  rows: number
  stored: number
  repeated: number
  refused: number
  /** Rows that went in without something that was mapped. */
  without: Record<Missing, number>
  /** What the collector left out or replaced, by path and code, with how many rows. */
  notes: Record<string, number>
  /** The first refused rows. */
  rejects: { line: number; reason: string }[]
  seconds: number
}

/** Keeps count while an import runs, and writes refused rows down as they come. */
export class Report {
  readonly summary: Summary
  readonly #rejects: ReturnType<typeof createWriteStream> | null
  readonly #started = performance.now()

  constructor(file: string, rejectsFile: string | undefined, columns: string[]) {
    this.summary = {
      file,
      rows: 0,
      stored: 0,
      repeated: 0,
      refused: 0,
      without: { rating: 0, createdAt: 0, id: 0 },
      notes: {},
      rejects: [],
      seconds: 0,
    }
    this.#rejects =
      rejectsFile === undefined ? null : createWriteStream(rejectsFile, { fd: openNow(rejectsFile, file) })
    this.#rejects?.write(`\ufeff${csvLine(['line', 'reason', ...columns])}`)
  }

  refuse(line: number, reason: string, cells: string[]): void {
    this.summary.refused++
    if (this.summary.rejects.length < shownRejects) this.summary.rejects.push({ line, reason })
    this.#rejects?.write(csvLine([String(line), reason, ...cells]))
  }

  lacks(missing: Missing[]): void {
    for (const what of missing) this.summary.without[what]++
  }

  answer(parcel: Parcel, result: ImportResult): void {
    if (result.result === 'refused') this.refuse(parcel.line, result.reason ?? 'refused by the collector', parcel.cells)
    else this.summary[result.result]++
    for (const { path, code } of result.notes ?? []) {
      const name = `${path} ${code}`
      this.summary.notes[name] = (this.summary.notes[name] ?? 0) + 1
    }
  }

  async close(): Promise<void> {
    this.summary.seconds = Math.round(performance.now() - this.#started) / 1000
    this.#rejects?.end()
    if (this.#rejects) await finished(this.#rejects)
  }
}

/** The summary for people, in plain lines. */
export function print(summary: Summary, terminal: Terminal, rejectsFile: string | undefined, checked: boolean): void {
  const { rows, stored, repeated, refused, without, notes, rejects, seconds } = summary
  const tell = (text: string) => say(terminal, text)
  for (const { line, reason } of rejects) tell(`line ${line}: ${reason}`)
  if (refused > rejects.length) {
    const where = rejectsFile ? `all are in ${rejectsFile}` : '--rejects FILE writes them all down'
    tell(`and ${count(refused - rejects.length)} more; ${where}`)
  }
  if (checked)
    tell(`${count(rows, 'row')}: ${count(rows - refused)} can be imported, ${count(refused)} cannot. Nothing was sent.`)
  else
    tell(
      `${count(rows, 'row')} in ${seconds.toFixed(1)} s: ${count(stored)} stored, ${count(repeated)} there already, ${count(refused)} refused`,
    )
  if (without.rating > 0) tell(`${count(without.rating, 'row')} without a rating: empty or outside the scale`)
  if (without.createdAt > 0)
    tell(`${count(without.createdAt, 'row')} without a date: stored with the time of the import`)
  if (without.id > 0) tell(`${count(without.id, 'row')} without an id of its own: known by its content`)
  for (const [name, times] of Object.entries(notes)) tell(`${count(times, 'row')} noted: ${name}`)
}

/** Opened before anything is sent, so that no refusal is lost to a folder that cannot be written to. */
function openNow(path: string, source: string): number {
  // Rows that an earlier run refused, mended and imported from the file that they were written to.
  if (isSameFile(path, source)) {
    throw new Failure('wrongUse', `${path} is what is imported, and --rejects would empty it. Give it another file.`)
  }
  try {
    return openSync(path, 'w')
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException
    throw new Failure('wrongUse', `${path} cannot be written (${code}).`, { cause: error })
  }
}
