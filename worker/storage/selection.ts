import { type Facet, facetToken } from './facets.ts'
import { matchAll, type Term } from './words.ts'

/** Which items are meant: what the filters of the wire come down to. Everything in it must hold. */
export interface Selection {
  project: string
  /** At least one. */
  environments: readonly string[]
  /** The words searched for; none when empty. */
  terms: readonly Term[]
  /** The FTS5 expression to use instead of all the words, once a search was relaxed; see `search.ts`. */
  relaxed: string | null
  /** Of each group at least one facet. */
  any: readonly (readonly Facet[])[]
  /** None of these facets. */
  none: readonly Facet[]
  /** Said at or after, in epoch ms. */
  from: number | null
  /** Said before, in epoch ms. */
  to: number | null
  /** Received before, in epoch ms. */
  asOf: number | null
  spam: 'without' | 'with' | 'only'
  merged: 'without' | 'with'
  sort: 'newest' | 'oldest' | 'relevance' | null
}

const spamFacet: Facet = ['spam', 'yes']
const mergedFacet: Facet = ['merged', 'yes']

/** Documents of one millisecond of `created_at`. */
export const docsPerMs = 1024
/** How far a crowded millisecond may spill into the next ones, in ms; see `allocate.ts`. */
export const spillMs = 60_000

/** The lowest and the highest `doc` that may hold an item of the selection. */
export function docRange(selection: Pick<Selection, 'from' | 'to'>): { low: number; high: number } {
  return {
    low: selection.from === null ? 0 : selection.from * docsPerMs,
    high: selection.to === null ? Number.MAX_SAFE_INTEGER : (selection.to + spillMs) * docsPerMs,
  }
}

/** Whether the list index alone answers: one environment and no facet or word. */
export function isPlain(selection: Selection): boolean {
  return (
    selection.terms.every((term) => term.excluded) &&
    selection.any.length === 0 &&
    selection.none.length === 0 &&
    selection.environments.length === 1 &&
    selection.spam !== 'only'
  )
}

/** The FTS5 expression over facet tokens. */
export function facetMatch(selection: Selection): string {
  const token = ([name, value]: Facet) => `"${facetToken(selection.project, name, value)}"`
  const environments = selection.environments.map((value): Facet => ['environment', value])
  const groups = [environments, ...selection.any]
  if (selection.spam === 'only') groups.push([spamFacet])
  const none = [...selection.none]
  if (selection.spam === 'without') none.push(spamFacet)
  if (selection.merged === 'without') none.push(mergedFacet)
  const all = groups.map((group) => `(${group.map(token).join(' OR ')})`).join(' AND ')
  return none.length === 0 ? all : `((${all}) NOT (${none.map(token).join(' OR ')}))`
}

/** The FTS5 expression over both columns of `words`, for a search; `said` is the part about the words alone. */
export function wordsMatch(selection: Selection, said: string): string {
  return `(scope : (${facetMatch(selection)})) AND (said : ${said})`
}

/** The part about the words, or null where the selection asks for none. */
export function saidMatch(selection: Selection): string | null {
  return selection.relaxed ?? matchAll(selection.terms)
}
