import { isScale, ratingScales, type Volume, type VolumeSeries, volumeDimensions } from '../../sdk/wire/index.ts'
import { requireScope } from '../access/guard.ts'
import { refuse } from '../access/refuse.ts'
import { makeRoom } from '../access/room.ts'
import { failed } from '../failure.ts'
import { readLimit } from '../filters/limit.ts'
import { countAnswers } from '../storage/answers.ts'
import type { Database } from '../storage/database.ts'
import { countDisplays } from '../storage/displays.ts'
import { listLabels } from '../storage/labels.ts'
import { type ProjectSettings, statusesOf } from '../storage/projects.ts'
import type { Range } from '../storage/ranges.ts'
import type { Selection } from '../storage/selection.ts'
import { countAll, countByValue, countInRanges, isCrowded, withFacet } from '../storage/volume.ts'
import { type Asked, headOf, readAsked } from './ask.ts'
import { responseOf } from './response.ts'
import { responsesRoute, scoresRoute, volumeRoute } from './schema.ts'
import { measures } from './score.ts'
import { scoreRanges, scoresOf } from './scores.ts'
import { seriesDefault, seriesMax } from './series.ts'
import { restOf, seriesOf } from './volume.ts'

/** Numbers with their uncertainty. Needs `read`. */
export const insight = makeRoom()

insight.get('/v1/insight/*', requireScope('read'))

const refused = (path: string, detail: string) =>
  failed('bad-filter', detail, { issues: [{ path, reason: detail }] }).failure

insight.openapi(scoresRoute, async (c) => {
  const scale = c.req.query('scale') ?? 'nps'
  if (!isScale(scale)) return refuse(c, refused('scale', `'scale' is one of ${Object.keys(ratingScales).join(', ')}.`))
  const asked = await readAsked(c, ['scale'])
  if (!asked.ok) return refuse(c, asked.failure)
  const { timeline, selection } = asked.value
  const counted = await countAnswers(c.env.DB, selection, scale, scoreRanges(timeline))
  const chart = scoresOf(scale, timeline, counted)
  return c.json({ scale, measure: measures[scale], ...headOf(asked.value), ...chart }, 200)
})

insight.openapi(volumeRoute, async (c) => {
  const dimension = c.req.query('dimension') ?? null
  if (dimension !== null && !isDimension(dimension)) {
    const known = `${volumeDimensions.join(', ')}, tag.NAME or trait.NAME`
    return refuse(c, refused('dimension', `'dimension' is one of ${known}.`))
  }
  const limit = readLimit(new URL(c.req.url).searchParams, seriesDefault, seriesMax)
  if (!limit.ok) return refuse(c, limit.failure)
  const asked = await readAsked(c, ['dimension', 'limit'])
  if (!asked.ok) return refuse(c, asked.failure)
  const { total, series } = await countVolume(c.env.DB, asked.value, dimension, limit.value)
  const { periods, previous } = asked.value.timeline
  const days = { periods: periods.map(({ period }) => period), previous: previous.period }
  return c.json({ ...headOf(asked.value), ...days, total, series, dimension }, 200)
})

const isDimension = (text: string): boolean =>
  (volumeDimensions as readonly string[]).includes(text) || /^(tag|trait)\../.test(text)

async function countVolume(
  db: Database,
  { selection, timeline, settings }: Asked,
  dimension: string | null,
  limit: number,
): Promise<Pick<Volume, 'total' | 'series'>> {
  const ranges = [timeline.previous, ...timeline.periods]
  if (dimension === null) {
    return { total: seriesOf(null, await countAll(db, selection, ranges)), series: [] }
  }
  const known = await knownValues(db, selection.project, settings, dimension)
  const { all, values } = await countByValue(db, selection, ranges, { dimension, known, limit })
  const rest = seriesOf(
    null,
    dimension === 'label'
      ? await countUnlabelled(db, selection, ranges, values)
      : restOf(
          all,
          values.map(({ counts }) => counts),
        ),
  )
  const series: VolumeSeries[] = values.map(({ value, counts }) => seriesOf(value, counts))
  return { total: seriesOf(null, all), series: rest.total + rest.previous > 0 ? [...series, rest] : series }
}

/** An item may have several labels: what has none of those that are shown is counted, not left over. */
async function countUnlabelled(
  db: Database,
  selection: Selection,
  ranges: readonly Range[],
  shown: readonly { value: string }[],
): Promise<number[]> {
  const none = [...selection.none, ...shown.map(({ value }) => ['label', value] as const)]
  const crowded = await isCrowded(db, selection.project, ranges)
  const [counts = []] = await countInRanges(db, [{ ...selection, none }], ranges, crowded)
  return counts
}

/** All values of what triage moves, which the project knows; null for a dimension that the rollups hold. */
async function knownValues(
  db: Database,
  project: string,
  settings: ProjectSettings,
  dimension: string,
): Promise<string[] | null> {
  if (dimension === 'label') return listLabels(db, project)
  return dimension === 'status' ? statusesOf(settings).map(({ key }) => key) : null
}

const responseParameters = ['project', 'environment', 'from', 'to', 'tz', 'survey', 'by']

insight.openapi(responsesRoute, async (c) => {
  const query = new URL(c.req.url).searchParams
  const other = [...query.keys()].find((name) => !responseParameters.includes(name))
  if (other !== undefined) {
    const detail = `There is no parameter '${other}' here; there are ${responseParameters.slice(1).join(', ')}.`
    return refuse(c, failed('unknown-filter', detail, { issues: [{ path: other, reason: 'unknown' }] }).failure)
  }
  const [survey, second] = query.getAll('survey')
  if (survey === undefined || second !== undefined) {
    return refuse(c, refused('survey', "Say which survey's: ?survey=nps; one at a time."))
  }
  const asked = await readAsked(c, ['survey'])
  if (!asked.ok) return refuse(c, asked.failure)
  const { timeline, selection } = asked.value
  const spans = [timeline.previous, ...timeline.periods]
  const crowded = await isCrowded(c.env.DB, selection.project, spans)
  const [displays, [responses = []]] = await Promise.all([
    countDisplays(
      c.env.DB,
      { project: selection.project, survey, environments: selection.environments },
      spans.map(({ period }) => period),
    ),
    countInRanges(c.env.DB, [withFacet(selection, ['survey', survey])], spans, crowded),
  ])
  if (displays === null) return refuse(c, failed('not-found', 'There is no such survey, or it is not yours.').failure)
  const rates = spans.map((span, i) => responseOf(span, displays[i] ?? 0, responses[i] ?? 0))
  const [previous = responseOf(timeline.previous, 0, 0), ...periods] = rates
  const sum = (of: 'displays' | 'responses') => periods.reduce((total, period) => total + period[of], 0)
  const total = responseOf(timeline.total, sum('displays'), sum('responses'))
  return c.json({ survey, ...headOf(asked.value), periods, total, previous }, 200)
})
