import type { DateReading } from '../../mapping/date.ts'
import { fingerprint } from '../../mapping/id.ts'
import { makeKnown } from '../../mapping/known.ts'
import { mapRow } from '../../mapping/row.ts'
import type { Mapping, Missing, Refusal } from '../../mapping/row.ts'
import { Failure } from '../failure.ts'
import type { Parcel } from './parcel.ts'
import { readCsv } from './csv.ts'
import { checkEnd, readNdjson } from './ndjson.ts'
import type { SourceFile } from './source-file.ts'
import { parseAssignments } from './targets.ts'

/** A file that was read once and is known to be readable to its end. */
export interface Input {
  rows: number
  /** Names of the cells that refused rows are written down with. */
  columns: string[]
  read(refuse: Refuse, lacks: (missing: Missing[]) => void): AsyncGenerator<Parcel>
}

type Refuse = (line: number, reason: string, cells: string[]) => void

export interface MappingOptions {
  maps: string[]
  sets: string[]
  source: string
  dates?: DateReading
}

/** Reads a table through: finds what makes it no CSV, and what the mapping lacks, before anything is sent. */
export async function openTable(file: SourceFile, options: MappingOptions, delimiter?: string): Promise<Input> {
  let columns: string[] | null = null
  let rows = -1
  for await (const row of readCsv(file, delimiter)) {
    columns ??= row.cells
    rows++
  }
  if (!columns) throw new Failure('wrongUse', `${file.path} holds no line that can be read.`)
  if (rows === 0) throw new Failure('wrongUse', `${file.path} has a first line with names and no rows below it.`)
  const names = columns
  const mapping = { ...options, assignments: parseAssignments(options.maps, options.sets, names) }
  return {
    rows,
    columns: names,
    read: (refuse, lacks) => readRows(file, delimiter, names.length, mapping, refuse, lacks),
  }
}

async function* readRows(
  file: SourceFile,
  delimiter: string | undefined,
  width: number,
  mapping: Mapping,
  refuse: Refuse,
  lacks: (missing: Missing[]) => void,
): AsyncGenerator<Parcel> {
  const known = makeKnown()
  let header = true
  for await (const { line, cells } of readCsv(file, delimiter)) {
    if (header) {
      header = false
      continue
    }
    if (cells.length !== width) {
      refuse(line, `has ${cells.length} cells where the first line has ${width}`, cells)
      continue
    }
    const content = await fingerprint(cells)
    const mapped = await mapRow(cells, mapping, known.occurrenceOf(content))
    if ('reason' in mapped) {
      refuse(line, explain(mapped), cells)
      continue
    }
    const before = known.firstOf(mapped.item.id, line, content)
    if (before.content !== content) {
      refuse(
        line,
        `has the id of line ${before.line}, "${mapped.item.externalId ?? mapped.item.id}", and says something else`,
        cells,
      )
      continue
    }
    lacks(mapped.missing)
    yield { line, json: JSON.stringify(mapped.item), cells }
  }
}

function explain({ reason, hint }: Refusal): string {
  if (hint === 'order') return `${reason}; say which with --date-format dmy or mdy`
  return hint === 'ydm' ? `${reason}; --date-format ydm takes the day before the month` : reason
}

/** Opens NDJSON: its lines go as they are; an export's end mark says whether all of it is here. */
export async function openItems(file: SourceFile, options: MappingOptions): Promise<Input> {
  if (options.maps.length + options.sets.length > 0) {
    throw new Failure('wrongUse', `${file.path} is NDJSON, which is taken as it is: --map and --set are for tables.`)
  }
  let rows = 0
  let end: number | null = null
  for await (const read of readNdjson(file)) {
    if ('end' in read) end = read.end
    else rows++
  }
  checkEnd(file, rows, end)
  return { rows, columns: ['row'], read: (refuse) => readItems(file, refuse) }
}

async function* readItems(file: SourceFile, refuse: Refuse): AsyncGenerator<Parcel> {
  const known = makeKnown()
  for await (const read of readNdjson(file)) {
    if ('end' in read) continue
    if ('reason' in read) {
      refuse(read.line, read.reason, [read.text])
      continue
    }
    const content = await fingerprint([read.text])
    const { id } = read.value
    // A line without an id goes too: the collector says what is wrong with it.
    const before = known.firstOf(typeof id === 'string' ? id.toLowerCase() : `line ${read.line}`, read.line, content)
    if (before.content === content) yield { line: read.line, json: read.text, cells: [read.text] }
    else refuse(read.line, `has the id of line ${before.line} and says something else`, [read.text])
  }
}
