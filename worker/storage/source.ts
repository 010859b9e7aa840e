import { facetMatch, isPlain, saidMatch, type Selection, spamValues, wordsMatch } from './selection.ts'
import { matchAny } from './words.ts'

export type Bound = (string | number)[]

/** The narrowest table that knows which items are meant, as parts of a statement. */
export interface Source {
  from: string
  where: string
  bound: Bound
  /** The column that holds `doc`. */
  doc: string
}

/** The list index for no filter, the facets for filters, the words for words. */
export function sourceOf(selection: Selection): Source {
  const said = saidMatch(selection)
  if (said !== null) return wordsSource(selection, said)
  if (isPlain(selection)) {
    const { where, bound } = listed(selection, 'item')
    return { from: 'item INDEXED BY item_list', where, bound, doc: 'item.doc' }
  }
  return facetSource(selection)
}

function facetSource(selection: Selection): Source {
  const source: Source = { from: 'facet', where: 'facet MATCH ?', bound: [facetMatch(selection)], doc: 'facet.rowid' }
  if (selection.spam === 'only') {
    const seen = listed(selection, 'seen')
    source.where += ` AND ${isListed(seen.where, source.doc)}`
    source.bound.push(...seen.bound)
  }
  const excluded = selection.terms.filter((term) => term.excluded)
  if (excluded.length > 0) {
    source.where += ' AND facet.rowid NOT IN (SELECT rowid FROM words WHERE words MATCH ?)'
    source.bound.push(`said : ${matchAny(excluded, [])}`)
  }
  return source
}

const isListed = (where: string, doc: string): string =>
  `EXISTS (SELECT 1 FROM item AS seen INDEXED BY item_list WHERE ${where} AND seen.doc = ${doc})`

/** What holds the words, and can be seen: looked up in the list index, item by item. */
export function wordsSource(selection: Selection, said: string): Source {
  const seen = listed(selection, 'seen')
  return {
    from: 'words',
    where: `words MATCH ? AND ${isListed(seen.where, 'words.rowid')}`,
    bound: [wordsMatch(selection, said), ...seen.bound],
    doc: 'words.rowid',
  }
}

/** A comparison with one of some texts, and what is bound for it: one parameter, however many an address names. */
export const anyOf = (texts: readonly string[]): { sql: string; bound: string } => {
  const [first = '', ...others] = texts
  return others.length === 0
    ? { sql: '= ?', bound: first }
    : { sql: 'IN (SELECT value FROM json_each(?))', bound: JSON.stringify(texts) }
}

/** The head of the list index: project, environments, spam or not. */
function listed(selection: Selection, table: string): { where: string; bound: Bound } {
  const environment = anyOf(selection.environments)
  const [spam, ...more] = spamValues(selection)
  const isSpam = more.length === 0 ? `= ${spam}` : `IN (${[spam, ...more].join(', ')})`
  return {
    where: `${table}.project = ? AND ${table}.environment ${environment.sql} AND ${table}.spam ${isSpam}`,
    bound: [selection.project, environment.bound],
  }
}
