import { createRoute, z } from '@hono/zod-openapi'
import type {
  NewPasskey,
  Passkey,
  PasskeyList,
  PasskeyOptions,
  PasskeyPatch,
  PasskeySignIn,
} from '../../../sdk/wire/index.ts'
import { idInPath, jsonAnswer, needs, problemResponse } from '../../answers/schema.ts'
import { assertType, type Equal } from '../../equal.ts'
import { sessionSchema } from '../schema.ts'

const bytes = z.string().regex(/^[\w-]+$/, 'is no base64url')
const passkeyName = z.string().trim().min(1).max(100)

const passkeySchema = z
  .object({
    id: z.string(),
    name: z.string(),
    synced: z.boolean(),
    opensAll: z.boolean(),
    createdAt: z.string(),
    lastUsedAt: z.string().nullable(),
  })
  .openapi('Passkey')

const passkeyListSchema = z.object({ items: z.array(passkeySchema), hidden: z.int() }).openapi('PasskeyList')

const passkeyPatchSchema = z
  .strictObject({ name: passkeyName.optional(), opensAll: z.literal(true).optional() })
  .openapi('PasskeyPatch')

const optionsSchema = z.object({ publicKey: z.record(z.string(), z.unknown()) }).openapi('PasskeyOptions')

const newPasskeySchema = z
  .strictObject({
    name: passkeyName,
    // Not strict: browsers say more than is read here, and each version a little more.
    credential: z.object({
      id: bytes.max(1_400),
      rawId: bytes.max(1_400),
      type: z.literal('public-key'),
      response: z.object({
        clientDataJSON: bytes.max(4_000),
        attestationObject: bytes.max(20_000),
        transports: z.array(z.string().max(40)).max(10).optional(),
      }),
    }),
  })
  .openapi('NewPasskey')

const passkeySignInSchema = z
  .strictObject({
    credential: z.object({
      id: bytes.max(1_400),
      rawId: bytes.max(1_400),
      type: z.literal('public-key'),
      response: z.object({
        clientDataJSON: bytes.max(4_000),
        authenticatorData: bytes.max(4_000),
        signature: bytes.max(10_000),
        userHandle: bytes.max(200).nullable().optional(),
      }),
    }),
  })
  .openapi('PasskeySignIn')

assertType<Equal<z.infer<typeof passkeySchema>, Passkey>>()
assertType<Equal<z.infer<typeof passkeyListSchema>, PasskeyList>>()
assertType<Equal<z.infer<typeof passkeyPatchSchema>, PasskeyPatch>>()
assertType<Equal<z.infer<typeof optionsSchema>, PasskeyOptions>>()
assertType<Equal<z.infer<typeof newPasskeySchema>, NewPasskey>>()
assertType<Equal<z.infer<typeof passkeySignInSchema>, PasskeySignIn>>()

const tags = ['Access']
const body = <T extends z.ZodType>(schema: T) => ({
  required: true as const,
  content: { 'application/json': { schema } },
})

export const passkeysRoute = createRoute({
  method: 'get',
  path: '/v1/passkeys',
  operationId: 'listPasskeys',
  summary: 'Your passkeys',
  description: 'As far as they open no more projects than this session does; others are counted, and stay as they are.',
  tags,
  ...needs('session'),
  responses: { 200: jsonAnswer(passkeyListSchema, 'Oldest first'), default: problemResponse },
})

export const passkeyOptionsRoute = createRoute({
  method: 'post',
  path: '/v1/passkeys/options',
  operationId: 'getPasskeyOptions',
  summary: 'What a browser makes a passkey from',
  description: 'For `navigator.credentials.create`. Its challenge works once, for five minutes.',
  tags,
  ...needs('session'),
  responses: { 200: jsonAnswer(optionsSchema, 'The options'), default: problemResponse },
})

export const createPasskeyRoute = createRoute({
  method: 'post',
  path: '/v1/passkeys',
  operationId: 'createPasskey',
  summary: 'Add a passkey',
  description: `It signs in to the projects that this session sees. Twenty at most.`,
  tags,
  ...needs('session', 'passkey.create'),
  request: { body: body(newPasskeySchema) },
  responses: { 201: jsonAnswer(passkeySchema, 'The passkey'), default: problemResponse },
})

export const updatePasskeyRoute = createRoute({
  method: 'patch',
  path: '/v1/passkeys/{id}',
  operationId: 'updatePasskey',
  summary: 'Name a passkey, or let it sign in to all your projects',
  tags,
  ...needs('session', 'passkey.update'),
  request: { params: idInPath, body: body(passkeyPatchSchema) },
  responses: { 200: jsonAnswer(passkeySchema, 'The passkey as it is now'), default: problemResponse },
})

export const deletePasskeyRoute = createRoute({
  method: 'delete',
  path: '/v1/passkeys/{id}',
  operationId: 'deletePasskey',
  summary: 'Remove a passkey',
  description: 'It signs nobody in any more. Sessions that began with it go on until they are ended.',
  tags,
  ...needs('session', 'passkey.delete'),
  request: { params: idInPath },
  responses: { 204: { description: 'Removed' }, default: problemResponse },
})

export const signInOptionsRoute = createRoute({
  method: 'post',
  path: '/v1/sign-in/options',
  operationId: 'getSignInOptions',
  summary: 'What a browser signs in with',
  description:
    'For `navigator.credentials.get`: any passkey of this host will do, no name is asked for. The challenge works once, for five minutes.',
  tags,
  security: [],
  responses: { 200: jsonAnswer(optionsSchema, 'The options'), default: problemResponse },
})

export const signInRoute = createRoute({
  method: 'post',
  path: '/v1/sign-in',
  operationId: 'signIn',
  summary: 'Sign in with a passkey',
  description:
    'Begins a new session, sets its cookie, and ends the one that came along. From the console’s own pages only.',
  tags,
  security: [],
  request: { body: body(passkeySignInSchema) },
  responses: { 200: jsonAnswer(sessionSchema, 'Who is signed in now'), default: problemResponse },
})
