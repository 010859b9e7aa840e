import { basename, extname } from 'node:path'
import { dateFormats } from '../../mapping/date.ts'
import type { DateFormat, DateReading } from '../../mapping/date.ts'
import { isZone } from '../../mapping/zone.ts'
import type { Client } from '../../server/index.ts'
import type { ImportResult } from '../../wire/index.ts'
import { collectorFrom, valuesOf } from '../collector.ts'
import { makeCommand } from '../command.ts'
import { Failure, exitCodes } from '../failure.ts'
import { oneOf } from '../options.ts'
import { progressOn } from '../terminal.ts'
import { importHelp } from '../usage.ts'
import type { Parcel } from './parcel.ts'
import { Report, print } from './report.ts'
import { inspect } from './source-file.ts'
import { openItems, openTable } from './table.ts'

const options = {
  map: { type: 'string', multiple: true },
  set: { type: 'string', multiple: true },
  'date-format': { type: 'string' },
  tz: { type: 'string' },
  source: { type: 'string' },
  environment: { type: 'string' },
  delimiter: { type: 'string' },
  encoding: { type: 'string' },
  rejects: { type: 'string' },
  check: { type: 'boolean' },
  json: { type: 'boolean' },
} as const

/** How far a bar moves at a time. */
const rowsAStep = 100

/** `earshot import`: reads the file once to see that all of it can be read, then sends it. */
export const importCommand = makeCommand('import', importHelp, options, async ({ values, positionals }, terminal) => {
  const [path, ...more] = positionals
  if (path === undefined || more.length > 0) throw new Failure('wrongUse', 'Give one file: earshot import FILE.')
  const collector = values.check ? null : collectorFrom(values, terminal)
  const file = await inspect(path, values.encoding ?? 'utf-8')
  const mapping = {
    maps: values.map ?? [],
    sets: values.set ?? [],
    source: values.source ?? basename(path, extname(path)),
    dates: datesOf(values['date-format'], values.tz),
  }
  const input =
    file.form === 'csv' ? await openTable(file, mapping, delimiterOf(values.delimiter)) : await openItems(file, mapping)

  const report = new Report(path, values.rejects, input.columns)
  report.summary.rows = input.rows
  const progress = progressOn(terminal, 'rows')
  try {
    const parcels = input.read(
      (line, reason, cells) => report.refuse(line, reason, cells),
      (missing) => report.lacks(missing),
    )
    if (!collector) await drain(parcels)
    else {
      let answered = 0
      progress.start(input.rows)
      for await (const [parcel, result] of send(collector, parcels, values.environment)) {
        report.answer(parcel, result)
        // Answers come by the hundred; row by row they would upset the estimate.
        if (++answered % rowsAStep === 0) progress.advance(rowsAStep)
      }
    }
  } catch (error) {
    progress.stop()
    await report.close()
    if (error instanceof Failure && report.summary.stored + report.summary.repeated > 0) {
      const done = report.summary.stored + report.summary.repeated
      throw new Failure(
        error.exit,
        `${error.message}\n${done} rows are stored. Run the same command again: it goes on from there.`,
        { cause: error },
      )
    }
    throw error
  }
  progress.stop()
  await report.close()
  print(report.summary, terminal, values.rejects, values.check === true)
  if (values.json) terminal.stdout.write(`${JSON.stringify(report.summary)}\n`)
  return report.summary.refused > 0 ? exitCodes.incomplete : exitCodes.good
})

function datesOf(formats: string | undefined, zone: string | undefined): DateReading {
  if (zone !== undefined && !isZone(zone)) {
    throw new Failure('wrongUse', `--tz is an IANA time zone, such as Europe/Berlin, not "${zone}".`)
  }
  return { formats: dateFormatsOf(formats), ...(zone !== undefined && { zone }) }
}

function dateFormatsOf(text: string | undefined): DateFormat[] {
  const formats = (text ?? '')
    .split(',')
    .filter(Boolean)
    .map((word) => oneOf('date-format', word, dateFormats))
  return formats.filter((format) => format !== undefined)
}

function delimiterOf(text: string | undefined): string | undefined {
  const sign = text === '\\t' || text === 'tab' ? '\t' : text
  if (sign !== undefined && sign.length !== 1) throw new Failure('wrongUse', '--delimiter is one character, or tab.')
  return sign
}

/** Each parcel with what became of it, in their order. */
async function* send(
  collector: Client,
  parcels: AsyncIterable<Parcel>,
  environment: string | undefined,
): AsyncGenerator<[Parcel, ImportResult]> {
  const underway: Parcel[] = []
  async function* lines() {
    for await (const parcel of parcels) {
      underway.push(parcel)
      yield parcel.json
    }
  }
  for await (const result of valuesOf(collector.import(lines(), { environment }))) {
    const parcel = underway.shift()
    if (parcel) yield [parcel, result]
  }
}

async function drain(parcels: AsyncIterable<Parcel>): Promise<void> {
  for await (const parcel of parcels) void parcel
}
