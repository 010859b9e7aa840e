import { addressOf } from '../storage/facets.ts'
import { eraseMentions, listMentioning, type Mentioning } from '../storage/traces.ts'
import type { Place, Resolved } from './resolve.ts'

/** What names somebody where it stands in what the team made: a view, a webhook's filter, the audit log. */
interface Traces {
  /** Ids, which name them only where they stand alone. */
  ids: string[]
  /** Addresses and full names, in lower case, which name them anywhere. */
  texts: string[]
}

/** What stands in a query where somebody's id or address stood: it narrows as before, to nobody. */
const nobody = 'erased'

/** Takes somebody's id, addresses and name from what the team made of them; the items are not touched. */
export async function eraseTraces({ db, project }: Place, { meant, people }: Resolved): Promise<void> {
  const names = people.flatMap(({ name = '' }) => (/\S\s+\S/.test(name) ? [name] : []))
  const addresses = [meant.address ?? [], meant.linked.addresses].flat()
  const anonymous = [meant.anonymous ?? [], meant.linked.anonymous].flat()
  const traces: Traces = {
    ids: [...new Set([...meant.persons.map(({ externalId }) => externalId), ...anonymous])],
    texts: [...new Set([...addresses, ...names].map((text) => text.trim().toLowerCase()))],
  }
  const changed = (await listMentioning(db, project)).flatMap((naming) => {
    const next = { ...naming, name: cleanText(naming.name, traces), query: cleanQuery(naming.query, traces) }
    return next.name === naming.name && next.query === naming.query ? [] : [next]
  })
  await eraseMentions(db, project, { changed, words: wordsOf(traces) })
}

/** A query without somebody: their id where people are named, their addresses and names anywhere. */
function cleanQuery(query: Mentioning['query'], { ids, texts }: Traces): Mentioning['query'] {
  if (query === null) return null
  const cleaned = [...new URLSearchParams(query)].map(([name, value]) => {
    const isOfPeople = name === 'q' || /^(not\.)?person$/.test(name)
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

/** As they stand in JSON: texts anywhere, ids as a whole value, and both as the value of a parameter. */
function wordsOf({ ids, texts }: Traces): string[] {
  const inJson = (text: string) => JSON.stringify(text).slice(1, -1)
  const inQuery = (text: string) => new URLSearchParams({ person: text }).toString()
  const whole = ids.flatMap((id) => {
    const value = JSON.stringify(id)
    // As a value, in an object or anywhere in a list; the name of a field is nobody's id.
    return [`:${value}`, `[${value}`, `,${value},`, `,${value}]`, `${inQuery(id)}"`, `${inQuery(id)}&`]
  })
  const words = [...texts.flatMap((text) => [inJson(text), inQuery(text).slice('person='.length)]), ...whole]
  return [...new Set(words.map((word) => word.toLowerCase()))]
}
