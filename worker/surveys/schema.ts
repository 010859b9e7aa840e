import { createRoute, z } from '@hono/zod-openapi'
import {
  type LocalText,
  type NewSurvey,
  questionTypes,
  type Survey,
  type SurveyDefinition,
  type SurveyDisplay,
  type SurveyEdit,
  type SurveyHistory,
  type SurveyPatch,
  type SurveyQuestion,
} from '../../sdk/wire/index.ts'
import { limits } from '../../sdk/wire/limits.ts'
import { surveyIdForm } from '../../sdk/wire/survey.ts'
import { idInPath, jsonAnswer, needs, problemResponse } from '../answers/schema.ts'
import { assertType, type Equal } from '../equal.ts'
import { queryParameter } from '../filters/parameters.ts'
import { serverLimits } from '../limits.ts'

/** A key that survives relabelling: of a survey, a question, a choice. */
const key = z
  .string()
  .max(60, 'has at most 60 characters')
  .regex(surveyIdForm, 'must be lower-case letters, digits and hyphens')
const localText = z.record(
  z.string(),
  z
    .string()
    .max(limits.surveyTextMaxChars, `has at most ${limits.surveyTextMaxChars} characters`)
    .refine((text) => text.trim() !== '', 'is empty'),
)
const days = z.int('must be a whole number').min(0, 'must not be negative').max(3_650, 'is over ten years')

const branchSchema = z.strictObject({
  when: z.strictObject({
    is: z
      .array(z.union([z.string(), z.number()]))
      .min(1, 'is empty, so it never holds')
      .max(100)
      .optional(),
    min: z.number().optional(),
    max: z.number().optional(),
    answered: z.boolean().optional(),
  }),
  go: z.string(),
})

const questionSchema = z.strictObject({
  id: key,
  type: z.enum(questionTypes, `must be one of ${questionTypes.join(', ')}`),
  text: localText,
  hint: localText.optional(),
  required: z.boolean().optional(),
  low: localText.optional(),
  high: localText.optional(),
  choices: z.array(z.strictObject({ id: key, text: localText })).optional(),
  next: z.array(branchSchema).max(limits.surveyChoicesMax).optional(),
})

