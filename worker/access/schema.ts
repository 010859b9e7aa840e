import { createRoute, z } from '@hono/zod-openapi'
import {
  type CreatedKey,
  type Key,
  keyTypes,
  type NewKey,
  type Scope,
  scopes,
  type Session,
  type SignInLink,
} from '../../sdk/wire/index.ts'
import { assertType, type Equal } from '../equal.ts'
import { idInPath, jsonAnswer, problemResponse, secretKey } from '../answers/schema.ts'

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
  responses: { 200: jsonAnswer(sessionSchema, 'The member and their projects'), default: problemResponse },
})

export const signOutRoute = createRoute({
  method: 'delete',
  path: '/v1/session',
  operationId: 'deleteSession',
  summary: 'Sign out',
  tags: ['Access'],
  responses: { 204: { description: 'Signed out' }, default: problemResponse },
})

const signInLinkSchema = z.object({ url: z.string(), expiresAt: z.string() }).openapi('SignInLink')

assertType<Equal<z.infer<typeof signInLinkSchema>, SignInLink>>()

export const signInLinkRoute = createRoute({
  method: 'post',
  path: '/v1/sign-in-links',
  operationId: 'createSignInLink',
  summary: 'A link that signs an admin in, once',
  tags: ['Access'],
  security: secretKey,
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

const keyName = z.string().trim().min(1).max(100)

export const newKeySchema = z.discriminatedUnion('type', [
  z.strictObject({
    type: z.literal('publishable'),
    name: keyName,
    environment: environmentSchema.optional().openapi({ default: 'production' }),
  }),
  z.strictObject({ type: z.literal('secret'), name: keyName, scopes: scopesSchema }),
  z.strictObject({ type: z.literal('identity'), name: keyName }),
])

const keySchema = z
  .object({
    id: z.string(),
    type: z.enum(keyTypes),
    name: z.string(),
    hint: z.string(),
    environment: z.string(),
    scopes: z.array(z.enum(scopes)),
    createdAt: z.string(),
    lastUsedAt: z.string().nullable(),
    revokedAt: z.string().nullable(),
  })
  .openapi('Key')

const createdKeySchema = keySchema.extend({ key: z.string() }).openapi('CreatedKey')

assertType<Equal<z.infer<typeof scopesSchema>, Scope[]>>()
assertType<Equal<z.infer<typeof newKeySchema>, NewKey>>()
assertType<Equal<z.infer<typeof keySchema>, Key>>()
assertType<Equal<z.infer<typeof createdKeySchema>, CreatedKey>>()

export const listKeysRoute = createRoute({
  method: 'get',
  path: '/v1/projects/{id}/keys',
  operationId: 'listKeys',
  summary: 'Keys with their last use',
  tags: ['Access'],
  security: secretKey,
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
  security: secretKey,
  request: { params: idInPath, body: { required: true, content: { 'application/json': { schema: newKeySchema } } } },
  responses: { 201: jsonAnswer(createdKeySchema, 'The key'), default: problemResponse },
})

export const revokeKeyRoute = createRoute({
  method: 'delete',
  path: '/v1/projects/{id}/keys/{key}',
  operationId: 'revokeKey',
  summary: 'Revoke a key',
  tags: ['Access'],
  security: secretKey,
  request: { params: idInPath.extend({ key: z.string().openapi({ param: { name: 'key', in: 'path' } }) }) },
  responses: {
    204: { description: 'Revoked; publishable keys and identity secrets stop within a minute' },
    default: problemResponse,
  },
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
  request: { body: { required: true, content: { 'application/json': { schema: setupSchema } } } },
  responses: {
    201: jsonAnswer(
      z.object({ project: z.string(), publishableKey: z.string(), secretKey: z.string(), signInUrl: z.string() }),
      'The project, its keys and a sign-in link; shown this once',
    ),
    default: problemResponse,
  },
})
