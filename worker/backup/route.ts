import {
  type BackupEnd,
  type BackupLine,
  type BackupPart,
  backupParts,
  type BackupTable,
} from '../../sdk/wire/index.ts'
import { requireScope } from '../access/guard.ts'
import { makeViewer, type Viewer } from '../access/links.ts'
import { refuse } from '../access/refuse.ts'
import { makeRoom } from '../access/room.ts'
import type { AppContext } from '../env.ts'
import { done, failed, type Outcome } from '../failure.ts'
import { readLimit } from '../filters/limit.ts'
import { serverLimits } from '../limits.ts'
import { listForBackup, listRows, type StoredBackupItem, tableShapes } from '../storage/backup.ts'
import { findForBackup } from '../storage/projects.ts'
import type { StoredItem } from '../storage/row.ts'
import { backupRoute } from './schema.ts'

/** A whole project, page by page, for whoever keeps it somewhere else. Needs `admin`: the project's secret is in it. */
export const backup = makeRoom()

backup.openAPIRegistry.registerPath(backupRoute)
backup.get('/v1/backup', requireScope('admin'), readBackup)

interface Page {
  lines: BackupLine[]
  cursor: string | null
  head?: number
}

async function readBackup(c: AppContext): Promise<Response> {
  const query = new URL(c.req.url).searchParams
  const other = [...query.keys()].find((name) => !['part', 'cursor', 'limit', 'project'].includes(name))
  if (other !== undefined) {
    const issues = [{ path: other, reason: 'unknown' }]
    return refuse(c, failed('unknown-filter', `There is no parameter '${other}'.`, { issues }).failure)
  }
  const limit = readLimit(query, serverLimits.backupPage, serverLimits.backupPage)
  if (!limit.ok) return refuse(c, limit.failure)
  const part = backupParts.find((name) => name === query.get('part'))
  if (part === undefined) {
    const issues = [{ path: 'part', reason: 'unknown' }]
    return refuse(c, failed('bad-filter', `'part' is one of ${backupParts.join(', ')}.`, { issues }).failure)
  }
  const page = await readPage(c, part, query.get('cursor'), limit.value)
  if (!page.ok) return refuse(c, page.failure)
  const { lines, cursor, head } = page.value
  const end: BackupEnd = { end: true, count: lines.length, cursor, ...(head === undefined ? {} : { head }) }
  const text = [...lines, end].map((line) => `${JSON.stringify(line)}\n`).join('')
  return c.body(text, 200, { 'content-type': 'application/x-ndjson', 'cache-control': 'no-store' })
}

async function readPage(c: AppContext, part: BackupPart, cursor: string | null, limit: number): Promise<Outcome<Page>> {
  const { project } = c.var.actor
  if (part === 'project') {
    const row = await findForBackup(c.env.DB, project)
    return row === null
      ? failed('not-found', 'There is no such project, or it is not yours.')
      : done({ lines: [{ type: part, row }], cursor: null })
  }
  const after = readAfter(part, cursor)
  if (!after.ok) return after
  if (part === 'item') return done(await readItems(c, Number(after.value?.[0] ?? 0), limit))
  const rows = await listRows(c.env.DB, project, part, after.value, limit + 1)
  const lines = rows.slice(0, limit).map((row): BackupLine => ({ type: part, row }))
  const last = rows.length > limit ? rows[limit - 1] : undefined
  return done({ lines, cursor: last ? writeAfter(tableShapes[part].key.map((name) => last[name] ?? '')) : null })
}

async function readItems(c: AppContext, after: number, limit: number): Promise<Page> {
  const { lines, more, head } = await listForBackup(c.env.DB, c.var.actor.project, after, limit)
  const view = makeViewer(c, serverLimits.linkSeconds)
  const shown: BackupLine[] = []
  for (const row of lines) {
    shown.push('erasedAt' in row ? { type: 'tombstone', row } : { type: 'item', row: await withLinks(row, view) })
  }
  const last = lines.at(-1)
  return { lines: shown, cursor: more && last ? writeAfter([last.change]) : null, head }
}

type ItemLine = Extract<BackupLine, { type: 'item' }>['row']

/** An item with links instead of the keys of its images. */
async function withLinks(row: StoredBackupItem, view: Viewer): Promise<ItemLine> {
  const { attachments, ...body } = row.body
  if (attachments === undefined) return { ...row, body: body as unknown as ItemLine['body'] }
  const [viewed] = await view([{ attachments } as StoredItem])
  return { ...row, body: { ...(body as unknown as ItemLine['body']), attachments: viewed?.attachments ?? [] } }
}

/** A cursor is the key of the last row, in JSON, safe in an address. */
const writeAfter = (key: readonly (string | number)[]): string =>
  encodeURIComponent(JSON.stringify(key)).replaceAll('%', '~')

function readAfter(part: BackupTable | 'item', cursor: string | null): Outcome<(string | number)[] | null> {
  if (cursor === null) return done(null)
  const bad = failed('bad-cursor', 'This cursor cannot be read. Take the one of the last line, or begin without.')
  try {
    const key: unknown = JSON.parse(decodeURIComponent(cursor.replaceAll('~', '%')))
    const length = part === 'item' ? 1 : tableShapes[part].key.length
    const isKey = (value: unknown) => typeof value === 'string' || (part !== 'name' && Number.isSafeInteger(value))
    const isWhole = Array.isArray(key) && key.length === length && key.every(isKey)
    const isPlace = part !== 'item' || (Array.isArray(key) && Number.isSafeInteger(key[0]))
    return isWhole && isPlace ? done(key as (string | number)[]) : bad
  } catch {
    // What is no JSON was not written here.
    return bad
  }
}