const targetingSchema = z.strictObject({
  paths: z.array(z.string().max(200).regex(/^[/*]/, 'must begin with / or *')).max(50).optional(),
  event: z.string().min(1, 'is empty').max(limits.nameMaxChars).optional(),
  tags: z
    .record(
      z.string().min(1).max(limits.nameMaxChars),
      z.array(z.union([z.string().max(limits.valueMaxChars), z.number(), z.boolean()])).max(50),
    )
    .optional(),
  percentage: z.number().min(0, 'must be 0 to 100').max(100, 'must be 0 to 100').optional(),
  delaySeconds: z.number().min(0, 'must not be negative').max(86_400, 'is over a day').optional(),
  everyDays: days.min(1, 'must be at least 1').nullable().optional(),
  quietDays: days.optional(),
})

/** What is asked: a change of it is a new version. */
const asked = {
  language: z.string(),
  questions: z
    .array(questionSchema)
    .min(1, 'needs at least one question')
    .max(limits.surveyQuestionsMax, `has more than ${limits.surveyQuestionsMax} questions`),
  thanks: localText.optional(),
}
/** To whom; it may change without another version. */
const targeting = { targeting: targetingSchema.optional() }
const state = z.enum(['draft', 'live', 'paused'], 'must be draft, live or paused')
const name = z.string().trim().min(1, 'is empty').max(100, 'has at most 100 characters')

/** What decides whether a survey can be answered. */
export interface Asked {
  language: string
  questions: SurveyQuestion[]
  thanks?: LocalText
}

export const definitionSchema = z
  .object({ id: key, version: z.int().min(1), ...asked, ...targeting })
  .openapi('SurveyDefinition')

export const surveySchema = z
  .object({
    ...definitionSchema.shape,
    name: z.string(),
    state,
    createdAt: z.string(),
    updatedAt: z.string(),
    displays: z.int(),
    responses: z.int(),
  })
  .openapi('Survey')

const historySchema = z.object({ ...surveySchema.shape, versions: z.array(definitionSchema) }).openapi('SurveyHistory')

export const newSurveySchema = z
  .strictObject({ id: key, name, state: state.optional(), version: z.int().optional(), ...asked, ...targeting })
  .openapi('NewSurvey')

export const editedSurveySchema = z
  .strictObject({ id: key.optional(), name, version: z.int().optional(), ...asked, ...targeting })
  .openapi('EditedSurvey')

export const surveyPatchSchema = z
  .strictObject({ state: state.optional(), name: name.optional() })
  .openapi('SurveyPatch')

const displaySchema = z.strictObject({
  survey: key,
  version: z.int().min(1),
  count: z.int().min(1).max(serverLimits.displayCountMax),
})

export const displaysSchema = z
  .strictObject({ displays: z.array(displaySchema).max(serverLimits.displayLinesMax) })
  .openapi('SurveyDisplays')

assertType<Equal<z.infer<typeof definitionSchema>, SurveyDefinition>>()
assertType<Equal<z.infer<typeof surveySchema>, Survey>>()
assertType<Equal<z.infer<typeof historySchema>, SurveyHistory>>()
assertType<Equal<z.infer<typeof displaySchema>, SurveyDisplay>>()
assertType<Equal<z.infer<typeof newSurveySchema>, NewSurvey>>()
assertType<Equal<z.infer<typeof editedSurveySchema>, SurveyEdit>>()
assertType<Equal<z.infer<typeof surveyPatchSchema>, SurveyPatch>>()

const tags = ['Surveys']
const environment = queryParameter('environment', 'Whose displays and responses are counted; `production` unless told.')
const bodyOf = (schema: z.ZodType) => ({ body: { required: true, content: { 'application/json': { schema } } } })

export const listSurveysRoute = createRoute({
  method: 'get',
  path: '/v1/surveys',
  operationId: 'listSurveys',
  summary: 'Every survey, the newest first',
  tags,
  ...needs('read'),
  parameters: [environment],
  responses: { 200: jsonAnswer(z.object({ items: z.array(surveySchema) }), 'The surveys'), default: problemResponse },
})

export const createSurveyRoute = createRoute({
  method: 'post',
  path: '/v1/surveys',
  operationId: 'createSurvey',
  summary: 'Make a survey',
  description: 'A draft unless told. An id is never used again, not even after deletion.',
  tags,
  ...needs('write', 'survey.create'),
  request: bodyOf(newSurveySchema),
  responses: { 201: jsonAnswer(surveySchema, 'Made'), default: problemResponse },
})

export const findSurveyRoute = createRoute({
  method: 'get',
  path: '/v1/surveys/{id}',
  operationId: 'getSurvey',
  summary: 'One survey with its older versions',
  tags,
  ...needs('read'),
  parameters: [environment],
  request: { params: idInPath },
  responses: { 200: jsonAnswer(historySchema, 'The survey, `versions` newest first'), default: problemResponse },
})

export const replaceSurveyRoute = createRoute({
  method: 'put',
  path: '/v1/surveys/{id}',
  operationId: 'replaceSurvey',
  summary: 'Change what a survey asks, and of whom',
  description:
    'A change of language, questions or thanks is a new version; older ones stay readable. Give `version` to be refused with 409 when somebody was faster.',
  tags,
  ...needs('write', 'survey.update'),
  request: { params: idInPath, ...bodyOf(editedSurveySchema) },
  responses: { 200: jsonAnswer(surveySchema, 'The survey as it is now'), default: problemResponse },
})

export const updateSurveyRoute = createRoute({
  method: 'patch',
  path: '/v1/surveys/{id}',
  operationId: 'updateSurvey',
  summary: 'Start or pause a survey, or rename it',
  tags,
  ...needs('write', 'survey.update'),
  request: { params: idInPath, ...bodyOf(surveyPatchSchema) },
  responses: { 200: jsonAnswer(surveySchema, 'The survey as it is now'), default: problemResponse },
})

export const deleteSurveyRoute = createRoute({
  method: 'delete',
  path: '/v1/surveys/{id}',
  operationId: 'deleteSurvey',
  summary: 'Delete a survey and its versions',
  description: 'What was answered stays. To keep the words of the questions beside the answers, pause it instead.',
  tags,
  ...needs('write', 'survey.delete'),
  request: { params: idInPath },
  responses: { 204: { description: 'Deleted' }, default: problemResponse },
})

export const displaysRoute = createRoute({
  method: 'post',
  path: '/v1/displays',
  operationId: 'countDisplays',
  summary: 'Count how often surveys were shown',
  description: 'JSON, as text/plain too. Surveys and versions that are not known are passed over.',
  tags: ['Public'],
  parameters: [{ name: 'key', in: 'query', required: true, schema: { type: 'string', pattern: '^pub_' } }],
  request: {
    body: {
      required: true,
      content: {
        'application/json': { schema: displaysSchema },
        'text/plain': { schema: z.string().openapi({ description: 'The same JSON' }) },
      },
    },
  },
  responses: { 204: { description: 'Counted' }, default: problemResponse },
})
