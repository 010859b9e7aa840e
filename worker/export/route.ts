import { requireScope } from '../access/guard.ts'
import { makeViewer } from '../access/links.ts'
import { refuse } from '../access/refuse.ts'
import { makeRoom } from '../access/room.ts'
import type { AppContext } from '../env.ts'
import { done, failed, type Outcome } from '../failure.ts'
import { serverLimits } from '../limits.ts'
import { parseFilters } from '../filters/parse.ts'
import { countExactly, countHidden } from '../storage/listing.ts'
import { listNames } from '../storage/names.ts'
import { relaxSearch } from '../storage/search.ts'
import type { Selection } from '../storage/selection.ts'
import { columnsOf, pickColumns } from './columns.ts'
import { type Format, type FormatName, formatNames, formatOf } from './format.ts'
import { exportRoute } from './schema.ts'
import { streamExport } from './stream.ts'

/** The list on the screen, whole: takes the list's own filters and is never capped. Needs `export`. */
export const exporting = makeRoom()

exporting.openAPIRegistry.registerPath(exportRoute)
exporting.get('/v1/export', requireScope('export'), exportFeedback)

const own = ['format', 'columns', 'guard', 'bom']

async function exportFeedback(c: AppContext): Promise<Response> {
  const query = new URL(c.req.url).searchParams
  const selection = parseFilters(query, c.var.actor.project, own)
  if (!selection.ok) return refuse(c, selection.failure)
  const now = Date.now()
  const wanted: Selection = { ...(await relaxSearch(c.env.DB, selection.value)), asOf: now }
  const format = await readFormat(c, query)
  if (!format.ok) return refuse(c, format.failure)
  const count = await countExactly(c.env.DB, wanted)
  const hidden = await countHidden(c.env.DB, wanted)
  const view = makeViewer(c, serverLimits.exportLinkSeconds)
  const day = new Date(now).toISOString().slice(0, 10)
  return c.body(streamExport(c.env.DB, wanted, format.value, count, view), 200, {
    'content-type': format.value.type,
    'content-disposition': `attachment; filename="earshot-${day}.${format.value.extension}"`,
    'cache-control': 'no-store',
    'earshot-rows': String(count),
    'earshot-hidden': `spam=${hidden.spam}, merged=${hidden.merged}`,
    ...(wanted.relaxed === null ? {} : { 'earshot-relaxed': 'true' }),
  })
}

async function readFormat(c: AppContext, query: URLSearchParams): Promise<Outcome<Format>> {
  const bad = (path: string, reason: string) =>
    failed('bad-filter', `'${path}' ${reason}.`, { issues: [{ path, reason }] })
  const name = query.get('format') ?? ''
  if (!(formatNames as readonly string[]).includes(name))
    return bad('format', `must be one of ${formatNames.join(', ')}`)
  for (const option of ['guard', 'bom']) {
    const value = query.get(option)
    if (value !== null && value !== 'off' && value !== 'on') return bad(option, 'must be on or off')
  }
  const all = columnsOf(await listNames(c.env.DB, c.var.actor.project), query.get('tz'))
  const keys = query.get('columns')
  const columns = keys === null ? all : pickColumns(all, keys.split(','))
  if ('unknown' in columns) return bad('columns', `names no column '${columns.unknown}'`)
  return done(
    formatOf(name as FormatName, columns, { guard: query.get('guard') !== 'off', bom: query.get('bom') !== 'off' }),
  )
}
