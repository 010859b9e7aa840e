import { createRoute, z } from '@hono/zod-openapi'
import {
  type CreatedKey,
  type Key,
  type KeyPatch,
  type KeyRotation,
  keyTypes,
  type NewKey,
  type NewSignInLink,
  type RotatedKey,
  type Scope,
  scopes,
  type Session,
  type SignInLink,
  type SigningState,
} from '../../sdk/wire/index.ts'
import { assertType, type Equal } from '../equal.ts'
import { idInPath, jsonAnswer, needs, problemResponse } from '../answers/schema.ts'

export const sessionSchema = z
  .object({
    member: z.object({ id: z.string(), name: z.string(), email: z.string().nullable() }),
    projects: z.array(z.object({ id: z.string(), name: z.string(), role: z.enum(['viewer', 'editor', 'admin']) })),
  })
  .openapi('Session')

assertType<Equal<z.infer<typeof sessionSchema>, Session>>()

export const sessionRoute = createRoute({
  method: 'get',
  path: '/v1/session',
  operationId: 'getSession',
  summary: 'Who is signed in',
  tags: ['Access'],
  ...needs('session'),
  responses: { 200: jsonAnswer(sessionSchema, 'The member and their projects'), default: problemResponse },
})

export const signOutRoute = createRoute({
  method: 'delete',
  path: '/v1/session',
  operationId: 'deleteSession',
  summary: 'Sign out',
  description: 'From the console’s own pages only. Whoever is signed in nowhere is so afterwards, too.',
  tags: ['Access'],
  security: [],
  responses: { 204: { description: 'Signed out' }, default: problemResponse },
})

const signInLinkSchema = z
  .object({
    url: z.string(),
    expiresAt: z.string(),
    member: z.object({ id: z.string(), name: z.string(), email: z.string().nullable() }),
  })
  .openapi('SignInLink')
const newSignInLinkSchema = z.strictObject({ member: z.string().max(100).optional() }).openapi('NewSignInLink')

assertType<Equal<z.infer<typeof signInLinkSchema>, SignInLink>>()
assertType<Equal<z.infer<typeof newSignInLinkSchema>, NewSignInLink>>()

export const signInLinkRoute = createRoute({
  method: 'post',
  path: '/v1/sign-in-links',
  operationId: 'createSignInLink',
  summary: 'A link that signs a member in, once',
  description:
    'A member gets one for themselves, and needs no scope for that. A key, or an admin for somebody else, needs `admin`, and gets one only for members all of whose projects they are admin of.',
  tags: ['Access'],
  ...needs('admin', 'sign-in-link.create'),
  request: { body: { content: { 'application/json': { schema: newSignInLinkSchema } } } },
  responses: {
    201: jsonAnswer(signInLinkSchema, 'The link'),
    default: problemResponse,
  },
})

export const scopesSchema = z.array(z.enum(scopes)).min(1)
export const environmentSchema = z
  .string()
  .regex(/^[a-z0-9][a-z0-9-]*$/, 'is no name of lower-case letters, digits and hyphens')
  .max(40)

const instant = z.iso.datetime({ offset: true }).nullable().optional()
const keyName = z.string().trim().min(1).max(100)

export const newKeySchema = z.discriminatedUnion('type', [
  z.strictObject({
    type: z.literal('publishable'),
    name: keyName,
    environment: environmentSchema.optional().openapi({ default: 'production' }),
    expiresAt: instant,
  }),
  z.strictObject({ type: z.literal('secret'), name: keyName, scopes: scopesSchema, expiresAt: instant }),
  z.strictObject({ type: z.literal('identity'), name: keyName, expiresAt: instant }),
])

export const keyPatchSchema = z.strictObject({ name: keyName.optional(), expiresAt: instant }).openapi('KeyPatch')

export const keyRotationSchema = z
  .strictObject({ graceSeconds: z.int().min(0).max(7_776_000).optional().openapi({ default: 86_400 }) })
  .openapi('KeyRotation')

const signingSchema = z
  .object({ replacedAt: z.string().nullable(), oldExpiresAt: z.string().nullable() })
  .openapi('SigningState')

export const keySchema = z
  .object({
    id: z.string(),
    type: z.enum(keyTypes),
    name: z.string(),
    hint: z.string(),
    environment: z.string(),
    scopes: z.array(z.enum(scopes)),
    createdAt: z.string(),
    lastUsedAt: z.string().nullable(),
    expiresAt: z.string().nullable(),
    revokedAt: z.string().nullable(),
  })
  .openapi('Key')

const createdKeySchema = keySchema.extend({ key: z.string() }).openapi('CreatedKey')
const rotatedKeySchema = createdKeySchema.extend({ replaced: keySchema }).openapi('RotatedKey')

assertType<Equal<z.infer<typeof signingSchema>, SigningState>>()
assertType<Equal<z.infer<typeof scopesSchema>, Scope[]>>()
assertType<Equal<z.infer<typeof newKeySchema>, NewKey>>()
assertType<Equal<z.infer<typeof keySchema>, Key>>()
assertType<Equal<z.infer<typeof createdKeySchema>, CreatedKey>>()
assertType<Equal<z.infer<typeof rotatedKeySchema>, RotatedKey>>()
assertType<Equal<z.infer<typeof keyPatchSchema>, KeyPatch>>()
assertType<Equal<z.infer<typeof keyRotationSchema>, KeyRotation>>()

