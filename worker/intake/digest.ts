import { hashSecret } from '../access/secrets.ts'

/**
 * What tells the sender's own repeat from somebody else's body under the same id: a digest of all that was said, without
 * what changes from one attempt to the next. Only a repeat with the same digest is given the receipt's tokens.
 */
export async function digestOf(raw: Record<string, unknown>): Promise<string> {
  const said = { ...raw, sentAt: undefined, token: undefined, dropped: undefined, edit: undefined }
  return (await hashSecret(JSON.stringify(said))).slice(0, 32)
}
