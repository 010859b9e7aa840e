import type { Key } from '../../wire/index.ts'

const head = ['KEY', 'TYPE', 'NAME', 'FOR', 'MADE', 'LAST USED']

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
  ])
  const lines = [head, ...rows]
  const widths = head.map((_, column) => Math.max(...lines.map((cells) => (cells[column] ?? '').length)))
  return lines
    .map(
      (cells) =>
        `${cells
          .map((cell, i) => cell.padEnd(widths[i] ?? 0))
          .join('  ')
          .trimEnd()}\n`,
    )
    .join('')
}

const dayOf = (iso: string): string => iso.slice(0, 10)

/** Of publishable keys nobody notes the use. */
const unusedOf = ({ type }: Key): string => (type === 'publishable' ? '' : 'never')