export const listKeysRoute = createRoute({
  method: 'get',
  path: '/v1/projects/{id}/keys',
  operationId: 'listKeys',
  summary: 'Keys with their last use',
  tags: ['Access'],
  ...needs('admin'),
  request: { params: idInPath },
  responses: { 200: jsonAnswer(z.object({ items: z.array(keySchema) }), 'Oldest first'), default: problemResponse },
})

export const createKeyRoute = createRoute({
  method: 'post',
  path: '/v1/projects/{id}/keys',
  operationId: 'createKey',
  summary: 'A new key; a secret one, or an identity secret, is shown this once',
  description:
    'An identity secret signs who somebody is (JWT, HS256). It works at once, elsewhere within five seconds; a project has ten at most.',
  tags: ['Access'],
  ...needs('admin', 'key.create'),
  request: { params: idInPath, body: { required: true, content: { 'application/json': { schema: newKeySchema } } } },
  responses: { 201: jsonAnswer(createdKeySchema, 'The key'), default: problemResponse },
})

const keyInPath = idInPath.extend({ key: z.string().openapi({ param: { name: 'key', in: 'path' } }) })

export const revokeKeyRoute = createRoute({
  method: 'delete',
  path: '/v1/projects/{id}/keys/{key}',
  operationId: 'revokeKey',
  summary: 'Revoke a key',
  tags: ['Access'],
  ...needs('admin', 'key.revoke'),
  request: { params: keyInPath },
  responses: {
    204: { description: 'Revoked; publishable keys and identity secrets stop within a minute' },
    default: problemResponse,
  },
})

export const updateKeyRoute = createRoute({
  method: 'patch',
  path: '/v1/projects/{id}/keys/{key}',
  operationId: 'updateKey',
  summary: 'Name a key, or say when it stops by itself',
  description: 'A key that has stopped stays as it is.',
  tags: ['Access'],
  ...needs('admin', 'key.update'),
  request: { params: keyInPath, body: { required: true, content: { 'application/json': { schema: keyPatchSchema } } } },
  responses: { 200: jsonAnswer(keySchema, 'The key as it is now'), default: problemResponse },
})

export const rotateKeyRoute = createRoute({
  method: 'post',
  path: '/v1/projects/{id}/keys/{key}/rotate',
  operationId: 'rotateKey',
  summary: 'Replace a key by a new one',
  description:
    'The new one has the same type, name and rights, and is shown this once. The old one goes on working for the time that is asked for, then it is revoked by itself.',
  tags: ['Access'],
  ...needs('admin', 'key.rotate'),
  request: {
    params: keyInPath,
    body: { required: true, content: { 'application/json': { schema: keyRotationSchema } } },
  },
  responses: { 201: jsonAnswer(rotatedKeySchema, 'The new key, and the old one'), default: problemResponse },
})

export const getSigningRoute = createRoute({
  method: 'get',
  path: '/v1/projects/{id}/signing',
  operationId: 'getSigning',
  summary: 'When the secret was replaced that receipts and links are signed with',
  tags: ['Access'],
  ...needs('admin'),
  request: { params: idInPath },
  responses: {
    200: jsonAnswer(signingSchema, 'Since when, and until when the one before is believed'),
    default: problemResponse,
  },
})

export const rotateSigningRoute = createRoute({
  method: 'post',
  path: '/v1/projects/{id}/signing/rotate',
  operationId: 'rotateSigning',
  summary: 'Sign receipts and links with another secret',
  description:
    'Receipts and links from before are believed for the time that is asked for, a minute at least; those of a secret before that no more. Ids of persons and the marks of erasures stay as they are.',
  tags: ['Access'],
  ...needs('admin', 'project.rotate'),
  request: {
    params: idInPath,
    body: { required: true, content: { 'application/json': { schema: keyRotationSchema } } },
  },
  responses: { 200: jsonAnswer(signingSchema, 'As it is now'), default: problemResponse },
})

export const setupSchema = z.strictObject({
  name: z.string().trim().min(1).max(100),
  member: z.strictObject({ name: z.string().trim().min(1).max(100), email: z.email().nullable().default(null) }),
})

export const setupRoute = createRoute({
  method: 'post',
  path: '/v1/setup',
  operationId: 'setUp',
  summary: 'A first project, for whoever runs the deployment',
  description: 'Needs the deployment’s own SETUP_TOKEN as bearer token; without that setting the route does not exist.',
  tags: ['Access'],
  ...needs('operator', 'project.create'),
  request: { body: { required: true, content: { 'application/json': { schema: setupSchema } } } },
  responses: {
    201: jsonAnswer(
      z.object({ project: z.string(), publishableKey: z.string(), secretKey: z.string(), signInUrl: z.string() }),
      'The project, its keys and a sign-in link; shown this once',
    ),
    default: problemResponse,
  },
})

const operatorLinkSchema = z
  .strictObject({ member: z.string().max(100).optional(), project: z.string().max(100).optional() })
  .refine(({ member, project }) => (member === undefined) !== (project === undefined), 'Name a member or a project')

export const operatorLinkRoute = createRoute({
  method: 'post',
  path: '/v1/setup/sign-in-links',
  operationId: 'createOperatorSignInLink',
  summary: 'A sign-in link for any member, for whoever runs the deployment',
  description:
    'For a member, or for an admin of a project. Needs the deployment’s own SETUP_TOKEN as bearer token, as `POST /v1/setup` does.',
  tags: ['Access'],
  ...needs('operator', 'sign-in-link.create'),
  request: { body: { required: true, content: { 'application/json': { schema: operatorLinkSchema } } } },
  responses: { 201: jsonAnswer(signInLinkSchema, 'The link'), default: problemResponse },
})
