import type { ExportColumns, ExportShape } from '../../sdk/wire/index.ts'
import { requireScope } from '../access/guard.ts'
import { makeViewer } from '../access/links.ts'
import { refuse } from '../access/refuse.ts'
import { makeRoom } from '../access/room.ts'
import type { AppContext } from '../env.ts'
import { done, failed, type Outcome } from '../failure.ts'
import { parseFilters } from '../filters/parse.ts'
import { serverLimits } from '../limits.ts'
import { findProgress } from '../storage/consumers.ts'
import type { Database } from '../storage/database.ts'
import { countAnswers, countStretch, findPartEnd, listAnswered } from '../storage/export.ts'
import { listPictured } from '../storage/export-images.ts'
import { countHidden } from '../storage/listing.ts'
import { listNames } from '../storage/names.ts'
import { findProject } from '../storage/projects.ts'
import { relaxSearch } from '../storage/search.ts'
import type { Selection } from '../storage/selection.ts'
import { listAllVersions } from '../storage/surveys.ts'
import { type ArchiveImage, imagesColumn, nameImages, type ReadImage, streamArchive } from './archive.ts'
import { factsOf } from './facts.ts'
import { formatOf } from './format.ts'
import { columnsRoute, exportRoute } from './schema.ts'
import { badCursor, digestOf, ownParameters, readWanted, type Wanted, writeCursor } from './selection.ts'
import { readPages } from './stream.ts'
import { type Columns, columnsOf, pickColumns, readKeys } from './table.ts'

/** The list on the screen, whole: takes the list's own filters and is never capped. Needs `export`. */
export const exporting = makeRoom()

exporting.openAPIRegistry.registerPath(exportRoute)
exporting.get('/v1/export', requireScope('export'), exportFeedback)
exporting.get('/v1/export/columns', requireScope('export'))

exporting.openapi(columnsRoute, async (c) => {
  const { shape = 'wide', tz } = c.req.valid('query')
  const filters = parseFilters(new URLSearchParams(tz === undefined ? {} : { tz }), c.var.actor.project, [])
  if (!filters.ok) return refuse(c, filters.failure)
  const { all, shown } = await readColumns(c.env.DB, c.var.actor.project, shape, tz ?? null)
  const isDefault = new Set(shown)
  const columns: ExportColumns['columns'] = all.map((column) => {
    const { key, header, group } = column
    return { key, header, group, isDefault: isDefault.has(column) }
  })
  return c.json({ columns }, 200)
})

async function readColumns(db: Database, project: string, shape: ExportShape, tz: string | null): Promise<Columns> {
  const [names, surveys] = await Promise.all([
    listNames(db, project, serverLimits.namesMax),
    listAllVersions(db, project),
  ])
  return columnsOf({ names, surveys }, shape, tz)
}

