import { createRoute, z } from '@hono/zod-openapi'
import type { Json, NoteCode, Rating, Receipt, Screened, Submission } from '../../sdk/wire/index.ts'
import { noteCodes, ratingScales, screenCodes } from '../../sdk/wire/index.ts'
import { limits } from '../../sdk/wire/limits.ts'
import { assertType, type Equal } from '../equal.ts'
import { problemResponse } from '../answers/schema.ts'

const text = (max: number) => z.string().max(max)
const json: z.ZodType<Json> = z.json().openapi({ type: 'object' })
const jsonObject = z.record(z.string(), json)
const primitive = z.union([z.string().max(limits.valueMaxChars), z.number(), z.boolean()])
export const tagsSchema = z
  .record(z.string().min(1).max(limits.nameMaxChars), primitive)
  .refine((tags) => Object.keys(tags).length <= limits.tagsMax, `more than ${limits.tagsMax}`)
  .openapi('Tags')

export const emailSchema = z
  .string()
  .max(limits.emailMaxChars)
  .regex(/^[^\s@<>]+@[^\s@<>]+$/, 'is no e-mail address')

export const ratingSchema = z
  .object({
    scale: z.enum(Object.keys(ratingScales) as (keyof typeof ratingScales)[]),
    value: z.int(),
  })
  .refine(({ scale, value }) => value >= ratingScales[scale].min && value <= ratingScales[scale].max, {
    message: 'is outside of its scale',
  })
  .openapi('Rating')

export const accountSchema = z
  .object({
    id: text(200).min(1),
    name: text(200).optional(),
    plan: text(200).optional(),
    revenue: z.number().optional(),
    traits: tagsSchema.optional(),
  })
  .openapi('Account')

export const personSchema = z
  .object({
    id: text(200).min(1).optional(),
    name: text(200).optional(),
    email: emailSchema.optional(),
    traits: tagsSchema.optional(),
    account: accountSchema.optional(),
  })
  .openapi('Person')

export const surveySchema = z
  .object({
    id: text(100).min(1),
    version: z.int().min(0),
    answers: z
      .array(
        z.object({
          question: text(100).min(1),
          value: z.union([z.string(), z.number(), z.boolean(), z.array(z.string()).max(100)]),
        }),
      )
      .max(limits.surveyAnswersMax),
  })
  .openapi('SurveyResponse')

export const pageSchema = z
  .object({
    url: text(limits.urlMaxChars).optional(),
    title: text(limits.titleMaxChars).optional(),
    referrer: text(limits.urlMaxChars).optional(),
    locale: text(40).optional(),
    timeZone: text(60).optional(),
    viewport: z.object({ width: z.number(), height: z.number(), ratio: z.number().optional() }).optional(),
    device: z
      .object({
        browser: text(100).optional(),
        os: text(100).optional(),
        form: text(40).optional(),
        userAgent: text(500).optional(),
      })
      .optional(),
  })
  .openapi('Page')

export const crumbSchema = z
  .object({
    at: text(40),
    message: text(limits.crumbMaxChars),
    type: text(40).optional(),
    data: jsonObject.optional(),
  })
  .openapi('Crumb')

export const announcedSchema = z.object({ type: text(60), bytes: z.int().min(0) }).openapi('AnnouncedAttachment')

/** Time as ISO 8601 with a zone; the collector's own check of what is possible comes after. */
export const timeSchema = text(40).refine((value) => !Number.isNaN(Date.parse(value)), 'is no time')

export const idSchema = z
  .uuid()
  .openapi({ description: 'UUID, lower case', example: '0198c5a2-7d1e-7c3a-9b52-0d6d7c1f4e11' })

export const submissionSchema = z
  .object({
    id: idSchema,
    kind: z
      .string()
      .regex(/^[a-z0-9][a-z0-9-]*$/, 'is no key of lower-case letters, digits and hyphens')
      .max(limits.kindMaxChars)
      .optional(),
    message: z.string().optional(),
    rating: ratingSchema.optional(),
    survey: surveySchema.optional(),
    email: emailSchema.optional(),
    mayContact: z.boolean().optional(),
    mayContactVersion: text(40).optional(),
    token: z.string().optional(),
    person: personSchema.optional(),
    anonymousId: text(100).optional(),
    tags: tagsSchema.optional(),
    context: z.record(z.string(), jsonObject).optional(),
    crumbs: z.array(crumbSchema).optional(),
    page: pageSchema.optional(),
    release: text(limits.releaseMaxChars).optional(),
    createdAt: timeSchema.optional(),
    sentAt: timeSchema.optional(),
    revision: z.int().min(0).optional(),
    edit: z.string().optional(),
    attachments: z.array(announcedSchema).max(limits.attachmentsMax).optional(),
    dropped: z.record(z.string(), z.int().min(0)).optional(),
    signals: z.object({ elapsedMs: z.number().optional(), trap: z.string().optional() }).optional(),
    sdk: text(100).optional(),
  })
  .openapi('Submission')

export const noteSchema = z
  .object({
    path: z.string(),
    code: z.enum(Object.keys(noteCodes) as NoteCode[]),
    detail: z.string(),
  })
  .openapi('Note')

export const screenedSchema = z
  .object({
    score: z.number().min(0).max(100),
    reasons: z
      .array(z.object({ code: z.enum(screenCodes), points: z.number().min(0).max(100), detail: text(200) }))
      .max(screenCodes.length),
  })
  .openapi('Screened')

export const receiptSchema = z
  .object({
    id: idSchema,
    reference: z.string().length(8),
    receivedAt: z.string(),
    notes: z.array(noteSchema),
    edit: z.string().optional(),
    upload: z.array(z.string()).optional(),
  })
  .openapi('Receipt')

assertType<Equal<z.infer<typeof submissionSchema>, Submission>>()
assertType<Equal<z.infer<typeof receiptSchema>, Receipt>>()
assertType<Equal<z.infer<typeof screenedSchema>, Screened>>()
assertType<Equal<z.infer<typeof ratingSchema>, Rating>>()

const receiptContent = { content: { 'application/json': { schema: receiptSchema } } }

/** How the public route stands in the OpenAPI document. The intake itself is a plain handler: every millisecond counts. */
export const submitRoute = createRoute({
  method: 'post',
  path: '/v1/feedback',
  operationId: 'submitFeedback',
  tags: ['Public'],
  summary: 'Submit feedback',
  description:
    'Nothing said is refused for a detail: what cannot be stored is left out or replaced, and `notes` say so. JSON sent as text/plain is a simple request and needs no preflight.',
  parameters: [{ name: 'key', in: 'query', required: true, schema: { type: 'string', pattern: '^pub_' } }],
  request: {
    body: {
      required: true,
      content: {
        'application/json': { schema: submissionSchema },
        'text/plain': { schema: z.string().openapi({ description: 'The same JSON' }) },
      },
    },
  },
  responses: {
    201: { description: 'Stored', ...receiptContent },
    200: { description: 'A repeat: the same receipt', ...receiptContent },
    default: problemResponse,
  },
})
