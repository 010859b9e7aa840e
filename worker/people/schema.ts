import { createRoute, z } from '@hono/zod-openapi'
import type {
  AccountInput,
  AccountPeople,
  AccountRecord,
  Erasure,
  PersonInput,
  PersonRecord,
  PersonView,
} from '../../sdk/wire/index.ts'
import { limits } from '../../sdk/wire/limits.ts'
import { jsonAnswer, needs, problemResponse } from '../answers/schema.ts'
import { entrySchema } from '../audit/schema.ts'
import { assertType, type Equal } from '../equal.ts'
import { queryParameter } from '../filters/parameters.ts'
import { feedbackSchema, totalSchema } from '../inbox/schema.ts'
import { accountSchema, emailSchema, tagsSchema } from '../intake/schema.ts'
import { deliverySchema } from '../webhooks/schema.ts'

const sourcesSchema = z.record(z.string(), z.object({ by: z.enum(['team', 'signed', 'page']), at: z.string() }))

const recordSchema = z
  .object({
    id: z.uuid(),
    externalId: z.string(),
    verified: z.boolean(),
    name: z.string().optional(),
    email: z.string().optional(),
    traits: tagsSchema,
    account: accountSchema.nullable(),
    sources: sourcesSchema,
    createdAt: z.string(),
    updatedAt: z.string(),
  })
  .openapi('PersonRecord')

const accountRecordSchema = accountSchema
  .extend({ traits: tagsSchema, sources: sourcesSchema, createdAt: z.string(), updatedAt: z.string() })
  .openapi('AccountRecord')

const speakersSchema = z
  .object({
    items: z.array(
      z.object({
        id: z.string().nullable(),
        uuid: z.string().nullable(),
        name: z.string().nullable(),
        email: z.string().nullable(),
        verified: z.boolean(),
        count: z.int(),
        lastAt: z.string(),
      }),
    ),
    looked: totalSchema,
  })
  .openapi('AccountPeople')

const viewSchema = z
  .object({
    people: z.array(recordSchema),
    items: z.array(feedbackSchema),
    next: z.string().nullable(),
    total: totalSchema,
    history: z.array(entrySchema.omit({ id: true, actor: true, requestId: true })).nullable(),
    deliveries: z
      .array(
        deliverySchema
          .omit({ id: true, nextAttemptAt: true })
          .extend({ webhook: z.string() })
          .openapi('PersonDelivery'),
      )
      .nullable(),
  })
  .openapi('PersonView')

const erasureSchema = z.object({ items: z.int(), people: z.int(), remaining: z.int() }).openapi('Erasure')

const storable = (max: number) =>
  z
    .string()
    .max(max)
    .refine((value) => value.isWellFormed() && !value.includes('\u0000'), 'holds characters that cannot be stored')

/** What intake would leave out with a note is refused here: whoever asks can mend it. */
const traitsInput = z
  .record(
    storable(limits.nameMaxChars)
      .min(1)
      .refine((name) => !['__proto__', 'prototype', 'constructor'].includes(name), 'is no name that is allowed'),
    z.union([storable(limits.valueMaxChars), z.number(), z.boolean()]).nullable(),
  )
  .refine((traits) => Object.keys(traits).length <= limits.tagsMax, `more than ${limits.tagsMax}`)

const personInput = z
  .strictObject({
    name: storable(200).nullable().optional(),
    email: emailSchema.pipe(storable(limits.emailMaxChars)).nullable().optional(),
    traits: traitsInput.optional(),
    account: storable(200).min(1).nullable().optional(),
  })
  .openapi('PersonInput')

const accountInput = z
  .strictObject({
    name: storable(200).nullable().optional(),
    plan: storable(200).nullable().optional(),
    revenue: z.number().nullable().optional(),
    traits: traitsInput.optional(),
  })
  .openapi('AccountInput')

