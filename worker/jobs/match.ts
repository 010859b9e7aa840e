import type { Facet } from '../storage/facets.ts'
import { triageFacets } from '../storage/facets.ts'
import type { NewsRow } from '../storage/news.ts'
import { saidMatch, type Selection, sinceSlackMs } from '../storage/selection.ts'
import { triageOf } from '../storage/triage.ts'
import { matchAny } from '../storage/words.ts'

/**
 * Whether a selection has an item, as a list would: by its own facets, so that no index is asked. Words are looked for
 * in the index (`wordsAsked`); spam is nobody's.
 */
export function hasItem(selection: Selection, row: NewsRow): boolean {
  const { environments, any, none, from, to, since, merged } = selection
  if (row.spam !== 0 || !environments.includes(row.environment)) return false
  if (merged === 'without' && row.merged_into !== null) return false
  if (from !== null && row.created_at < from) return false
  if (to !== null && row.created_at >= to) return false
  if (since !== null && (row.received_at < since || row.created_at < since - sinceSlackMs)) return false
  const facets = new Set([...(JSON.parse(row.facets) as Facet[]), ...triageFacets(triageOf(row))].map(keyOf))
  const has = (facet: Facet) => facets.has(keyOf(facet))
  return any.every((group) => group.some(has)) && !none.some(has)
}

const keyOf = ([name, value]: Facet): string => `${name}\u0000${value}`

/** What the index is asked for, and whether its answer is wanted or not; null where no words are asked for. */
export function wordsAsked(selection: Selection): { match: string; isWanted: boolean } | null {
  const said = saidMatch(selection)
  if (said !== null) return { match: `said : ${said}`, isWanted: true }
  const excluded = selection.terms.filter((term) => term.excluded)
  return excluded.length === 0 ? null : { match: `said : ${matchAny(excluded, [])}`, isWanted: false }
}
