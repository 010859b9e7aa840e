import type { Database } from '../storage/database.ts'
import { findSigning, type Signing } from '../storage/signing.ts'
import { isSigned } from './secrets.ts'

/** Whether a signature is the one of a text, by what a project signs with or by what it signed with until lately. */
export async function isSignedBy(
  { secret, old }: Signing,
  text: string,
  signature: string | undefined,
  now: number,
): Promise<boolean> {
  if (await isSigned(secret, text, signature)) return true
  return old !== null && old.until > now && isSigned(old.secret, text, signature)
}

/** The same where what is known of the project may be a minute old: its secret may have been replaced meanwhile. */
export async function isSignedFor(
  db: Database,
  { id, signing }: { id: string; signing: Signing },
  text: string,
  signature: string | undefined,
): Promise<boolean> {
  if (signature === undefined) return false
  const now = Date.now()
  if (await isSignedBy(signing, text, signature, now)) return true
  const fresh = await findSigning(db, id)
  return fresh !== null && fresh.secret !== signing.secret && isSignedBy(fresh, text, signature, now)
}
