import type {
  CreatedInvitation,
  Invitation,
  MadeByMember,
  Member,
  NewInvitation,
  Revocation,
  Role,
  SignInLink,
} from '../../../sdk/wire/index.ts'
import type { Answer } from './answer.ts'
import { request } from './request.ts'
import { scoped } from './session.ts'

const pathOf = (id: string, rest = ''): string => `/v1/members/${encodeURIComponent(id)}${rest}`

/** What a member made in a project, and what goes on working without them. */
export function listMade(id: string, project?: string, signal?: AbortSignal): Promise<Answer<MadeByMember>> {
  return request(pathOf(id, '/made'), { query: queryOf(project), ...(signal && { signal }) })
}

/** Changes what a member may do, with what is to go along; 409 for the project's last admin. */
export function changeRole(id: string, role: Role, revocation: Revocation = {}): Promise<Answer<Member>> {
  return request(pathOf(id), { method: 'PATCH', query: scoped(), body: { role, ...revocation } })
}

/** Takes a member out of the project on screen, or of another one of theirs, with what is to go along. */
export function removeMember(id: string, revocation: Revocation, project?: string): Promise<Answer<null>> {
  const query = queryOf(project)
  if (revocation.invitations) query.set('invitations', revocation.invitations)
  for (const key of revocation.revokeKeys ?? []) query.append('revokeKeys', key)
  return request(pathOf(id), { method: 'DELETE', query })
}

/** Of the project on screen, or of another one. */
const queryOf = (project: string | undefined): URLSearchParams =>
  project === undefined ? scoped() : new URLSearchParams({ project })

/** Ends every session of a member that sees this project, and closes it to their passkeys where that is wanted. */
export function signOutMember(id: string, withPasskeys: boolean): Promise<Answer<null>> {
  const query = scoped()
  if (withPasskeys) query.set('passkeys', 'close')
  return request(pathOf(id, '/sessions'), { method: 'DELETE', query })
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