assertType<Equal<z.infer<typeof recordSchema>, PersonRecord>>()
assertType<Equal<z.infer<typeof accountRecordSchema>, AccountRecord>>()
assertType<Equal<z.infer<typeof speakersSchema>, AccountPeople>>()
assertType<Equal<z.infer<typeof viewSchema>, PersonView>>()
assertType<Equal<z.infer<typeof erasureSchema>, Erasure>>()
assertType<Equal<z.infer<typeof personInput>, PersonInput>>()
assertType<Equal<z.infer<typeof accountInput>, AccountInput>>()

const inPath = (description: string) =>
  z.object({ id: z.string().openapi({ param: { name: 'id', in: 'path' }, description }) })
const anybody = inPath('A UUID, `external:ID`, `email:ADDRESS` or `anonymous:ID`, URL-encoded.')
const person = inPath('A UUID or `external:ID`, URL-encoded.')
const account = inPath('The account’s id in the customer’s own system, URL-encoded.')
const body = <T extends z.ZodType>(schema: T) =>
  ({ required: true, content: { 'application/json': { schema } } }) as const
const tags = ['People']

export const personRoute = createRoute({
  method: 'get',
  path: '/v1/people/{id}',
  operationId: 'getPerson',
  summary: 'Everything about somebody',
  description:
    'What erasing would take, newest first: the items of the people who are meant and, of nobody else’s, those that name one of their addresses or anonymous ids. A verified person comes with what pages claim under the same id. What was done with it (`history`) and to whom it was told (`deliveries`) need `admin` and are null without, as the audit log and webhooks do.',
  tags,
  ...needs('read'),
  parameters: [
    queryParameter('project', 'Needed only by a member of several projects.'),
    queryParameter('limit', `${limits.pageDefault} unless told, ${limits.pageMax} at most.`, 'integer'),
    queryParameter('cursor', 'The `next` of the page before.'),
  ],
  request: { params: anybody },
  responses: { 200: jsonAnswer(viewSchema, 'A page of it'), default: problemResponse },
})

export const updatePersonRoute = createRoute({
  method: 'put',
  path: '/v1/people/{id}',
  operationId: 'putPerson',
  summary: 'What the team knows of somebody',
  description: 'What is left out stays, null removes. `external:ID` makes a verified person where there is none.',
  tags,
  ...needs('write', 'person.update'),
  request: { params: person, body: body(personInput) },
  responses: { 200: jsonAnswer(recordSchema, 'The person as known now'), default: problemResponse },
})

export const erasePersonRoute = createRoute({
  method: 'delete',
  path: '/v1/people/{id}',
  operationId: 'erasePerson',
  summary: 'Erase somebody',
  description:
    'Takes what `GET` shows. What was said before and comes late is refused with 410 `erased`. Ask again while something remains; asking again does no harm.',
  tags,
  ...needs('admin', 'person.erase'),
  request: { params: anybody },
  responses: { 200: jsonAnswer(erasureSchema, 'What was erased, and what remains'), default: problemResponse },
})

export const accountRoute = createRoute({
  method: 'get',
  path: '/v1/accounts/{id}',
  operationId: 'getAccount',
  summary: 'What is known of an account',
  tags,
  ...needs('read'),
  request: { params: account },
  responses: { 200: jsonAnswer(accountRecordSchema, 'The account as known now'), default: problemResponse },
})

export const accountPeopleRoute = createRoute({
  method: 'get',
  path: '/v1/accounts/{id}/people',
  operationId: 'listAccountPeople',
  summary: 'Who spoke for an account',
  description:
    'From its latest 5,000 items, spam left out, in every environment: at most 200 people. What they said is `GET /v1/feedback?account=ID`.',
  tags,
  ...needs('read'),
  request: { params: account },
  responses: { 200: jsonAnswer(speakersSchema, 'Who spoke, how often, and when last'), default: problemResponse },
})

export const updateAccountRoute = createRoute({
  method: 'put',
  path: '/v1/accounts/{id}',
  operationId: 'putAccount',
  summary: 'What the team knows of an account',
  description: 'What is left out stays, null removes.',
  tags,
  ...needs('write', 'account.update'),
  request: { params: account, body: body(accountInput) },
  responses: { 200: jsonAnswer(accountRecordSchema, 'The account as known now'), default: problemResponse },
})
