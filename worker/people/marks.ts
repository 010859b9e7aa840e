import { hexOf, signText } from '../access/secrets.ts'
import { addressesOf, addressOf, hash53 } from '../storage/facets.ts'
import type { NewItem } from '../storage/items.ts'
import type { Meant, PersonKey } from '../storage/meant.ts'

/**
 * A person's UUID (version 8, RFC 9562): an HMAC of (verified or not, external id) with the project's secret, so that it
 * stays the same, costs no look-up, and says nothing to whoever does not know the secret.
 *
 * @example await personId(secret, { externalId: 'u_42', verified: true }) // '3f6c…-….-8…-….-…'
 */
export async function personId(secret: string, { externalId, verified }: PersonKey): Promise<string> {
  const signature = await signText(secret, `person:${verified ? 1 : 0}:${externalId}`)
  const bytes = Uint8Array.from(atob(signature.replaceAll('-', '+').replaceAll('_', '/')), (byte) => byte.charCodeAt(0))
  const hex = hexOf(bytes.subarray(0, 16))
  const variant = ((Number.parseInt(hex.charAt(16), 16) & 3) | 8).toString(16)
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-8${hex.slice(13, 16)}-${variant}${hex.slice(17, 20)}-${hex.slice(20)}`
}

const erasedAddress = (secret: string, address: string) => signText(secret, `erased:address:${address}`)
const erasedEmail = (secret: string, address: string) => signText(secret, `erased:email:${address}`)
/** Of a reduced item, which names nobody: the hash that stands in place of who it was. */
const erasedReduced = (who: number) => `reduced:${who}`
const erasedAnonymous = (secret: string, id: string) => signText(secret, `erased:anonymous:${id}`)

/**
 * An item with its person's UUID, and with what an erasure that would have taken it has marked: the person; where none
 * is named, the anonymous id and the addresses; an address that was itself erased, whoever names it.
 */
export async function markItem<T extends NewItem>(secret: string, item: T): Promise<T> {
  const { person } = item
  const addresses = addressesOf(item)
  const marks = addresses.map((address) => erasedAddress(secret, address))
  if (person?.id !== undefined) {
    const uuid = await personId(secret, { externalId: person.id, verified: person.verified })
    return { ...item, person: { ...person, uuid }, marks: [uuid, ...(await Promise.all(marks))] }
  }
  marks.push(...addresses.map((address) => erasedEmail(secret, address)))
  if (person?.anonymousId !== undefined) marks.push(erasedAnonymous(secret, person.anonymousId))
  if (item.who !== undefined) marks.push(Promise.resolve(erasedReduced(item.who)))
  const { uuid: _, ...unnamed } = person ?? { verified: false }
  return { ...item, person: person === null ? null : unnamed, marks: await Promise.all(marks) }
}

/** What an erasure marks. */
export async function marksOf(secret: string, meant: Meant): Promise<string[]> {
  const anonymous = [...meant.linked.anonymous, ...(meant.anonymous === null ? [] : [meant.anonymous])]
  const persons = await Promise.all(meant.persons.map((key) => personId(secret, key)))
  const reduced = [...persons, ...anonymous].map((id) => erasedReduced(hash53(id)))
  const marks = await Promise.all([
    ...anonymous.map((id) => erasedAnonymous(secret, id)),
    ...meant.linked.addresses.map((address) => erasedEmail(secret, address)),
    ...(meant.address === null ? [] : [erasedAddress(secret, meant.address)]),
  ])
  return [...new Set([...persons, ...reduced, ...marks])]
}

/** What an erasure would have marked of somebody whom a text names: as an id, an anonymous id, or an address. */
export async function marksOfText(secret: string, text: string): Promise<string[]> {
  const address = addressOf(text)
  return Promise.all([
    personId(secret, { externalId: text, verified: true }),
    personId(secret, { externalId: text, verified: false }),
    erasedAnonymous(secret, text),
    erasedAddress(secret, address),
    erasedEmail(secret, address),
  ])
}
