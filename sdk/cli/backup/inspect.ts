import { createHash } from 'node:crypto'
import { stat } from 'node:fs/promises'
import type { BackupProject } from '../../wire/index.ts'
import { Failure } from '../failure.ts'
import { parseLine, readPlaced } from './lines.ts'
import type { End, FileLine, Head } from './lines.ts'

/** A backup that was read to its end and is whole. */
export interface Backup {
  path: string
  head: Head
  project: BackupProject
  counts: Record<string, number>
  /** The last state of what changed while the backup was made, by id: its change number. */
  latest: Map<string, number>
  /** Where the erasures begin, which are restored first; null without any. */
  erasuresAt: number | null
  /** Images that were not there when the backup was made. */
  missing: number
}

/**
 * Reads a backup through before anything of it is sent.
 *
 * @throws Failure where it is none, was cut or was changed
 */
export async function inspectBackup(path: string): Promise<Backup> {
  if ((await stat(path).catch(() => null))?.isFile() !== true)
    throw new Failure('wrongUse', `There is no file ${path}.`)
  const none = new Failure('wrongUse', `${path} is no backup of this tool.`)
  const hash = createHash('sha256')
  const counts: Record<string, number> = {}
  const latest = new Map<string, number>()
  const missing = new Map<string, number>()
  let head: Head | null = null
  let project: BackupProject | null = null
  let erasuresAt: number | null = null
  let end: End | null = null
  for await (const { text, bytes, start } of readPlaced(path)) {
    const line = parseLine(text)
    if (head === null && line?.type !== 'backup') throw none
    if (line === null || end !== null) throw new Failure('wrongUse', `${path} was changed: see byte ${start}.`)
    if (line.type === 'backup') head = checkVersion(line, path)
    if (line.type === 'end') {
      end = line
      continue
    }
    hash.update(bytes)
    counts[line.type] = (counts[line.type] ?? 0) + 1
    if (line.type === 'project') project = line.row
    if (line.type === 'erasure') erasuresAt ??= start
    if (line.type === 'missing') missing.set(line.item, (missing.get(line.item) ?? 0) + 1)
    if (line.type !== 'item' && line.type !== 'tombstone') continue
    missing.delete(line.row.id)
    if (line.row.change > (head?.head ?? 0)) latest.set(line.row.id, line.row.change)
  }
  if (head === null || project === null) throw none
  if (end === null) {
    throw new Failure('wrongUse', `${path} has no end: the backup was not finished. Run earshot backup again.`)
  }
  if (end.sha256 !== hash.digest('hex')) {
    throw new Failure('wrongUse', `${path} is not what was written: its checksum differs. Take another copy.`)
  }
  const lost = [...missing.values()].reduce((sum, number) => sum + number, 0)
  return { path, head, project, counts, latest, erasuresAt, missing: lost }
}

function checkVersion(head: Head, path: string): Head {
  if (head.version === 1) return head
  throw new Failure(
    'wrongUse',
    `${path} was made by a later release (version ${String(head.version)}). Update earshot.`,
  )
}

/** Whether a later line of the same backup says what became of it. */
export function isSuperseded(line: FileLine, { latest }: Pick<Backup, 'latest'>): boolean {
  if (line.type !== 'item' && line.type !== 'tombstone') return false
  const change = latest.get(line.row.id)
  return change !== undefined && change > line.row.change
}
