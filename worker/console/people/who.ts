import type { Feedback, Total } from '../../../sdk/wire/index.ts'

/**
 * How an item's person is asked for: by UUID, else by what the item names; null for somebody who left nothing behind.
 *
 * @example selectorOf(item) // 'email:ada@example.com'
 */
export function selectorOf({ person, email }: Pick<Feedback, 'person' | 'email'>): string | null {
  if (person?.uuid) return person.uuid
  const address = person?.email ?? email
  if (address) return `email:${address}`
  return person?.anonymousId ? `anonymous:${person.anonymousId}` : null
}

/** What somebody is called, as far as an item says. */
export function nameOf({ person, email }: Pick<Feedback, 'person' | 'email'>): string | null {
  return person?.name ?? person?.email ?? email ?? person?.id ?? null
}

/** What was typed before an erasure: the name in any case, or how many items there are. */
export function isConfirmed(typed: string, name: string, total: Total): boolean {
  const text = typed.trim().toLowerCase()
  return text !== '' && (text === name.trim().toLowerCase() || (total.exact && text === String(total.count)))
}

/** @example fileName('Ada Okafor') // 'earshot-ada-okafor' */
export function fileName(name: string): string {
  const plain = name.normalize('NFKD').replaceAll(/[^\p{L}\p{N}]+/gu, '-')
  return `earshot-${plain.replaceAll(/^-+|-+$/g, '').toLowerCase() || 'person'}`
}
