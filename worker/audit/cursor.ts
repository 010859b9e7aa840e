import { done, failed, type Outcome } from '../failure.ts'
import type { AuditPlace } from '../storage/audit.ts'

/** A cursor as the wire gives it: opaque, and safe in an address. */
export const writeAuditCursor = ({ at, id }: AuditPlace): string => btoa(`a${at}.${id}`).replaceAll('=', '')

/** Reads a cursor; one that this list never gave is a failure. */
export function readAuditCursor(text: string): Outcome<AuditPlace> {
  const bad = failed('bad-cursor', 'This cursor cannot be read. Begin again without one.')
  let plain: string
  try {
    plain = atob(text)
  } catch {
    // atob throws on what is no base64.
    return bad
  }
  const match = /^a(\d{1,16})\.([0-9a-f-]{36})$/.exec(plain)
  const at = Number(match?.[1])
  return match === null || !Number.isSafeInteger(at) ? bad : done({ at, id: match[2] ?? '' })
}
