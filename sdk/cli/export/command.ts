import { EarshotError } from '../../server/index.ts'
import type { ExportStream } from '../../server/index.ts'
import { causeOf } from '../../server/request.ts'
import { collectorFrom, valueOf } from '../collector.ts'
import { Failure, exitCodes } from '../failure.ts'
import { collectorOptions, oneOf, parse } from '../options.ts'
import { count, progressOn } from '../terminal.ts'
import type { Terminal } from '../terminal.ts'
import { exportHelp } from '../usage.ts'
import { openFile, toStream } from './destination.ts'
import { selectionOf } from './selection.ts'
import { formats, watch } from './whole.ts'

const options = {
  ...collectorOptions,
  format: { type: 'string' },
  output: { type: 'string', short: 'o' },
  since: { type: 'string' },
  until: { type: 'string' },
  filter: { type: 'string', multiple: true },
  query: { type: 'string' },
  columns: { type: 'string' },
  tz: { type: 'string' },
  guard: { type: 'string' },
  bom: { type: 'string' },
  json: { type: 'boolean' },
} as const

/** `earshot export`: streams the list to a file or to stdout, and checks on the way that nothing is missing. */
export async function runExport(words: string[], terminal: Terminal): Promise<number> {
  const { values, positionals } = parse(words, options, 'export')
  if (values.help) {
    terminal.stdout.write(exportHelp)
    return exitCodes.good
  }
  if (positionals.length > 0) throw new Failure('wrongUse', `"${positionals[0]}" stands alone. Files go to -o FILE.`)
  const output = values.output === '-' ? undefined : values.output
  const format = oneOf('format', values.format, formats) ?? formatOf(output)
  const wanted = selectionOf({
    ...values,
    format,
    filters: values.filter ?? [],
    guard: oneOf('guard', values.guard, ['on', 'off']),
    bom: oneOf('bom', values.bom, ['on', 'off']),
  })
  const collector = collectorFrom(values, terminal)
  const started = performance.now()
  // Opened before the request, so that a folder that cannot be written to costs nothing.
  const to = output === undefined ? toStream(terminal.stdout) : await openFile(output)
  // On a terminal that shows the export itself, a bar would stand amid the rows.
  const shown = output === undefined && terminal.stdout.isTTY === true
  const progress = progressOn(shown ? null : terminal, 'items')
  const seen = watch(format)

  let expected: number | null = null
  let hidden: ExportStream['hidden'] = { spam: 0, merged: 0 }
  let trouble: string | null = null
  try {
    const found = valueOf(await collector.exportStream(wanted))
    expected = found.rows
    hidden = found.hidden
    progress.start(expected)
    for await (const chunk of found.body) {
      const before = seen.rows
      await seen.write(chunk)
      await to.write(chunk)
      progress.advance(seen.rows - before)
    }
  } catch (error) {
    if (!(error instanceof EarshotError)) {
      await to.giveUp()
      throw error
    }
    trouble = `the connection broke (${causeOf(error)})`
  } finally {
    progress.stop()
  }

  const { wrong, erased } = await seen.end()
  trouble ??= wrong ?? missing(expected, seen.rows + erased)
  const seconds = Math.round(performance.now() - started) / 1000
  const part = trouble === null ? await to.keep() : await to.giveUp()
  if (values.json) {
    const summary = {
      format,
      output: output ?? null,
      rows: seen.rows,
      expected,
      erased,
      hidden,
      complete: trouble === null,
      seconds,
    }
    terminal.stderr.write(`${JSON.stringify({ ...summary, ...(trouble && { trouble }) })}\n`)
  }
  if (trouble !== null) {
    const whereabouts = part ? ` What arrived is in ${part}.` : ''
    throw new Failure(
      'incomplete',
      `The export is not whole: ${trouble}, ${count(seen.rows)} of ${expected === null ? 'an unknown number of' : count(expected)} items arrived.${whereabouts} Run it again.`,
    )
  }
  if (!values.json) {
    const gone = erased > 0 ? `; ${count(erased)} were erased meanwhile` : ''
    terminal.stderr.write(
      `${count(seen.rows, 'item')}${output ? ` in ${output}` : ''}, complete, ${seconds.toFixed(1)} s${gone}${leftOut(hidden)}\n`,
    )
  }
  return exitCodes.good
}

function leftOut({ spam, merged }: ExportStream['hidden']): string {
  const asSpam = spam > 0 ? `; ${count(spam)} more as spam (--filter spam=with)` : ''
  return asSpam + (merged > 0 ? `; ${count(merged)} more as merged (--filter merged=with)` : '')
}

function formatOf(output: string | undefined) {
  return formats.find((format) => output?.endsWith(`.${format}`)) ?? 'csv'
}

function missing(expected: number | null, rows: number): string | null {
  if (expected === null) return 'the collector did not say how many items follow'
  return rows === expected ? null : `${count(expected)} were announced`
}
