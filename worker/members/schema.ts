import { createRoute, z } from '@hono/zod-openapi'
import {
  type CreatedInvitation,
  type Invitation,
  type Member,
  type MemberPatch,
  type MemberSession,
  type NewInvitation,
  roles,
  sessionMethods,
} from '../../sdk/wire/index.ts'
import { idInPath, jsonAnswer, needs, problemResponse } from '../answers/schema.ts'
import { assertType, type Equal } from '../equal.ts'

const role = z.enum(roles)

const memberSchema = z
  .object({ id: z.string(), name: z.string(), email: z.string().nullable(), role, assignee: z.string() })
  .openapi('Member')

const memberPatchSchema = z.strictObject({ role }).openapi('MemberPatch')

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

assertType<Equal<z.infer<typeof memberSchema>, Member>>()
assertType<Equal<z.infer<typeof memberPatchSchema>, MemberPatch>>()
assertType<Equal<z.infer<typeof invitationSchema>, Invitation>>()
assertType<Equal<z.infer<typeof createdInvitationSchema>, CreatedInvitation>>()
assertType<Equal<z.infer<typeof newInvitationSchema>, NewInvitation>>()
assertType<Equal<z.infer<typeof sessionSchema>, MemberSession>>()

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
  description: 'From the member’s next request on. The last admin of a project stays one.',
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
    'Members may leave by themselves; the last admin of a project cannot. With the last project go the member’s sessions, links and passkeys.',
  tags,
  ...needs('admin', 'member.remove'),
  request: { params: idInPath },
  responses: { 204: { description: 'Out, from the next request on' }, default: problemResponse },
})

export const deleteMemberSessionsRoute = createRoute({
  method: 'delete',
  path: '/v1/members/{id}/sessions',
  operationId: 'deleteMemberSessions',
  summary: 'Sign a member out everywhere',
  description: 'Ends each session that sees this project, and cancels open sign-in links. Passkeys stay.',
  tags,
  ...needs('admin', 'session.end'),
  request: { params: idInPath },
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
  tags,
  ...needs('session'),
  responses: {
    200: jsonAnswer(z.object({ items: z.array(sessionSchema) }), 'The latest used first'),
    default: problemResponse,
  },
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
