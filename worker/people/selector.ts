import { done, failed, type Outcome } from '../failure.ts'
import { addressOf } from '../storage/facets.ts'

/** How somebody is named in an address: by the person's UUID, or by what is known of them. */
export type Selector =
  | { by: 'uuid'; id: string }
  | { by: 'external'; id: string }
  | { by: 'email'; id: string }
  | { by: 'anonymous'; id: string }

/**
 * Reads `UUID`, `external:ID`, `email:ADDRESS` or `anonymous:ID`.
 *
 * @example readSelector('email:Ada@Example.com') // { by: 'email', id: 'ada@example.com' }
 */
export function readSelector(text: string): Outcome<Selector> {
  if (/^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i.test(text)) return done({ by: 'uuid', id: text.toLowerCase() })
  const [, by, id = ''] = /^(external|email|anonymous):(.+)$/s.exec(text) ?? []
  if (by === 'external' || by === 'anonymous') return done({ by, id })
  // A part of an address would be looked for, and blacked out, in everybody's.
  if (by === 'email' && /^[^\s@]+@[^\s@]+$/.test(addressOf(id))) return done({ by, id: addressOf(id) })
  const reason = 'not a UUID, external:ID, email:ADDRESS or anonymous:ID'
  return failed('bad-request', `Say who is meant by UUID, external:ID, email:ADDRESS or anonymous:ID, URL-encoded.`, {
    issues: [{ path: 'id', reason }],
  })
}
