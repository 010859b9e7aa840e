import { createHash } from 'node:crypto'
import { open, rename, rm, stat } from 'node:fs/promises'
import type { FileHandle } from 'node:fs/promises'
import { dirname } from 'node:path'
import type { BackupPart } from '../../wire/index.ts'
import { Failure } from '../failure.ts'
import { parseLine, readPlaced } from './lines.ts'
import type { FileLine, Head, Mark, Missing } from './lines.ts'

/** A file that a backup is written to; it has its name only once it is whole. */
export interface Archive {
  /** Where the run before this one broke off; null where there was none. */
  head: Head | null
  /** Where each part goes on; null where it is complete. Parts that were not begun are not there. */
  cursors: Map<BackupPart, string | null>
  /** How many lines of a type there are. */
  count(type: FileLine['type']): number
  /** Images that are not there, by item. */
  missing: Map<string, Missing[]>
  write(line: FileLine): Promise<void>
  /** Writes down how far the part has come, and waits until the disk has it. */
  mark(part: BackupPart, cursor: string | null): Promise<void>
  /** Writes the end and gives the file its name. */
  finish(): Promise<void>
  /** Leaves what is written for the next run; a file in which nothing stands goes. */
  close(): Promise<void>
}

/** Opens `path.part`, as far as it is whole. */
export async function openArchive(path: string): Promise<Archive> {
  const found = await stat(path).catch(() => null)
  if (found?.isDirectory())
    throw new Failure('wrongUse', `${path} is a folder. Give a file: -o ${path}/feedback.backup`)
  const part = `${path}.part`
  const before = (await stat(part).catch(() => null)) === null ? empty() : await scan(part)
  // Everything that everybody said is in it: nobody else on this machine needs to read it.
  const file = await open(part, before.head === null ? 'w' : 'r+', 0o600).catch((error: NodeJS.ErrnoException) => {
    throw new Failure('wrongUse', `${part} cannot be written in ${dirname(path)} (${error.code}).`, { cause: error })
  })
  await file.truncate(before.end)
  const { hash, counts, head, cursors, missing } = before
  let end = before.end
  const write = async (line: FileLine) => {
    const bytes = Buffer.from(`${JSON.stringify(line)}\n`)
    await put(file, bytes, end)
    end += bytes.length
    hash.update(bytes)
    counts[line.type] = (counts[line.type] ?? 0) + 1
    if (line.type === 'missing') missing.set(line.item, [...(missing.get(line.item) ?? []), line])
    // What was missing of an item's earlier state is not missing any more.
    if (line.type === 'item' || line.type === 'tombstone') missing.delete(line.row.id)
  }
  return {
    head,
    cursors,
    missing,
    write,
    count: (type) => counts[type] ?? 0,
    async mark(name, cursor) {
      await write({ type: 'mark', part: name, cursor })
      await file.sync()
    },
    async finish() {
      await write({ type: 'end', counts: { ...counts }, sha256: hash.copy().digest('hex') })
      await file.sync()
      await file.close()
      await rename(part, path)
    },
    async close() {
      await file.close()
      if (end === 0) await rm(part, { force: true })
    },
  }
}

async function put(file: FileHandle, bytes: Buffer, at: number): Promise<void> {
  try {
    // A disk may take less at once.
    for (let taken = 0; taken < bytes.length;) {
      taken += (await file.write(bytes, taken, null, at + taken)).bytesWritten
    }
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error)
    throw new Failure('incomplete', `The backup cannot be written: ${reason}.`, { cause: error })
  }
}

interface Scan {
  head: Head | null
  cursors: Map<BackupPart, string | null>
  counts: Record<string, number>
  missing: Map<string, Missing[]>
  hash: ReturnType<typeof createHash>
  /** Behind the last mark. */
  end: number
}

const empty = (): Scan => ({
  head: null,
  cursors: new Map(),
  counts: {},
  missing: new Map(),
  hash: createHash('sha256'),
  end: 0,
})

/** Reads what an earlier run wrote, up to its last mark: what follows may be half a page. */
async function scan(path: string): Promise<Scan> {
  const seen = empty()
  const { hash } = seen
  let counts: Record<string, number> = {}
  let late: Missing[] = []
  const gone = new Set<string>()
  for await (const { text, bytes, end } of readPlaced(path)) {
    const line = parseLine(text)
    if (line === null) break
    if (line.type === 'backup' && seen.head === null && end === bytes.length) seen.head = line
    if (seen.head === null) return empty()
    hash.update(bytes)
    counts = { ...counts, [line.type]: (counts[line.type] ?? 0) + 1 }
    if (line.type === 'missing') late.push(line)
    if (line.type === 'item' || line.type === 'tombstone') {
      gone.add(line.row.id)
      late = late.filter(({ item }) => item !== line.row.id)
    }
    if (line.type !== 'mark') continue
    keep(seen, line, { counts, late, gone, end })
    seen.hash = hash.copy()
    late = []
    gone.clear()
  }
  return seen.end === 0 ? empty() : seen
}

function keep(
  seen: Scan,
  { part, cursor }: Mark,
  page: { counts: Record<string, number>; late: readonly Missing[]; gone: ReadonlySet<string>; end: number },
): void {
  seen.cursors.set(part, cursor)
  seen.counts = page.counts
  seen.end = page.end
  for (const id of page.gone) seen.missing.delete(id)
  for (const line of page.late) seen.missing.set(line.item, [...(seen.missing.get(line.item) ?? []), line])
}
