import { type BackupLine, type BackupRow, type BackupTable, backupTables } from '../../sdk/wire/index.ts'
import type { RestoreResult } from '../../sdk/wire/index.ts'
import { parseObject } from '../access/body.ts'
import { reasonOf } from '../access/reason.ts'
import { serverLimits } from '../limits.ts'
import { markItem, personId } from '../people/marks.ts'
import type { Database } from '../storage/database.ts'
import { listStanding } from '../storage/items.ts'
import { listWaiting, type RestoredItem, restoreItems, restoreRows, restoreTombstones } from '../storage/restore.ts'
import type { ItemBody } from '../storage/row.ts'
import { forgetInNames } from './names.ts'
import { lineSchema, rowSchemas } from './schema.ts'
import { forgetInViews } from './views.ts'

/** Where lines go. */
export interface Place {
  db: Database
  project: string
  /** The project's, for marks and ids of persons. */
  secret: string
  /** Whether the lines were made by the same secret: only then do marks mean anything here. */
  isSame: boolean
  now: number
}

type Line<T extends BackupLine['type']> = Extract<BackupLine, { type: T }>
type Numbered<T> = { line: number; row: T }

/**
 * Puts lines back: rows of tables, then items in their order, then tombstones. A line that cannot be read is refused by
 * itself.
 */
export async function restoreLines(place: Place, texts: readonly string[]): Promise<RestoreResult> {
  const result: RestoreResult = { stored: 0, repeated: 0, erased: 0, refused: [] }
  const refuse = (line: number, reason: string) => result.refused.push({ line, reason })
  const rows = new Map<BackupTable, BackupRow[]>()
  const items: Numbered<Line<'item'>['row']>[] = []
  const tombstones: Line<'tombstone'>['row'][] = []
  for (const [index, text] of texts.entries()) {
    const line = index + 1
    const read = readLine(text)
    if ('reason' in read) refuse(line, read.reason)
    else if (read.type === 'project') refuse(line, 'A project is restored by POST /v1/restore/project.')
    else if (read.type === 'item') items.push({ line, row: read.row })
    else if (read.type === 'tombstone') tombstones.push(read.row)
    else if (read.type === 'erasure' && !place.isSame) refuse(line, otherMarks)
    else rows.set(read.type, [...(rows.get(read.type) ?? []), read.row])
  }
  for (const table of backupTables) {
    const found = rows.get(table)
    if (found === undefined) continue
    const named = await nameAgain(place, table, found)
    const { stored, repeated, erased } = await restoreRows(place.db, place.project, table, named)
    result.stored += stored
    result.repeated += repeated
    result.erased += erased + found.length - named.length
  }
  await putItems(place, items, result)
  await bury(place, tombstones, result)
  return result
}

const otherMarks = 'A mark of an erasure is made with the secret of its project, and this is another one.'

function readLine(text: string): BackupLine | { reason: string } {
  const raw = parseObject(text)
  if (!raw.ok) return { reason: raw.failure.detail }
  const line = lineSchema.safeParse(raw.value)
  if (!line.success) return { reason: whyNot(line.error.issues) }
  const { type, row } = line.data
  if (type === 'item') return { type, row: inOrderOf(line.data.row, raw.value['row']) }
  if (type === 'project' || type === 'tombstone') return line.data
  const checked = rowSchemas[type].safeParse(row)
  return checked.success ? line.data : { reason: whyNot(checked.error.issues) }
}

const isObject = (value: unknown): value is Record<string, unknown> => typeof value === 'object' && value !== null

/** What was checked has the names that the schema knows first; as they were, so that two backups of the same are the same. */
function inOrderOf<T>(checked: T, raw: unknown): T {
  if (!isObject(checked) || !isObject(raw)) return checked
  if (Array.isArray(checked)) return checked.map((one, index) => inOrderOf(one as unknown, raw[index])) as T
  const names = Object.keys(raw).filter((name) => Object.hasOwn(checked, name))
  return Object.fromEntries(names.map((name) => [name, inOrderOf(checked[name], raw[name])])) as T
}

const whyNot = ([first]: readonly { path: PropertyKey[]; message: string }[]): string =>
  `${first?.path.join('.') || 'The line'} ${first === undefined ? 'cannot be read' : reasonOf(first.message)}`

/** In another project a person has another UUID; and nowhere does a view, or a name, name somebody who was erased. */
async function nameAgain(place: Place, table: BackupTable, rows: readonly BackupRow[]): Promise<readonly BackupRow[]> {
  if (table === 'saved_view') return forgetInViews(place, rows)
  if (table === 'name') return forgetInNames(place, rows)
  if (table !== 'person' || place.isSame) return rows
  const idOf = (row: BackupRow) =>
    personId(place.secret, { externalId: String(row['external_id']), verified: row['verified'] === 1 })
  return Promise.all(rows.map(async (row) => ({ ...row, id: await idOf(row) })))
}

async function putItems(
  place: Place,
  given: readonly Numbered<Line<'item'>['row']>[],
  result: RestoreResult,
): Promise<void> {
  if (given.length === 0) return
  const { db, project, now } = place
  const ids = given.map(({ row }) => row.id)
  const standing = await listStanding(db, project, ids)
  const keys = given.flatMap(({ row }) => (row.body.attachments ?? []).flatMap(({ file }) => file ?? []))
  const waiting = await listWaiting(db, project, keys, now + serverLimits.restoreMarginMs)
  const items: RestoredItem[] = []
  for (const { line, row } of given) {
    const images = row.body.attachments ?? []
    const isReady = images.every(({ file }, n) => {
      const place = file === undefined ? undefined : waiting.get(file)
      return file === undefined || (place?.item === row.id && place.n === n)
    })
    if (standing.has(row.id)) result.repeated++
    else if (isReady) items.push(await toItem(place, row))
    else
      result.refused.push({ line, reason: 'One of its images is not there, or waits no more. Run the restore again.' })
  }
  const stored = await restoreItems(db, project, items, now)
  result.stored += stored.size
  result.erased += items.length - stored.size
}

async function toItem({ project, secret }: Place, row: Line<'item'>['row']): Promise<RestoredItem> {
  const { change: _, body, ...rest } = row
  // Only we say where an image is: an address in a line is where it was, or anything at all.
  const attachments = body.attachments?.map(({ url: _url, ...image }) => image)
  const said = { ...body, ...(attachments !== undefined && { attachments }) }
  return markItem(secret, { ...(said as unknown as ItemBody), ...rest, project, quiet: true })
}

/** In another project an id that stands there is somebody else's doing. */
async function bury(place: Place, rows: readonly Line<'tombstone'>['row'][], result: RestoreResult): Promise<void> {
  const { db, project, isSame, now } = place
  if (rows.length === 0) return
  const standing = isSame
    ? new Set<string>()
    : await listStanding(
        db,
        project,
        rows.map(({ id }) => id),
      )
  const fresh = rows.filter(({ id }) => !standing.has(id))
  const stored = await restoreTombstones(db, project, fresh, now)
  result.stored += stored
  result.repeated += rows.length - stored
}
