import { z } from '@hono/zod-openapi'
import { questionTypes, type SurveyDefinition } from '../../sdk/wire/index.ts'
import { limits } from '../../sdk/wire/limits.ts'
import { assertType, type Equal } from '../equal.ts'

/** A key that survives relabelling: of a survey, a question, a choice. */
const key = z
  .string()
  .max(60, 'has at most 60 characters')
  .regex(/^[a-z0-9][a-z0-9-]*$/, 'must be lower-case letters, digits and hyphens')
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

export const definitionSchema = z
  .object({
    id: key,
    version: z.int().min(1),
    language: z.string(),
    questions: z
      .array(questionSchema)
      .min(1, 'needs at least one question')
      .max(limits.surveyQuestionsMax, `has at most ${limits.surveyQuestionsMax} questions`),
    thanks: localText.optional(),
    targeting: targetingSchema.optional(),
  })
  .openapi('SurveyDefinition')

assertType<Equal<z.infer<typeof definitionSchema>, SurveyDefinition>>()
