import type { MadeByMember } from '../../wire/index.ts'
import { count } from '../terminal.ts'

/** What became of what somebody made who is an admin no more, a line each, and how to revoke what goes on. */
export function remains(
  { keys, invitations, webhooks }: MadeByMember,
  revoked: { keys: boolean; invitations: boolean },
): string[] {
  const lines: string[] = []
  if (invitations.length > 0) {
    const them = count(invitations.length, 'invitation')
    lines.push(
      revoked.invitations
        ? `Revoked: ${them} that they made.`
        : `${them} that they made can still be accepted. To take one back: earshot invite revoke ID, with the id of "earshot invite list".`,
    )
  }
  if (keys.length > 0 && revoked.keys) lines.push(`Revoked: ${count(keys.length, 'key')} that they have seen.`)
  if (keys.length > 0 && !revoked.keys) {
    lines.push('They have seen these keys, which go on working. Replace each with rotate, or stop it with revoke:')
    lines.push(...keys.map(({ hint, name }) => `  earshot keys rotate ${hint}   (${name})`))
  }
  if (webhooks.length > 0) {
    lines.push(
      `Look where these webhooks go, in the console under Webhooks: ${webhooks.map(({ name }) => name).join(', ')}.`,
    )
  }
  return lines
}
