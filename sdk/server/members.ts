import type {
  CreatedInvitation,
  Invitation,
  MadeByMember,
  Member,
  NewInvitation,
  Revocation,
  Role,
} from '../wire/index.ts'
import type { Connection } from './connection.ts'
import { getItems, getJson, part, remove, sendJson } from './json.ts'
import type { Result } from './problem.ts'
import type { CallOptions } from './request.ts'

/** Who works in the project. Listing needs the scope `read`, changing `admin`. */
export interface MemberCalls {
  list(options?: CallOptions): Promise<Result<Member[]>>
  /** What a member made, and what goes on working without them. Needs `admin`. */
  made(id: string, options?: CallOptions): Promise<Result<MadeByMember>>
  /**
   * From the member's next request on. The last admin of a project stays one. With an admin's role go invitations that they
   * made, unless told otherwise, and the keys that are named.
   */
  setRole(id: string, role: Role, options?: CallOptions & Revocation): Promise<Result<Member>>
  /**
   * Takes a member out of the project, from their next request on, with invitations that they made, unless told
   * otherwise, and the keys that are named.
   */
  remove(id: string, options?: CallOptions & Revocation): Promise<Result<null>>
  /**
   * Ends each of a member's sessions that sees the project, and cancels open sign-in links. With `passkeys: 'close'` the
   * project is closed to their passkeys too, until they are invited again.
   */
  signOut(id: string, options?: CallOptions & { passkeys?: 'keep' | 'close' }): Promise<Result<null>>
}

/** Invitations that nobody has accepted yet. All of it needs the scope `admin`. */
export interface InvitationCalls {
  list(options?: CallOptions): Promise<Result<Invitation[]>>
  /**
   * Makes an invitation, whose link is in this answer and never again. Nothing is mailed.
   *
   * @example
   * const made = await earshot.invitations.create({ role: 'editor', email: 'ada@example.com' })
   * if (made.ok) await mail(made.value.email, made.value.url)
   */
  create(invitation: NewInvitation, options?: CallOptions): Promise<Result<CreatedInvitation>>
  /** Takes an invitation back. */
  revoke(id: string, options?: CallOptions): Promise<Result<null>>
}

export function memberCalls(connection: Connection): MemberCalls {
  const path = (id: string) => `/v1/members/${part(id)}`
  return {
    list: (options = {}) => getItems(connection, '/v1/members', {}, options),
    made: (id, options = {}) => getJson(connection, `${path(id)}/made`, {}, options),
    setRole: (id, role, { signal, ...revocation } = {}) =>
      sendJson(connection, { method: 'PATCH', path: path(id), repeatable: true, signal }, { role, ...revocation }),
    remove: (id, { invitations, revokeKeys = [], ...options } = {}) => {
      const query = new URLSearchParams(revokeKeys.map((key) => ['revokeKeys', key]))
      if (invitations !== undefined) query.set('invitations', invitations)
      return remove(connection, path(id), options, query)
    },
    signOut: (id, { passkeys = 'keep', ...options } = {}) =>
      remove(connection, `${path(id)}/sessions`, options, new URLSearchParams({ passkeys })),
  }
}

export function invitationCalls(connection: Connection): InvitationCalls {
  return {
    list: (options = {}) => getItems(connection, '/v1/invitations', {}, options),
    // Asked twice, it makes two, one of which nobody has seen.
    create: (invitation, { signal } = {}) =>
      sendJson(connection, { method: 'POST', path: '/v1/invitations', repeatable: false, signal }, invitation, ['url']),
    revoke: (id, options = {}) => remove(connection, `/v1/invitations/${part(id)}`, options),
  }
}
