import { collectorFrom, valuesOf } from '../collector.ts'
import { makeCommand } from '../command.ts'
import { Failure, exitCodes } from '../failure.ts'
import { isSameFile } from '../same-file.ts'
import { count, progressOn } from '../terminal.ts'
import { changesHelp } from '../usage.ts'
import { openCursorFile } from './cursor-file.ts'
import { addTo, toPipe } from './log.ts'

const options = {
  cursor: { type: 'string' },
  'cursor-file': { type: 'string' },
  output: { type: 'string', short: 'o' },
  follow: { type: 'boolean' },
  json: { type: 'boolean' },
} as const

/** While following, how often the collector is asked for news. */
const followEveryMs = 5_000

/** `earshot changes`: what changed since a cursor, which moves on only behind what is safely written. */
export const changesCommand = makeCommand(
  'changes',
  changesHelp,
  options,
  async ({ values, positionals }, terminal) => {
    if (positionals.length > 0) throw new Failure('wrongUse', `"${positionals[0]}" stands alone. Files go to -o FILE.`)
    if (values.cursor !== undefined && values['cursor-file'] !== undefined) {
      throw new Failure('wrongUse', 'Give --cursor or --cursor-file: either says where to begin.')
    }
    const collector = collectorFrom(values, terminal)
    const output = values.output === '-' ? undefined : values.output
    if (output !== undefined && values['cursor-file'] !== undefined && isSameFile(output, values['cursor-file'])) {
      // The cursor's file is replaced, and the changes in it would be gone.
      throw new Failure('wrongUse', `The changes and their cursor need a file each, not ${output} for both.`)
    }
    const kept = values['cursor-file'] === undefined ? null : await openCursorFile(values['cursor-file'])
    const to = output === undefined ? toPipe(terminal.stdout) : await addTo(output)
    const shown = output === undefined && terminal.stdout.isTTY === true
    const progress = progressOn(shown ? null : terminal, 'changes')
    const changes = collector.changes({
      cursor: values.cursor ?? kept?.cursor,
      ...(values.follow === true ? { followEveryMs } : {}),
    })

    const started = performance.now()
    let [items, tombstones] = [0, 0]
    progress.start(null)
    try {
      for await (const batch of valuesOf(changes.batches())) {
        await to.write(batch.changes.map((change) => `${JSON.stringify(change)}\n`).join(''))
        await kept?.write(batch.cursor)
        const gone = batch.changes.filter((change) => 'erased' in change).length
        tombstones += gone
        items += batch.changes.length - gone
        progress.advance(batch.changes.length)
      }
      if (changes.cursor !== undefined) await kept?.write(changes.cursor)
    } finally {
      progress.stop()
      await to.close()
    }

    const cursor = changes.cursor ?? null
    const seconds = Math.round(performance.now() - started) / 1000
    if (values.json) {
      const summary = { output: output ?? null, changes: items + tombstones, items, tombstones, cursor, seconds }
      terminal.stderr.write(`${JSON.stringify(summary)}\n`)
    } else {
      const erased = tombstones > 0 ? `, ${count(tombstones)} of them erased` : ''
      const where = kept ? ` in ${values['cursor-file']}` : ''
      terminal.stderr.write(`${count(items + tombstones, 'change')}${erased}; the cursor is ${cursor}${where}\n`)
    }
    return exitCodes.good
  },
)
