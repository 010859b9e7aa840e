import { createRoute, z } from '@hono/zod-openapi'
import {
  type CreatedInvitation,
  type Invitation,
  type MadeByMember,
  type Member,
  type MemberPatch,
  type MemberSession,
  type NewInvitation,
  roles,
  type SessionList,
  sessionMethods,
} from '../../sdk/wire/index.ts'
import { keySchema } from '../access/schema.ts'
import { idInPath, jsonAnswer, needs, problemResponse } from '../answers/schema.ts'
import { assertType, type Equal } from '../equal.ts'
import { queryParameter } from '../filters/parameters.ts'

const role = z.enum(roles)

const memberSchema = z
  .object({ id: z.string(), name: z.string(), email: z.string().nullable(), role, assignee: z.string() })
  .openapi('Member')

const memberPatchSchema = z
  .strictObject({
    role,
    invitations: z.enum(['revoke', 'keep']).optional().openapi({ default: 'revoke' }),
    revokeKeys: z.array(z.string().max(100)).max(1_000).optional(),
  })
  .openapi('MemberPatch')

const invitationSchema = z
  .object({
    id: z.string(),
    email: z.string().nullable(),
    role,
    invitedBy: z.string(),
    createdAt: z.string(),
    expiresAt: z.string(),
  })
  .openapi('Invitation')

const madeSchema = z
  .object({
    keys: z.array(keySchema),
    invitations: z.array(invitationSchema),
    webhooks: z.array(z.object({ id: z.string(), name: z.string() })),
  })
  .openapi('MadeByMember')

const createdInvitationSchema = invitationSchema.extend({ url: z.string() }).openapi('CreatedInvitation')

const newInvitationSchema = z
  .strictObject({
    role,
    email: z.email().max(254).nullable().optional(),
    days: z.int().min(1).max(30).optional().openapi({ default: 7 }),
  })
  .openapi('NewInvitation')

const sessionSchema = z
  .object({
    id: z.string(),
    browser: z.string(),
    method: z.enum(sessionMethods),
    createdAt: z.string(),
    lastUsedAt: z.string(),
    expiresAt: z.string(),
    current: z.boolean(),
  })
  .openapi('MemberSession')

const sessionListSchema = z.object({ items: z.array(sessionSchema), hidden: z.int() }).openapi('SessionList')

assertType<Equal<z.infer<typeof memberSchema>, Member>>()
assertType<Equal<z.infer<typeof memberPatchSchema>, MemberPatch>>()
assertType<Equal<z.infer<typeof invitationSchema>, Invitation>>()
assertType<Equal<z.infer<typeof madeSchema>, MadeByMember>>()
assertType<Equal<z.infer<typeof createdInvitationSchema>, CreatedInvitation>>()
assertType<Equal<z.infer<typeof newInvitationSchema>, NewInvitation>>()
assertType<Equal<z.infer<typeof sessionSchema>, MemberSession>>()
assertType<Equal<z.infer<typeof sessionListSchema>, SessionList>>()

const tags = ['Access']
const body = <T extends z.ZodType>(schema: T) => ({
  required: true as const,
  content: { 'application/json': { schema } },
})

export const membersRoute = createRoute({
  method: 'get',
  path: '/v1/members',
  operationId: 'listMembers',
  summary: 'Who may work in the project',
  tags,
  ...needs('read'),
  responses: { 200: jsonAnswer(z.object({ items: z.array(memberSchema) }), 'By name'), default: problemResponse },
})

export const updateMemberRoute = createRoute({
  method: 'patch',
  path: '/v1/members/{id}',
  operationId: 'updateMember',
  summary: 'Change what a member may do',
  description:
    'From the member’s next request on. The last admin of a project stays one. Where an admin is one no more, invitations that they made are revoked, unless told otherwise, and keys that are named; sign-in links for others that they made are cancelled.',
  tags,
  ...needs('admin', 'member.update'),
  request: { params: idInPath, body: body(memberPatchSchema) },
  responses: { 200: jsonAnswer(memberSchema, 'The member as it is now'), default: problemResponse },
})

export const deleteMemberRoute = createRoute({
  method: 'delete',
  path: '/v1/members/{id}',
  operationId: 'deleteMember',
  summary: 'Take a member out of the project',
  description:
    'Members may leave by themselves; the last admin of a project cannot. With the last project go the member’s sessions, links and passkeys. What they made stays, but invitations that nobody has accepted, sign-in links for others, and the keys that are named: `GET /v1/members/{id}/made` lists them.',
  tags,
  ...needs('admin', 'member.remove'),
  request: { params: idInPath },
  parameters: [
    queryParameter('project', 'Needed only by a member of several projects.'),
    queryParameter('invitations', '`keep`, or `revoke`, which it is unless told.'),
    queryParameter('revokeKeys', 'The id of a key that they made, and that is to stop; once for each.'),
  ],
  responses: { 204: { description: 'Out, from the next request on' }, default: problemResponse },
})

