import type { CreatedInvitation, Invitation, Member, NewInvitation, Role, SignInLink } from '../../../sdk/wire/index.ts'
import type { Answer } from './answer.ts'
import { request } from './request.ts'
import { scoped } from './session.ts'

const pathOf = (id: string, rest = ''): string => `/v1/members/${encodeURIComponent(id)}${rest}`

/** Changes what a member may do; 409 for the project's last admin. */
export function changeRole(id: string, role: Role): Promise<Answer<Member>> {
  return request(pathOf(id), { method: 'PATCH', query: scoped(), body: { role } })
}

/** Takes a member out of the project on screen, or of another one of theirs. */
export function removeMember(id: string, project?: string): Promise<Answer<null>> {
  const query = project === undefined ? scoped() : new URLSearchParams({ project })
  return request(pathOf(id), { method: 'DELETE', query })
}

/** Ends every session of a member that sees this project. */
export function signOutMember(id: string): Promise<Answer<null>> {
  return request(pathOf(id, '/sessions'), { method: 'DELETE', query: scoped() })
}

/** A link that signs a member in, once. */
export function makeSignInLink(member: string): Promise<Answer<SignInLink>> {
  return request('/v1/sign-in-links', { method: 'POST', query: scoped(), body: { member } })
}

export function listInvitations(signal?: AbortSignal): Promise<Answer<{ items: Invitation[] }>> {
  return request('/v1/invitations', { query: scoped(), ...(signal && { signal }) })
}

export function invite(wish: NewInvitation): Promise<Answer<CreatedInvitation>> {
  return request('/v1/invitations', { method: 'POST', query: scoped(), body: wish })
}

export function revokeInvitation(id: string): Promise<Answer<null>> {
  return request(`/v1/invitations/${encodeURIComponent(id)}`, { method: 'DELETE', query: scoped() })
}
