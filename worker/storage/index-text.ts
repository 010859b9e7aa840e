import { type Facet, facetDocument, nameFacets, type Triage, triageFacets } from './facets.ts'
import { referenceOf } from './reference.ts'
import type { ItemBody, ItemRow } from './row.ts'
import { searchable } from './words.ts'

/** By what an item can be found besides its words: all of its facets, under the triage that is given. */
export function scopeDocument(
  row: Pick<ItemRow, 'project' | 'environment' | 'body'> & { facets: string },
  triage: Triage,
): string {
  const named = nameFacets(JSON.parse(row.body) as ItemBody)
  const facets = [...(JSON.parse(row.facets) as Facet[]), ...triageFacets(triage), ...named]
  return facetDocument(row.project, row.environment, facets)
}

/** What of an item can be searched: the message, the answers in words, and the reference. */
export function wordsDocument(row: Pick<ItemRow, 'id' | 'message' | 'body'>): string {
  const { survey } = JSON.parse(row.body) as ItemBody
  const answers = (survey?.answers ?? []).map(({ value }) => value).filter((value) => typeof value === 'string')
  return searchable([row.message, ...answers, referenceOf(row.id)].join('\n'))
}
