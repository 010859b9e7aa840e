import type { PersonRecord } from '../../sdk/wire/index.ts'
import type { Database } from '../storage/database.ts'
import { addressesOf, addressOf, hash53, type Named } from '../storage/facets.ts'
import { either, isDirect, listNamed, matchParts, type Meant, type PersonKey } from '../storage/meant.ts'
import { listPeople, listPeopleByEmail } from '../storage/people.ts'
import { personId } from './marks.ts'
import type { Selector } from './selector.ts'

/** Whose database and secret. */
export interface Place {
  db: Database
  project: string
  secret: string
}

/** Who is meant, and what is known of them. */
export interface Resolved {
  meant: Meant
  people: PersonRecord[]
}

const none: Meant = { persons: [], address: null, anonymous: null, linked: { addresses: [], anonymous: [] }, whos: [] }

/** What a selector names by itself, before anything is looked up; null for a UUID, which says nothing by itself. */
export function meantBySelf(selector: Selector): Meant | null {
  switch (selector.by) {
    case 'uuid':
      return null
    case 'external':
      return { ...none, persons: withClaims([{ externalId: selector.id, verified: true }]) }
    case 'email':
      return { ...none, address: selector.id }
    case 'anonymous':
      return { ...none, anonymous: selector.id }
  }
}

/** Finds who is meant, with the addresses and anonymous ids of what they said; null for a UUID that nobody has. */
export async function resolve(place: Place, selector: Selector): Promise<Resolved | null> {
  const { db, project } = place
  const [known] = selector.by === 'uuid' ? await listPeople(db, project, [selector.id]) : []
  const itself = meantBySelf(selector) ?? (known && { ...none, persons: withClaims([known]) })
  if (itself === undefined) return null
  const named = selector.by === 'email' ? { ...itself, persons: await listOwners(place, selector.id) } : itself
  const ids = await idsOf(place, named.persons)
  const direct = { ...named, whos: ids.map(hash53) }
  const people = await listPeople(db, project, ids)
  const said = (await listDirect(place, direct)).filter((named) => isTheirs(named, direct))
  const addresses = [
    ...people.flatMap(({ email }) => (email === undefined ? [] : [addressOf(email)])),
    ...said.flatMap(addressesOf),
  ]
  const anonymous = said.flatMap(({ person }) => person?.anonymousId ?? [])
  return {
    people,
    meant: { ...direct, linked: { addresses: [...new Set(addresses)], anonymous: [...new Set(anonymous)] } },
  }
}

/**
 * The people, and with each verified one whoever pages claim to be them: a token that expires in an outbox makes a
 * person's own words unverified. An unverified person stands alone.
 */
function withClaims(people: readonly PersonKey[]): PersonKey[] {
  const verified = new Set(people.filter((person) => person.verified).map(({ externalId }) => externalId))
  const all = new Set(people.map(({ externalId }) => externalId))
  return [
    ...[...verified].map((externalId) => ({ externalId, verified: true })),
    ...[...all].map((externalId) => ({ externalId, verified: false })),
  ]
}

/** The UUIDs of people. */
export const idsOf = ({ secret }: Place, persons: readonly PersonKey[]): Promise<string[]> =>
  Promise.all(persons.map((key) => personId(secret, key)))

/** The people whose own address this is: as they are known now, or as they were when they said something. */
async function listOwners(place: Place, address: string): Promise<PersonKey[]> {
  const owners: PersonKey[] = await listPeopleByEmail(place.db, place.project, address)
  for (const { person } of await listDirect(place, { ...none, address })) {
    if (person?.id === undefined || person.email === undefined || addressOf(person.email) !== address) continue
    owners.push({ externalId: person.id, verified: person.verified })
  }
  return withClaims(owners)
}

/** What the items name that are meant directly. */
async function listDirect({ db, project }: Place, meant: Meant): Promise<Named[]> {
  const { persons, named } = matchParts(project, meant)
  const match = either(persons, named)
  return match === null ? [] : (await listNamed(db, project, match)).filter((found) => isDirect(found, meant))
}

/** Whether nobody else said it: somebody else's words may name an address too, and lead to nobody but them. */
const isTheirs = ({ person }: Named, { persons }: Meant): boolean =>
  person?.id === undefined || persons.some(({ externalId }) => externalId === person.id)
