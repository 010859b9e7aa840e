import type { Revocation } from '../../sdk/wire/index.ts'
import type { AppContext } from '../env.ts'
import { done, failed, type Outcome } from '../failure.ts'
import { serverLimits } from '../limits.ts'
import { listMade, type Revoked } from '../storage/made.ts'

/** Reads what is to go with a member from an address. */
export function readRevocation(query: URLSearchParams): Outcome<Required<Revocation>> {
  const [invitations = 'revoke', ...more] = query.getAll('invitations')
  if ((invitations !== 'revoke' && invitations !== 'keep') || more.length > 0) {
    const issues = [{ path: 'invitations', reason: 'is neither revoke nor keep' }]
    return failed('invalid', 'Say invitations=revoke or invitations=keep, once.', { issues })
  }
  return done({ invitations, revokeKeys: query.getAll('revokeKeys') })
}

/** What a member made, and is to go with them; a failure where a key is none of it. */
export async function chooseRevoked(
  c: AppContext,
  member: string,
  { invitations = 'revoke', revokeKeys = [] }: Revocation,
): Promise<Outcome<Revoked & { hints: string[] }>> {
  const now = Date.now()
  const made = await listMade(c.env.DB, { project: c.var.actor.project, member, now })
  const strange = revokeKeys.find((id) => !made.keys.some((key) => key.id === id))
  if (strange !== undefined) {
    const issues = [{ path: 'revokeKeys', reason: 'is no key that this member made and that works' }]
    const detail =
      'A key is none that this member made, or is revoked already. Nothing was changed: look at the list again.'
    return failed('invalid', detail, { issues })
  }
  return done({
    keys: revokeKeys,
    hints: made.keys.filter(({ id }) => revokeKeys.includes(id)).map(({ hint }) => hint),
    invitations: invitations === 'revoke' ? made.invitations.map(({ id }) => id) : [],
    linksSince: now - serverLimits.signInLinkMs,
    now,
  })
}

/** What the audit log keeps of it. */
export const factsOf = ({ hints, invitations }: Revoked & { hints: string[] }) => ({
  ...(hints.length > 0 && { keysRevoked: hints }),
  ...(invitations.length > 0 && { invitationsRevoked: invitations.length }),
})
