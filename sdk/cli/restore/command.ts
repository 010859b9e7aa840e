import type { Client } from '../../server/index.ts'
import { inspectBackup } from '../backup/inspect.ts'
import type { Backup } from '../backup/inspect.ts'
import { collectorFrom, valueOf } from '../collector.ts'
import { makeCommand } from '../command.ts'
import { Failure, exitCodes } from '../failure.ts'
import { count, progressOn, say } from '../terminal.ts'
import type { Terminal } from '../terminal.ts'
import { restoreHelp } from '../usage.ts'
import { Restore } from './send.ts'
import type { Tally } from './send.ts'

const options = {
  add: { type: 'boolean' },
  'no-images': { type: 'boolean' },
  json: { type: 'boolean' },
} as const

/** `earshot restore`: reads the file to its end first, then puts everything back; twice is harmless. */
export const restoreCommand = makeCommand(
  'restore',
  restoreHelp,
  options,
  async ({ values, positionals }, terminal) => {
    const [path, ...more] = positionals
    if (path === undefined || more.length > 0) throw new Failure('wrongUse', 'Give one file: earshot restore FILE.')
    const collector = collectorFrom(values, terminal)
    const backup = await inspectBackup(path)
    const { lineage, standing } = await start(collector, backup, values.add === true)
    terminal.stderr.write(`${said[standing]}\n`)
    const progress = progressOn(terminal, 'items')
    const restore = new Restore(collector, backup, {
      lineage,
      add: values.add === true,
      images: values['no-images'] !== true,
      isNew: standing === 'adopted',
      progress,
    })
    const started = performance.now()
    progress.start(backup.counts['item'] ?? 0)
    try {
      await restore.run()
    } catch (error) {
      if (!(error instanceof Failure)) throw error
      throw new Failure(
        error.exit,
        `${error.message}\nRun the same command again: what is there is not stored twice.`,
        {
          cause: error,
        },
      )
    } finally {
      progress.stop()
    }
    const seconds = Math.round(performance.now() - started) / 1000
    return report(restore.tally, backup, { seconds, json: values.json === true }, terminal)
  },
)

const said = {
  adopted: 'The project was empty: it takes over name, settings and secret of the backup',
  same: 'The project is the one of the backup: its settings stay, and what is there stays as it is',
  other: 'The project is another one: its settings stay, and things of the backup are added',
}

async function start(collector: Client, { project }: Backup, add: boolean) {
  const begun = await collector.backup.begin(project, { add })
  if (!begun.ok && begun.problem.code === 'conflict') {
    throw new Failure(
      'wrongUse',
      'The project holds other things than the backup. Restore into an empty project, or give --add to put both together.',
    )
  }
  const { lineage, project: standing } = valueOf(begun)
  return { lineage, standing }
}

function report(
  tally: Tally,
  { missing }: Backup,
  { seconds, json }: { seconds: number; json: boolean },
  terminal: Terminal,
): number {
  const { stored, repeated, erased, refused, images, left } = tally
  if (json) {
    const summary = {
      stored,
      repeated,
      erased,
      refused: tally.refusedCount,
      rejects: refused,
      images,
      missing,
      seconds,
    }
    terminal.stdout.write(`${JSON.stringify(summary)}\n`)
  }
  for (const { what, reason } of refused) say(terminal, `${what}: ${reason}`)
  const stay = erased > 0 ? `, ${count(erased)} stay erased` : ''
  const without = left > 0 ? `; ${count(left, 'image')} left out` : ''
  terminal.stderr.write(
    `${count(stored)} stored, ${count(repeated)} there already${stay}, ${count(images, 'image')}, ${seconds.toFixed(1)} s${without}\n`,
  )
  if (tally.refusedCount > 0) {
    throw new Failure('incomplete', `${count(tally.refusedCount, 'line')} of the backup could not be restored.`)
  }
  if (missing > 0) throw new Failure('incomplete', `${count(missing, 'image')} were not in the backup.`)
  return exitCodes.good
}
