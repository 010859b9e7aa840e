import type { Client } from '../../server/index.ts'
import type { BackupItem } from '../../wire/index.ts'
import { limits } from '../../wire/limits.ts'
import { isSuperseded } from '../backup/inspect.ts'
import type { Backup } from '../backup/inspect.ts'
import { parseLine, readPlaced } from '../backup/lines.ts'
import type { FileLine, Image } from '../backup/lines.ts'
import { failureOf } from '../collector.ts'
import { Failure } from '../failure.ts'
import type { Progress } from '../terminal.ts'

/** What a restore came to, in rows of all kinds. */
export interface Tally {
  stored: number
  repeated: number
  erased: number
  /** The first lines that were not taken. */
  refused: { what: string; reason: string }[]
  refusedCount: number
  images: number
  /** Images that were not wanted. */
  left: number
}

export interface RestoreOptions {
  lineage: string
  add: boolean
  images: boolean
  /** Nothing was there: no image needs to be asked for. */
  isNew: boolean
  progress: Progress
}

const shownRefusals = 20
/** A little under what a request may carry, in bytes. */
const batchMaxBytes = limits.importMaxBytes - 100_000

/**
 * Sends a backup in order: erasures, then line by line. Images of a page go before its items, which are stored whole or
 * not at all.
 */
export class Restore {
  readonly tally: Tally = { stored: 0, repeated: 0, erased: 0, refused: [], refusedCount: 0, images: 0, left: 0 }
  readonly #collector: Client
  readonly #backup: Backup
  readonly #options: RestoreOptions
  #batch: { text: string; what: string }[] = []
  #bytes = 0
  /** The items of the page at hand, and which of them are wanted. */
  #items = new Map<string, BackupItem>()
  #wanted: Set<string> | null = null

  constructor(collector: Client, backup: Backup, options: RestoreOptions) {
    this.#collector = collector
    this.#backup = backup
    this.#options = options
  }

  async run(): Promise<void> {
    const { path, erasuresAt } = this.#backup
    if (erasuresAt !== null) {
      for await (const line of this.#lines(erasuresAt)) if (line.type === 'erasure') await this.#add(line)
      await this.#send()
    }
    for await (const line of this.#lines(0)) {
      if (isSuperseded(line, this.#backup)) continue
      if (line.type === 'item') this.#items.set(line.row.id, line.row)
      else if (line.type === 'image') await this.#putImage(line)
      else if (line.type === 'mark') await this.#endPage()
      else if (!['backup', 'project', 'erasure', 'missing', 'end'].includes(line.type)) await this.#add(line)
    }
    if (this.#items.size > 0) throw new Failure('wrongUse', `${path} was changed while it was read.`)
    await this.#send()
  }

  async *#lines(start: number): AsyncGenerator<FileLine> {
    for await (const { text } of readPlaced(this.#backup.path, start)) {
      const line = parseLine(text)
      if (line === null) throw new Failure('wrongUse', `${this.#backup.path} was changed while it was read.`)
      yield line
    }
  }

  async #putImage({ item, n, data }: Image): Promise<void> {
    const images = this.#items.get(item)?.body.attachments
    // Of an item that a later line speaks of again, or of one that is there.
    if (images?.[n] === undefined) return
    if (!this.#options.images) {
      this.tally.left++
      return
    }
    this.#wanted ??= await this.#listWanted()
    if (!this.#wanted.has(item)) return
    const put = await this.#collector.backup.putImage({ item, n }, new Uint8Array(Buffer.from(data, 'base64')).buffer)
    if (!put.ok) throw failureOf(put.problem)
    const { file, type, bytes, width, height } = put.value
    // In the order in which the collector writes them down, so that two backups of the same are the same.
    images[n] = { type, width, height, bytes, file }
    this.tally.images++
  }

  async #listWanted(): Promise<Set<string>> {
    const ids = [...this.#items.keys()]
    if (this.#options.isNew) return new Set(ids)
    const wanted = await this.#collector.backup.wanted(ids)
    if (!wanted.ok) throw failureOf(wanted.problem)
    return new Set(wanted.value)
  }

  async #endPage(): Promise<void> {
    for (const row of this.#items.values()) await this.#add({ type: 'item', row: plain(row) })
    this.#options.progress.advance(this.#items.size)
    this.#items = new Map()
    this.#wanted = null
    // What waits for its item waits an hour.
    await this.#send()
  }

  async #add(line: FileLine): Promise<void> {
    const text = JSON.stringify(line)
    const size = Buffer.byteLength(text) + 1
    if (this.#batch.length === limits.importMaxLines || this.#bytes + size > batchMaxBytes) await this.#send()
    this.#batch.push({ text, what: nameOf(line) })
    this.#bytes += size
  }

  async #send(): Promise<void> {
    const batch = this.#batch
    this.#batch = []
    this.#bytes = 0
    if (batch.length === 0) return
    const { lineage, add } = this.#options
    const sent = await this.#collector.backup.put(
      batch.map(({ text }) => text),
      { lineage, add },
    )
    if (!sent.ok) throw failureOf(sent.problem)
    const { stored, repeated, erased, refused } = sent.value
    this.tally.stored += stored
    this.tally.repeated += repeated
    this.tally.erased += erased
    this.tally.refusedCount += refused.length
    for (const { line, reason } of refused) {
      if (this.tally.refused.length < shownRefusals)
        this.tally.refused.push({ what: batch[line - 1]?.what ?? '', reason })
    }
  }
}

/** Images that did not come along are as they were when they were announced. */
function plain(row: BackupItem): BackupItem {
  if (row.body.attachments === undefined) return row
  const attachments = row.body.attachments.map((image) => {
    const { width, height: _, ...announced } = image
    return image.file === undefined || width === undefined ? announced : image
  })
  return { ...row, body: { ...row.body, attachments } }
}

function nameOf(line: FileLine): string {
  if (!('row' in line)) return line.type
  const { row } = line
  return `${line.type} ${'id' in row ? String(row.id) : String(Object.values(row)[0])}`
}
