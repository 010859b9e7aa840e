/** Marks what was searched for in what was found. The collector decides what is found; this only points at it. */

export interface Part {
  text: string
  found: boolean
}

/** Endings that the collector's search sets aside in English, so that `wait` points at `waiting` and the other way round. */
const endings = /(?:ings?|ed|es|s)$/
const stemMinChars = 4
/** Characters kept before the first hit, so that it reads as part of a sentence. */
const leadChars = 40

/** The single words and quoted phrases of a query, without the excluded ones. */
export function searchTerms(query: string): string[] {
  const terms = query.match(/-?"[^"]*"|\S+/g) ?? []
  return terms
    .filter((term) => !term.startsWith('-'))
    .map((term) => term.replaceAll('"', '').trim().toLowerCase())
    .filter((term) => term !== '')
}

/** @example highlight('Long waiting times', ['wait']) // 'Long ', 'waiting' found, ' times' */
export function highlight(text: string, terms: readonly string[]): Part[] {
  if (terms.length === 0) return [{ text, found: false }]
  const patterns = terms.map(pattern)
  const either = new RegExp(`(${patterns.join('|')})`, 'giu')
  return text
    .split(either)
    .map((part, index) => ({ text: part, found: index % 2 === 1 }))
    .filter((part) => part.text !== '')
}

/** The text from shortly before the first hit on, where that would otherwise lie too far to the right to be seen. */
export function excerpt(text: string, terms: readonly string[], roomChars = 60): string {
  const [first] = highlight(text, terms)
  if (!first || first.found || first.text.length === text.length || first.text.length < roomChars) return text
  const from = text.indexOf(' ', first.text.length - leadChars)
  const start = from === -1 || from >= first.text.length ? first.text.length - leadChars : from + 1
  return `… ${text.slice(Math.max(0, start))}`
}

function pattern(term: string): string {
  const stem = term.replace(endings, '')
  const kept = stem.length >= stemMinChars ? stem : term
  const escaped = kept.replaceAll(/[.*+?^${}()|[\]\\/]/g, String.raw`\$&`)
  // Scripts that set no spaces have no word to begin; everywhere else a term begins one, and the rest of it counts.
  const spaced = /^[\p{Script=Latin}\p{Script=Cyrillic}\p{Script=Greek}]/u.test(kept)
  return spaced ? String.raw`(?<![\p{L}\p{N}])${escaped}[\p{L}\p{N}]*` : escaped
}
