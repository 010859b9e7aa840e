import type { Client } from '../../server/index.ts'
import { backupTables } from '../../wire/index.ts'
import type { BackupLine, BackupPart } from '../../wire/index.ts'
import { collectorFrom, failureOf, valueOf } from '../collector.ts'
import { makeCommand } from '../command.ts'
import { Failure, exitCodes } from '../failure.ts'
import { count, progressOn, say } from '../terminal.ts'
import type { Progress, Terminal } from '../terminal.ts'
import { backupHelp } from '../usage.ts'
import { openArchive } from './archive.ts'
import type { Archive } from './archive.ts'
import { fetchImages } from './images.ts'
import type { Head } from './lines.ts'

const options = {
  output: { type: 'string', short: 'o' },
  json: { type: 'boolean' },
} as const

/** Erasures come last: whoever is erased while the backup runs is among them. */
const order: readonly BackupPart[] = [
  'project',
  ...backupTables.filter((table) => table !== 'erasure'),
  'item',
  'erasure',
]

/** `earshot backup`: a whole project with its images in one file; a run that breaks off goes on where it was. */
export const backupCommand = makeCommand('backup', backupHelp, options, async ({ values, positionals }, terminal) => {
  if (positionals.length > 0) throw new Failure('wrongUse', `"${positionals[0]}" stands alone. Files go to -o FILE.`)
  if (values.output === undefined) throw new Failure('wrongUse', 'Say where to: earshot backup -o FILE.')
  const collector = collectorFrom(values, terminal)
  const started = performance.now()
  const { project } = valueOf(await collector.access())
  const archive = await openArchive(values.output)
  const progress = progressOn(terminal, 'items')
  try {
    if (archive.head === null) await archive.write(await begin(collector, project))
    else goOn(archive, archive.head, project, values.output, terminal)
    progress.start(null)
    progress.advance(archive.count('item'))
    for (const part of order) await take(collector, archive, part, progress)
    await archive.finish()
  } catch (error) {
    await archive.close()
    if (!(error instanceof Failure)) throw error
    throw new Failure(error.exit, `${error.message}\nRun the same command again: it goes on from where it was.`, {
      cause: error,
    })
  } finally {
    progress.stop()
  }
  const seconds = Math.round(performance.now() - started) / 1000
  return report(archive, { output: values.output, seconds, json: values.json === true }, terminal)
})

async function begin(collector: Client, project: Head['project']): Promise<Head> {
  const { end } = valueOf(await collector.backup.page('item', { limit: 1 }))
  return { type: 'backup', version: 1, project, at: new Date().toISOString(), head: end.head ?? 0 }
}

function goOn(archive: Archive, head: Head, project: Head['project'], output: string, terminal: Terminal): void {
  if (head.project.id !== project.id) {
    throw new Failure(
      'wrongUse',
      `${output}.part is of another project, ${head.project.name}. Give another file, or delete that one.`,
    )
  }
  terminal.stderr.write(
    `Going on with ${output}.part of ${head.at.slice(0, 10)}: ${count(archive.count('item'), 'item')}\n`,
  )
}

/** Takes one part, page by page; each page is whole with its images before it is marked. */
async function take(collector: Client, archive: Archive, part: BackupPart, progress: Progress): Promise<void> {
  let cursor = archive.cursors.get(part)
  while (cursor !== null) {
    const page = await collector.backup.page(part, cursor === undefined ? {} : { cursor })
    if (!page.ok) throw failureOf(page.problem)
    const { lines, end } = page.value
    for (const line of lines) await archive.write(withoutLinks(line))
    const items = lines.flatMap((line) => (line.type === 'item' ? [line.row] : []))
    for await (const found of fetchImages(collector, items)) await archive.write(found)
    await archive.mark(part, end.cursor)
    progress.advance(items.length)
    cursor = end.cursor
  }
}

/** A link is good for an hour; a backup for longer. */
function withoutLinks(line: BackupLine): BackupLine {
  if (line.type !== 'item' || line.row.body.attachments === undefined) return line
  const attachments = line.row.body.attachments.map((image) => {
    const { url: _, ...rest } = image
    return rest
  })
  return { ...line, row: { ...line.row, body: { ...line.row.body, attachments } } }
}

function report(
  archive: Archive,
  { output, seconds, json }: { output: string; seconds: number; json: boolean },
  terminal: Terminal,
): number {
  const missing = [...archive.missing.values()].flat()
  const [items, images] = [archive.count('item'), archive.count('image')]
  const counts = {
    items,
    images,
    people: archive.count('person'),
    accounts: archive.count('account'),
    surveys: archive.count('survey'),
    erasures: archive.count('erasure'),
  }
  if (json) {
    const lost = missing.map(({ item, n, reason }) => ({ item, n, reason }))
    terminal.stdout.write(
      `${JSON.stringify({ output, ...counts, missing: lost, complete: missing.length === 0, seconds })}\n`,
    )
  }
  terminal.stderr.write(
    `${count(items, 'item')}, ${count(images, 'image')}, ${personsOf(counts.people)} and ${count(counts.surveys, 'survey')} in ${output}, ${seconds.toFixed(1)} s\n`,
  )
  if (missing.length === 0) return exitCodes.good
  for (const { item, n, reason } of missing.slice(0, 20)) say(terminal, `image ${n} of ${item}: ${reason}`)
  throw new Failure(
    'incomplete',
    `${count(missing.length, 'image')} could not be read and ${missing.length === 1 ? 'is' : 'are'} not in the backup; everything else is.`,
  )
}

const personsOf = (number: number): string => (number === 1 ? '1 person' : `${count(number)} persons`)
