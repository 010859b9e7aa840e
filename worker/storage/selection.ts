import { limits } from '../../sdk/wire/limits.ts'
import { type Facet, facetToken, placeToken } from './facets.ts'
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
  /** Received at or after, in epoch ms; nothing said more than `sinceSlackMs` before that. */
  since: number | null
  /**
   * Stored by then, as a change number up to which the counts have come. What is counted never moves its `born`, so this
   * fixes a selection for good, whatever is stored or imported meanwhile.
   */
  bornBy?: number
  spam: 'without' | 'with' | 'only'
  merged: 'without' | 'with'
  sort: 'newest' | 'oldest' | 'relevance' | null
}

/** What asks for nothing in particular: everything that is not spam, merged items too. */
export const unfiltered = {
  terms: [],
  relaxed: null,
  any: [],
  none: [],
  from: null,
  to: null,
  asOf: null,
  since: null,
  spam: 'without',
  merged: 'with',
  sort: null,
} as const satisfies Omit<Selection, 'project' | 'environments'>

const spamFacet: Facet = ['spam', 'yes']
const mergedFacet: Facet = ['merged', 'yes']

/** Documents of one millisecond of `created_at`. */
export const docsPerMs = 1024
/**
 * A `doc` as a parameter. Numbers come to SQLite as floating point, by which FTS5 does not seek: it would read every
 * match there is, whatever the range. https://sqlite.org/src/file?name=ext/fts5/fts5_main.c (fts5GetRowidLimit)
 */
export const docBound = 'CAST(? AS INTEGER)'
/** How far a crowded millisecond may spill into the next ones, in ms; see `allocate.ts`. */
export const spillMs = 60_000

/**
 * What `since` looks at, in ms: the collector takes nothing that was said longer before it came. Older ones are imports,
 * which are no news, and looking for them would read every item there is.
 */
export const sinceSlackMs = limits.createdAtMaxAgeDays * 86_400_000

/** From when on items of the selection were said, in epoch ms. */
export function saidFrom({ from, since }: Pick<Selection, 'from' | 'since'>): number | null {
  return since === null ? from : Math.max(from ?? 0, since - sinceSlackMs)
}

/** The lowest and the highest `doc` that may hold an item of the selection. */
export function docRange(selection: Pick<Selection, 'from' | 'to' | 'since'>): { low: number; high: number } {
  return {
    low: (saidFrom(selection) ?? 0) * docsPerMs,
    high: selection.to === null ? Number.MAX_SAFE_INTEGER : (selection.to + spillMs) * docsPerMs,
  }
}

/** Whether the list index alone answers: one environment, spam or not, and no facet or word. */
export function isPlain(selection: Selection): boolean {
  return (
    selection.terms.length === 0 &&
    selection.any.length === 0 &&
    selection.none.length === 0 &&
    selection.merged === 'with' &&
    selection.environments.length === 1 &&
    selection.spam !== 'with'
  )
}

/** The values of `item.spam` that the selection lets through. */
export function spamValues(selection: Selection): number[] {
  if (selection.spam === 'with') return [0, 1]
  return [selection.spam === 'only' ? 1 : 0]
}

function tokenOf(selection: Selection, [name, value]: Facet): string {
  return `"${facetToken(selection.project, name, value)}"`
}

/** The FTS5 expression for the items of the selection's environments, in its project and in no other. */
export function placesOf({ project, environments }: Selection): string {
  return `(${environments.map((environment) => `"${placeToken(project, environment)}"`).join(' OR ')})`
}

function groupOf(selection: Selection, group: readonly Facet[]): string {
  return `(${group.map((facet) => tokenOf(selection, facet)).join(' OR ')})`
}

function excludedOf(selection: Selection): readonly Facet[] {
  return selection.merged === 'without' ? [...selection.none, mergedFacet] : selection.none
}

/**
 * The FTS5 expression over facet tokens. In the spam tray, which is small, its own token leads, and the environment,
 * whose token stands in nearly every document, is looked up in the list index (`source.ts`).
 */
export function facetMatch(selection: Selection): string {
  const isTray = selection.spam === 'only'
  const lead = isTray ? groupOf(selection, [spamFacet]) : placesOf(selection)
  const all = [lead, ...selection.any.map((group) => groupOf(selection, group))].join(' AND ')
  const none = [...excludedOf(selection), ...(selection.spam === 'without' ? [spamFacet] : [])]
  return none.length === 0 ? all : `((${all}) NOT ${groupOf(selection, none)})`
}

/**
 * The FTS5 expression over both columns of `words`, for a search; `said` is the part about the words alone. Environment
 * and spam are left to the list index: their tokens stand in nearly every document, and walking them costs more than
 * looking up what the words found.
 */
export function wordsMatch(selection: Selection, said: string): string {
  // The spam tray is small: there its token leads.
  const groups = selection.spam === 'only' ? [...selection.any, [spamFacet]] : selection.any
  const any = groups.map((group) => ` AND (scope : ${groupOf(selection, group)})`).join('')
  const wanted = `(said : ${said})${any}`
  const none = excludedOf(selection)
  return none.length === 0 ? wanted : `(${wanted}) NOT (scope : ${groupOf(selection, none)})`
}

/** Whether `wordsMatch` has nothing but the part about the words. */
export function isSaidAlone(selection: Selection): boolean {
  return selection.any.length === 0 && selection.spam !== 'only' && excludedOf(selection).length === 0
}

/** The part about the words, or null where the selection asks for none. */
export function saidMatch(selection: Selection): string | null {
  return selection.relaxed ?? matchAll(selection.terms)
}
