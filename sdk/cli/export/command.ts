import { csvDelimiters } from '../../wire/index.ts'
import type { EndMark } from '../../wire/index.ts'
import { collectorFrom, endpointOf } from '../collector.ts'
import { makeCommand } from '../command.ts'
import { Failure, exitCodes } from '../failure.ts'
import { oneOf } from '../options.ts'
import { count, progressOn } from '../terminal.ts'
import { exportHelp } from '../usage.ts'
import { openFile, toStream } from './destination.ts'
import { takeAll } from './parts.ts'
import { selectionOf } from './selection.ts'
import { forgetState, readState, writeState } from './state.ts'
import type { State } from './state.ts'
import { formats, isStitched } from './whole.ts'
import type { Format } from './whole.ts'

const options = {
  format: { type: 'string' },
  output: { type: 'string', short: 'o' },
  since: { type: 'string' },
  until: { type: 'string' },
  filter: { type: 'string', multiple: true },
  query: { type: 'string' },
  columns: { type: 'string' },
  shape: { type: 'string' },
  resume: { type: 'boolean' },
  tz: { type: 'string' },
  guard: { type: 'string' },
  bom: { type: 'string' },
  delimiter: { type: 'string' },
  json: { type: 'boolean' },
} as const

/** `earshot export`: streams the list to a file or to stdout, and checks on the way that nothing is missing. */
export const exportCommand = makeCommand('export', exportHelp, options, async ({ values, positionals }, terminal) => {
  if (positionals.length > 0) throw new Failure('wrongUse', `"${positionals[0]}" stands alone. Files go to -o FILE.`)
  const output = values.output === '-' ? undefined : values.output
  const format = oneOf('format', values.format, formats) ?? formatOf(output)
  const wanted = selectionOf({
    ...values,
    format,
    filters: values.filter ?? [],
    shape: oneOf('shape', values.shape, ['wide', 'long']),
    guard: oneOf('guard', values.guard, ['on', 'off']),
    bom: oneOf('bom', values.bom, ['on', 'off']),
    delimiter: oneOf('delimiter', values.delimiter, csvDelimiters),
  })
  const collector = collectorFrom(values, terminal)
  const started = performance.now()
  const asked = JSON.stringify([wanted, values.project ?? null, endpointOf(values, terminal)])
  const resumed = values.resume === true ? await resumeAt(output, format, asked) : null
  const state = resumed ?? begin(asked)
  // Opened before the request, so that a folder that cannot be written to costs nothing.
  const to = output === undefined ? toStream(terminal.stdout) : await openFile(output, resumed?.bytes ?? null)
  // On a terminal that shows the export itself, a bar would stand amid the rows.
  const shown = output === undefined && terminal.stdout.isTTY === true
  const progress = progressOn(shown ? null : terminal, 'items')
  const inParts = output !== undefined && isStitched(format)
  const keep = inParts ? (reached: State) => writeState(output, reached) : null
  if (inParts && resumed === null) await forgetState(output)

  let trouble: string | null = null
  try {
    trouble = await takeAll({ collector, wanted, format, to, state, progress, keep })
    if (trouble === null && inParts && format === 'ndjson') await to.write(endOf(state))
  } catch (error) {
    const part = await to.giveUp()
    const canResume = part !== null && state.bytes > 0
    if (!(error instanceof Failure) || !canResume) throw error
    throw new Failure(error.exit, `${error.message} ${goOn(part)}`, { cause: error })
  } finally {
    progress.stop()
  }

  const seconds = Math.round(performance.now() - started) / 1000
  const part = trouble === null ? await to.keep() : await to.giveUp()
  if (trouble === null && inParts) await forgetState(output)
  const { rows, total: expected, erased, hidden } = state
  if (values.json) {
    const complete = trouble === null
    const summary = { format, output: output ?? null, rows, expected, erased, hidden, complete, seconds }
    terminal.stderr.write(`${JSON.stringify({ ...summary, ...(trouble && { trouble }) })}\n`)
  }
  if (trouble !== null) {
    const again = state.bytes > 0 ? goOn(part ?? '') : `${part ? `What arrived is in ${part}. ` : ''}Run it again.`
    throw new Failure(
      'incomplete',
      `The export is not whole: ${trouble}, ${count(rows)} of ${expected === null ? 'an unknown number of' : count(expected)} items arrived. ${again}`,
    )
  }
  if (!values.json) {
    const gone = erased > 0 ? `; ${count(erased)} were erased meanwhile` : ''
    const number = format === 'xlsx' && output === undefined ? (expected ?? 0) : rows
    terminal.stderr.write(
      `${count(number, 'item')}${output ? ` in ${output}` : ''}, complete, ${seconds.toFixed(1)} s${gone}${leftOut(hidden)}\n`,
    )
  }
  return exitCodes.good
})

const goOn = (part: string): string =>
  `What arrived is in ${part}. Run the same command with --resume: it goes on from there.`

const begin = (asked: string): State => ({
  asked,
  cursor: null,
  bytes: 0,
  rows: 0,
  erased: 0,
  total: null,
  hidden: { spam: 0, merged: 0 },
})

async function resumeAt(output: string | undefined, format: Format, asked: string): Promise<State> {
  if (output === undefined || !isStitched(format)) {
    throw new Failure('wrongUse', '--resume goes on with a file of CSV or NDJSON: give -o FILE. The rest begins anew.')
  }
  return readState(output, asked)
}

/** One end mark for all parts together. */
function endOf({ rows, erased }: State): Uint8Array {
  const mark: EndMark = { end: true, count: rows, ...(erased > 0 && { erased }) }
  return Buffer.from(`${JSON.stringify(mark)}\n`)
}

function leftOut({ spam, merged }: State['hidden']): string {
  const asSpam = spam > 0 ? `; ${count(spam)} more as spam (--filter spam=with)` : ''
  return asSpam + (merged > 0 ? `; ${count(merged)} more as merged (--filter merged=with)` : '')
}

function formatOf(output: string | undefined) {
  return formats.find((format) => output?.endsWith(`.${format}`)) ?? 'csv'
}
