import { type Facet, facetDocument, facetToken, nameFacets, type Triage, triageFacets } from './facets.ts'
import { referenceOf } from './reference.ts'
import type { ItemBody, ItemRow } from './row.ts'
import { searchable } from './words.ts'

/** An item as the full-text tables take it, under the triage that is given. */
export interface Documents {
  /** For `facet`: all that filters ask for, and whose item it is. */
  facet: string
  /** For `words`: what filters ask for, */
  scope: string
  /** and the words. */
  said: string
}

export function documentsOf(
  row: Pick<ItemRow, 'id' | 'project' | 'environment' | 'message' | 'body'> & { facets: string },
  triage: Triage,
): Documents {
  const facets = [...(JSON.parse(row.facets) as Facet[]), ...triageFacets(triage)]
  const scope = facetDocument(row.project, row.environment, facets)
  const names = nameFacets(JSON.parse(row.body) as ItemBody).map(([name, value]) =>
    facetToken(row.project, name, value),
  )
  return { facet: [scope, ...names].join(' '), scope, said: wordsDocument(row) }
}

/** What of an item can be searched: the message, the answers in words, the team's notes, and the reference. */
function wordsDocument(row: Pick<ItemRow, 'id' | 'message' | 'body'>): string {
  const { survey, teamNotes = [] } = JSON.parse(row.body) as ItemBody
  const answers = (survey?.answers ?? []).map(({ value }) => value).filter((value) => typeof value === 'string')
  return searchable([row.message, ...answers, ...teamNotes.map(({ text }) => text), referenceOf(row.id)].join('\n'))
}
