import { addressOf } from '../storage/facets.ts'
import { eraseMentions, listMentioning, type Mentioning } from '../storage/traces.ts'
import type { Place, Resolved } from './resolve.ts'

/** What names somebody where it stands in what the team made: a view, a webhook's filter, the audit log. */
export interface Traces {
  /** Ids, which may be any word, such as `admin`: they name them only where a query asks for a person. */
  ids: string[]
  /** Addresses and full names, in lower case, which name them anywhere. */
  texts: string[]
}

/** What stands in a query where somebody's id or address stood: it narrows as before, to nobody. */
const nobody = 'erased'

/** What names somebody. */
export function tracesOf({ meant, people }: Resolved): Traces {
  const names = people.flatMap(({ name = '' }) => (/\S\s+\S/.test(name) ? [name] : []))
  const addresses = [meant.address ?? [], meant.linked.addresses].flat()
  const anonymous = [meant.anonymous ?? [], meant.linked.anonymous].flat()
  return {
    ids: [...new Set([...meant.persons.map(({ externalId }) => externalId), ...anonymous])],
    texts: [...new Set([...addresses, ...names].map((text) => text.trim().toLowerCase()))],
  }
}

/** Takes somebody's id, addresses and name from what the team made of them; the items are not touched. */
export async function eraseTraces({ db, project }: Place, traces: Traces): Promise<void> {
  const changed = (await listMentioning(db, project)).flatMap((naming) => {
    const next = { ...naming, name: cleanText(naming.name, traces), query: cleanQuery(naming.query, traces) }
    return next.name === naming.name && next.query === naming.query ? [] : [next]
  })
  await eraseMentions(db, project, { changed, words: wordsOf(traces) })
}

/** Whether a search for an id is one for somebody: a plain word is searched for by whoever means the word. */
const isOwnSearch = (id: string): boolean => !/^\p{L}+$/u.test(id)

/** A query without somebody: their id where people are named, their addresses and names anywhere. */
function cleanQuery(query: Mentioning['query'], { ids, texts }: Traces): Mentioning['query'] {
  if (query === null) return null
  const cleaned = [...new URLSearchParams(query)].map(([name, value]) => {
    const isOfPeople = /^(not\.)?person$/.test(name) || (name === 'q' && isOwnSearch(value))
    const isTheirs = (isOfPeople && ids.includes(value)) || texts.includes(addressOf(value))
    return [name, isTheirs ? nobody : cleanText(value, { ids: [], texts })]
  })
  const isSame = cleaned.every(([, value], at) => value === [...new URLSearchParams(query)][at]?.[1])
  return isSame ? query : new URLSearchParams(cleaned).toString()
}

function cleanText(text: string, { texts }: Traces): string {
  let cleaned = text
  for (const trace of texts) {
    const find = (from: number) => cleaned.toLowerCase().indexOf(trace, from)
    for (let at = find(0); at >= 0; at = find(at + nobody.length)) {
      cleaned = cleaned.slice(0, at) + nobody + cleaned.slice(at + trace.length)
    }
  }
  return cleaned
}

/** As they stand in the JSON of the audit log: texts anywhere, ids in a query that asks for them. */
function wordsOf({ ids, texts }: Traces): string[] {
  const inJson = (text: string) => JSON.stringify(text).slice(1, -1)
  const inQuery = (name: string, value: string) => new URLSearchParams({ [name]: value }).toString()
  const asked = ids.flatMap((id) => {
    const parameters = [inQuery('person', id), ...(isOwnSearch(id) ? [inQuery('q', id)] : [])]
    return parameters.flatMap((parameter) => [`${parameter}"`, `${parameter}&`])
  })
  const words = [...texts.flatMap((text) => [inJson(text), inQuery('q', text).slice('q='.length)]), ...asked]
  return [...new Set(words.map((word) => word.toLowerCase()))]
}
