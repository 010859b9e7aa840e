import type { Key } from '../../wire/index.ts'
import { dayOf, inColumns } from '../columns.ts'

const head = ['KEY', 'TYPE', 'NAME', 'FOR', 'MADE', 'LAST USED', 'STOPS']

/** Keys as a table for people; revoked ones say so. */
export function tableOf(keys: readonly Key[]): string {
  const rows = keys.map((key) => [
    // A publishable key is no secret: whole, it can be copied.
    key.type === 'publishable' ? key.id : `${key.hint}…`,
    key.type,
    key.name,
    { publishable: key.environment, secret: key.scopes.join(','), identity: 'signing' }[key.type],
    dayOf(key.createdAt),
    key.revokedAt === null ? dayOf(key.lastUsedAt ?? unusedOf(key)) : `revoked ${dayOf(key.revokedAt)}`,
    // To the minute: whoever rotates a key deploys the new one until then.
    key.expiresAt ? `${key.expiresAt.slice(0, 16).replace('T', ' ')} UTC` : '',
  ])
  return inColumns([head, ...rows])
}

/** Of publishable keys nobody notes the use. */
const unusedOf = ({ type }: Key): string => (type === 'publishable' ? '' : 'never')
