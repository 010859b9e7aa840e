import type { Invitation } from '../../sdk/wire/index.ts'
import type { InvitationRecord } from '../storage/invitations.ts'

/** An invitation as the wire shows it: without its link, which nobody has but whoever made it. */
export const viewInvitation = ({ id, email, role, invitedBy, createdAt, expiresAt }: InvitationRecord): Invitation => ({
  id,
  email,
  role,
  invitedBy,
  createdAt: new Date(createdAt).toISOString(),
  expiresAt: new Date(expiresAt).toISOString(),
})