async function exportFeedback(c: AppContext): Promise<Response> {
  const { DB: db } = c.env
  const { project } = c.var.actor
  const query = new URL(c.req.url).searchParams
  const now = Date.now()
  const filters = parseFilters(query, project, ownParameters)
  if (!filters.ok) return refuse(c, filters.failure)
  const read = readWanted(query, now)
  if (!read.ok) return refuse(c, read.failure)
  const wanted = read.value
  const { cursor } = wanted
  // What follows an earlier part is fixed already.
  if (cursor === null && !(await c.var.catchUp('search', 'counts'))) return refuse(c, behind)

  const [columns, fixed] = await Promise.all([
    readColumns(db, project, wanted.shape, query.get('tz')),
    fixSelection(db, filters.value, wanted),
  ])
  const picked = wanted.columns === null ? columns.shown : pickColumns(columns.all, readKeys(wanted.columns))
  if ('wrong' in picked) {
    const issues = [{ path: 'columns', reason: picked.wrong }]
    return refuse(c, failed('bad-filter', `'columns' ${picked.wrong}.`, { issues }).failure)
  }
  const images = wanted.isArchive ? await findImages(c, fixed) : null
  if (images?.ok === false) return refuse(c, images.failure)
  const shown = images === null ? picked : [...picked, imagesColumn(images.value)]
  const table = { columns: shown, rowsOf: columns.rowsOf }
  const keys = picked.map(({ key }) => key)
  const digest = await digestOf(query, keys, fixed.relaxed)
  if (cursor !== null && cursor.digest !== digest) return refuse(c, badCursor.failure)

  const isLong = wanted.shape === 'long'
  const selection = isLong ? await narrowToAnswers(db, fixed) : fixed
  const after = cursor?.after ?? null
  const until = wanted.limit === null ? null : await findPartEnd(db, selection, after, wanted.limit)
  const whole = { after, until: null }
  const stretch = { after, until }
  const count = isLong ? countAnswers : countStretch
  const [rows, total, hidden, record] = await Promise.all([
    count(db, selection, stretch),
    cursor === null && until !== null ? count(db, selection, whole) : null,
    countHidden(db, fixed),
    wanted.format === 'xlsx' ? findProject(db, project) : null,
  ])
  const asOf = cursor?.asOf ?? wanted.asOf ?? now
  const bornBy = selection.bornBy ?? 0
  const next = until === null ? null : writeCursor({ after: until, bornBy, asOf, isGiven: fixed.asOf !== null, digest })
  const facts = factsOf({ project: record?.name ?? project, now, asOf, query, hidden, columns, picked })
  const format = formatOf(wanted.format, table, { ...wanted, isContinued: cursor !== null, facts })
  const view = makeViewer(c, serverLimits.exportLinkSeconds)
  const rowsOf = wanted.format === 'csv' || wanted.format === 'xlsx' ? table.rowsOf : () => [undefined]
  const pages = readPages({ db, selection, stretch, expected: rows, next, view }, rowsOf)
  const day = new Date(asOf).toISOString().slice(0, 10)
  const body = images === null ? format.stream(pages) : streamArchive(format, pages, images.value, imagesOf(c))
  const [type, extension] = images === null ? [format.type, format.extension] : ['application/zip', 'zip']
  return c.body(body, 200, {
    'content-type': type,
    'content-disposition': `attachment; filename="earshot-${day}.${extension}"`,
    'cache-control': 'no-store',
    'earshot-rows': String(rows),
    'earshot-hidden': `spam=${hidden.spam}, merged=${hidden.merged}`,
    'earshot-as-of': new Date(asOf).toISOString(),
    ...(total === null ? {} : { 'earshot-total': String(total) }),
    ...(next === null ? {} : { 'earshot-next': next }),
    ...(fixed.relaxed === null ? {} : { 'earshot-relaxed': 'true' }),
  })
}

const behind = failed(
  'unavailable',
  'So much came in that names and filters are behind. Nothing is lost; export again in a few seconds.',
  { retryAfter: serverLimits.behindRetrySeconds },
).failure

/** Fixes what is selected: what is counted by now, or was when the first part began. */
async function fixSelection(db: Database, selection: Selection, { cursor, asOf }: Wanted): Promise<Selection> {
  const [relaxed, bornBy] = await Promise.all([
    relaxSearch(db, selection),
    cursor === null ? findProgress(db, 'counts') : cursor.bornBy,
  ])
  return { ...relaxed, bornBy, asOf: cursor === null ? asOf : cursor.isGiven ? cursor.asOf : null, sort: 'oldest' }
}

/** An item without answers has no row in the shape `long`: where it is known which surveys were answered, it is not read. */
async function narrowToAnswers(db: Database, selection: Selection): Promise<Selection> {
  const surveys = await listAnswered(db, selection.project, serverLimits.exportSurveysMax)
  if (surveys === null) return selection
  const group = surveys.length === 0 ? [['survey', '']] : surveys.map((id) => ['survey', id])
  return { ...selection, any: [...selection.any, group as [string, string][]] }
}

/** The images that go along; refused before anything is sent where one request cannot fetch them all. */
async function findImages({ env }: AppContext, selection: Selection): Promise<Outcome<ArchiveImage[]>> {
  if (env.FILES === undefined) {
    return failed('unavailable', 'This collector has no object storage, so there are no images.', { retryAfter: 3_600 })
  }
  const most = serverLimits.exportImagesMax
  const images = nameImages(await listPictured(env.DB, selection, most + 1))
  if (images.length <= most) return done(images)
  const issues = [{ path: 'attachments', reason: `more than ${most} images` }]
  return failed(
    'too-large',
    `The selection has more than ${most} images, which one request cannot fetch. Narrow it, by dates for example; or leave out \`attachments\`, then each row has links to its images; or take the whole project with \`npx earshot backup\`.`,
    { issues },
  )
}

const imagesOf =
  ({ env }: AppContext): ReadImage =>
  async (file) =>
    (await env.FILES?.get(file))?.body ?? null
