import { createRoute, z } from '@hono/zod-openapi'
import {
  type Estimate,
  type Period,
  periodUnits,
  type RatingScale,
  ratingScales,
  type ResponseRate,
  type Scores,
  type Volume,
  volumeDimensions,
} from '../../sdk/wire/index.ts'
import { jsonAnswer, needs, problemResponse } from '../answers/schema.ts'
import { assertType, type Equal } from '../equal.ts'
import { filterParameters, queryParameter } from '../filters/parameters.ts'
import { seriesDefault, seriesMax } from './series.ts'
import { periodsDefault, periodsMax } from './period.ts'

const scaleSchema = z.enum(Object.keys(ratingScales) as RatingScale[])
const periodSchema = z
  .object({ from: z.string(), to: z.string(), partial: z.boolean().optional() })
  .openapi('InsightPeriod')
const intervalSchema = z.object({ low: z.number(), high: z.number() }).openapi('Interval')
const estimateSchema = z
  .object({ value: z.number().nullable(), interval: intervalSchema.nullable() })
  .openapi('Estimate')

const calendar = {
  by: z.enum(periodUnits),
  timeZone: z.string(),
  weekStart: z.enum(['monday', 'sunday']),
}

const scorePeriodSchema = estimateSchema
  .extend({
    n: z.int(),
    answers: z.int(),
    counts: z.record(z.string(), z.int()),
    late: z.int(),
    period: periodSchema,
    change: estimateSchema.nullable(),
  })
  .openapi('ScorePeriod')

const scoresSchema = z
  .object({
    scale: scaleSchema,
    measure: z.enum(['nps', 'share', 'mean']),
    ...calendar,
    periods: z.array(scorePeriodSchema),
    total: scorePeriodSchema,
    previous: scorePeriodSchema,
  })
  .openapi('Scores')

const seriesSchema = z
  .object({
    value: z.string().nullable(),
    counts: z.array(z.int()),
    total: z.int(),
    previous: z.int(),
    change: estimateSchema,
  })
  .openapi('VolumeSeries')

const volumeSchema = z
  .object({
    ...calendar,
    periods: z.array(periodSchema),
    previous: periodSchema,
    total: seriesSchema,
    series: z.array(seriesSchema),
    dimension: z.string().nullable(),
  })
  .openapi('Volume')

const responsePeriodSchema = estimateSchema
  .extend({ period: periodSchema, displays: z.int(), responses: z.int() })
  .openapi('ResponsePeriod')

const responsesSchema = z
  .object({
    survey: z.string(),
    ...calendar,
    periods: z.array(responsePeriodSchema),
    total: responsePeriodSchema,
    previous: responsePeriodSchema,
  })
  .openapi('ResponseRate')

assertType<Equal<z.infer<typeof periodSchema>, Period>>()
assertType<Equal<z.infer<typeof estimateSchema>, Estimate>>()
assertType<Equal<z.infer<typeof scoresSchema>, Scores>>()
assertType<Equal<z.infer<typeof volumeSchema>, Volume>>()
assertType<Equal<z.infer<typeof responsesSchema>, ResponseRate>>()

const byParameter = queryParameter(
  'by',
  `\`day\`, \`week\` (unless told) or \`month\`, in the project's zone. Without \`from\` the last ` +
    `${periodsDefault.day} days, ${periodsDefault.week} weeks or ${periodsDefault.month} months; at most ${periodsMax} periods.`,
)
/** Here dates without `tz` are days of the project's zone. */
const filters = filterParameters.filter(({ name }) => name !== 'sort')
const about = { tags: ['Insight'], ...needs('read') }

export const scoresRoute = createRoute({
  ...about,
  method: 'get',
  path: '/v1/insight/scores',
  operationId: 'getScores',
  summary: 'A score by day, week or month, with 95 % intervals',
  description:
    'One answer a person and period, the latest. Dates without `tz` are days of the project’s zone. A change is against the period before; that of `total` against `previous`.',
  parameters: [
    ...filters.filter(({ name }) => name !== 'scale'),
    queryParameter('scale', '`nps` unless told, `csat`, `ces`, `stars` or `thumbs`.'),
    byParameter,
  ],
  responses: { 200: jsonAnswer(scoresSchema, 'The score, period by period'), default: problemResponse },
})

export const volumeRoute = createRoute({
  ...about,
  method: 'get',
  path: '/v1/insight/volume',
  operationId: 'getVolume',
  summary: 'How many items by day, week or month, split by a dimension',
  description: 'The numbers are those that the list counts for the same filters and dates.',
  parameters: [
    ...filters,
    byParameter,
    queryParameter('dimension', `${volumeDimensions.join(', ')}, tag.NAME or trait.NAME.`),
    queryParameter('limit', `Values to name, ${seriesDefault} unless told, ${seriesMax} at most.`, 'integer'),
  ],
  responses: { 200: jsonAnswer(volumeSchema, 'Items, period by period'), default: problemResponse },
})

export const responsesRoute = createRoute({
  ...about,
  method: 'get',
  path: '/v1/insight/responses',
  operationId: 'getResponses',
  summary: 'How many of those who saw a survey answered it',
  description: 'Displays are known by survey, environment and day alone, so no other filter is taken.',
  parameters: [
    ...filters.filter(({ name }) => ['project', 'environment', 'from', 'to', 'tz'].includes(name)),
    { ...queryParameter('survey', 'The id of the survey.'), required: true },
    byParameter,
  ],
  responses: { 200: jsonAnswer(responsesSchema, 'Rates, period by period'), default: problemResponse },
})