export const madeRoute = createRoute({
  method: 'get',
  path: '/v1/members/{id}/made',
  operationId: 'listMadeByMember',
  summary: 'What a member made, and what goes on working without them',
  description: 'As the audit log knows it. What was made with a key is nobody’s.',
  tags,
  ...needs('admin'),
  request: { params: idInPath },
  responses: { 200: jsonAnswer(madeSchema, 'Keys, invitations, webhooks'), default: problemResponse },
})

export const deleteMemberSessionsRoute = createRoute({
  method: 'delete',
  path: '/v1/members/{id}/sessions',
  operationId: 'deleteMemberSessions',
  summary: 'Sign a member out everywhere',
  description:
    'Ends each session that sees this project, and cancels open sign-in links. With `passkeys=close` the project is closed to their passkeys too: those that open nothing else are removed, others go on opening what else they open. To come back they need an invitation, which leaves them their role; or a sign-in link.',
  tags,
  ...needs('admin', 'session.end'),
  request: {
    params: idInPath,
    query: z.object({
      passkeys: z
        .enum(['keep', 'close'])
        .optional()
        .openapi({ param: { name: 'passkeys', in: 'query' }, default: 'keep' }),
    }),
  },
  responses: { 204: { description: 'Signed out' }, default: problemResponse },
})

export const invitationsRoute = createRoute({
  method: 'get',
  path: '/v1/invitations',
  operationId: 'listInvitations',
  summary: 'Invitations that nobody has accepted yet',
  tags,
  ...needs('admin'),
  responses: {
    200: jsonAnswer(z.object({ items: z.array(invitationSchema) }), 'Newest first'),
    default: problemResponse,
  },
})

export const createInvitationRoute = createRoute({
  method: 'post',
  path: '/v1/invitations',
  operationId: 'createInvitation',
  summary: 'Invite somebody; the link is shown this once',
  description:
    'Whoever is signed in and accepts becomes a member of this project too; anybody else becomes a new member. Works once. Nothing is mailed.',
  tags,
  ...needs('admin', 'invitation.create'),
  request: { body: body(newInvitationSchema) },
  responses: { 201: jsonAnswer(createdInvitationSchema, 'The invitation'), default: problemResponse },
})

export const deleteInvitationRoute = createRoute({
  method: 'delete',
  path: '/v1/invitations/{id}',
  operationId: 'deleteInvitation',
  summary: 'Take an invitation back',
  tags,
  ...needs('admin', 'invitation.revoke'),
  request: { params: idInPath },
  responses: { 204: { description: 'Its link works no more' }, default: problemResponse },
})

export const sessionsRoute = createRoute({
  method: 'get',
  path: '/v1/sessions',
  operationId: 'listSessions',
  summary: 'Where you are signed in',
  description:
    'As far as these sessions open no more projects than this one; others are counted, and stay as they are.',
  tags,
  ...needs('session'),
  responses: { 200: jsonAnswer(sessionListSchema, 'The latest used first'), default: problemResponse },
})

export const deleteSessionsRoute = createRoute({
  method: 'delete',
  path: '/v1/sessions',
  operationId: 'endOtherSessions',
  summary: 'Sign out everywhere else',
  description:
    'Ends the other sessions and cancels sign-in links that wait, as far as they open no more projects than this session. With `passkeys=remove` passkeys go too, but the one that this session began with: whoever was signed in somewhere may have added one.',
  tags,
  ...needs('session', 'session.end'),
  request: {
    query: z.object({
      passkeys: z
        .enum(['keep', 'remove'])
        .optional()
        .openapi({ param: { name: 'passkeys', in: 'query' }, default: 'keep' }),
    }),
  },
  responses: { 204: { description: 'Signed out there' }, default: problemResponse },
})

export const deleteSessionRoute = createRoute({
  method: 'delete',
  path: '/v1/sessions/{id}',
  operationId: 'endSession',
  summary: 'Sign out somewhere',
  tags,
  ...needs('session', 'session.end'),
  request: { params: idInPath },
  responses: { 204: { description: 'Signed out there' }, default: problemResponse },
})
