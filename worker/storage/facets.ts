import type { Feedback, FeedbackPerson, Rating } from '../../sdk/wire/index.ts'
import type { StoredAttachment } from './row.ts'

/** A name and a value that a filter can ask for. Values compare as text. */
export type Facet = readonly [name: string, value: string]

/** An item before it has a row: everything that its facets come from. */
export type FacetSource = Pick<
  Feedback,
  'environment' | 'kind' | 'tags' | 'person' | 'page' | 'source' | 'rating' | 'survey' | 'release' | 'email'
> & { attachments?: StoredAttachment[]; scores?: Rating[] }

/** What can change after the item was stored. */
export interface Triage {
  status: string
  labels: string[]
  assignee: string | null
  spam: boolean
  mergedInto: string | null
}

/** The facets of an item that triage does not move; they feed the rollups and the catalogue of names too. */
export function fixedFacets(item: FacetSource): Facet[] {
  const facets: Facet[] = [
    ['kind', item.kind],
    ['source', item.source],
  ]
  const add = (name: string, value: string | number | boolean | undefined) => {
    if (value !== undefined && value !== '') facets.push([name, String(value)])
  }
  add('release', item.release)
  add('path', pathOf(item.page?.url))
  add('locale', item.page?.locale)
  add('survey', item.survey?.id)
  for (const { scale, value } of [...(item.rating ? [item.rating] : []), ...(item.scores ?? [])]) {
    add('scale', scale)
    add('score', `${scale}:${value}`)
  }
  if (item.person) {
    add('person', item.person.id)
    add('account', item.person.account?.id)
    add('plan', item.person.account?.plan)
    for (const [name, value] of Object.entries(item.person.traits ?? {})) add(`trait.${name}`, value)
  }
  add('verified', item.person?.verified === true)
  if (item.email !== undefined || item.person?.email !== undefined) add('has', 'email')
  // Announced is not yet come.
  if (item.attachments?.some(({ file }) => file !== undefined) === true) add('has', 'screenshot')
  for (const [name, value] of Object.entries(item.tags)) add(`tag.${name}`, value)
  return facets
}

/** An e-mail address as it is compared and looked for. */
export const addressOf = (email: string): string => email.trim().normalize('NFC').toLowerCase()

/** What a submission or an item names of somebody. */
export interface Named {
  person: Pick<FeedbackPerson, 'id' | 'email' | 'anonymousId' | 'verified'> | null
  email?: string
  /** Of a reduced item, which names nobody any more: a hash of who it was. */
  who?: number
}

/** The addresses that are named: the person's and the one to answer, each once, in the form of `addressOf`. */
export function addressesOf({ person, email }: Named): string[] {
  const named = [person?.email, email].filter((address) => address !== undefined)
  return [...new Set(named.map(addressOf))]
}

/**
 * The facets by which somebody's items are found where they are read out or erased. They are made from the body each
 * time the index is written and stand nowhere else: no filter asks for them, and nothing counts or suggests them.
 */
export function nameFacets(named: Named): Facet[] {
  const anonymous = named.person?.anonymousId
  return [
    ...addressesOf(named).map((address): Facet => ['email', address]),
    ...(anonymous === undefined ? [] : [['anonymous', anonymous] as const]),
    ...(named.person?.id === undefined ? [['named', 'no'] as const] : []),
    ...(named.who === undefined ? [] : [['who', String(named.who)] as const]),
  ]
}

/** The facets that triage moves. */
export function triageFacets(triage: Triage): Facet[] {
  return [
    ['status', triage.status],
    ...(triage.labels.length > 0 ? triage.labels : ['none']).map((label): Facet => ['label', label]),
    ['assignee', triage.assignee ?? 'none'],
    ...(triage.spam ? [['spam', 'yes'] as const] : []),
    ...(triage.mergedInto === null ? [] : [['merged', 'yes'] as const]),
  ]
}

/** The path of a page's address, without query and hash. */
export function pathOf(url: string | undefined): string | undefined {
  return url !== undefined && URL.canParse(url) ? new URL(url).pathname : undefined
}

/**
 * The token of a facet in the full-text table: what it is of (`tag` of every tag), and 53 bits over project, name and value.
 * Two values of one project share a token with odds of one in 10^4 at a million distinct values. Who wants to can make some up
 * that do, but a tag never has the token of anything that is not a tag; and what keeps projects apart is `placeToken`.
 */
export function facetToken(project: string, name: string, value: string): string {
  const [what = ''] = name.split('.', 1)
  return what + hash53(`${project}\u0000${name}\u0000${value}`).toString(36).padStart(hashChars, '0')
}

/** Digits of 53 bits as base 36: tokens of one kind are of one length. */
const hashChars = 11

/**
 * The token of where an item stands. It is longer than any token of a facet, and says the project itself, a UUID, rather than
 * a hash of it: whoever makes up a value with the same hash as another project's is not found there, and finds nothing.
 */
export function placeToken(project: string, environment: string): string {
  return project.replaceAll('-', '') + hash53(environment).toString(36)
}

/**
 * 53 bits of a text. The mixing is cyrb53 (public domain,
 * https://github.com/bryc/code/blob/master/jshash/experimental/cyrb53.js).
 */
export function hash53(text: string): number {
  let high = 0xdeadbeef
  let low = 0x41c6ce57
  for (let i = 0; i < text.length; i++) {
    const code = text.charCodeAt(i)
    high = Math.imul(high ^ code, 2654435761)
    low = Math.imul(low ^ code, 1597334677)
  }
  high = Math.imul(high ^ (high >>> 16), 2246822507) ^ Math.imul(low ^ (low >>> 13), 3266489909)
  low = Math.imul(low ^ (low >>> 16), 2246822507) ^ Math.imul(high ^ (high >>> 13), 3266489909)
  return 4294967296 * (2097151 & low) + (high >>> 0)
}

/** The document of an item in the full-text table of facets. */
export function facetDocument(project: string, environment: string, facets: readonly Facet[]): string {
  const tokens = new Set([placeToken(project, environment)])
  for (const [name, value] of facets) tokens.add(facetToken(project, name, value))
  return [...tokens].join(' ')
}
