import { isStopWord } from './stop-words.ts'

/** Scripts that are written without spaces, or whose words carry endings that no tokenizer here knows. */
const unspaced = /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Hangul}ー々〆]+/gu
const arabicMarks = /[\u0610-\u061A\u064B-\u065F\u0670\u06D6-\u06ED\u0640]/g
const arabicWord = /[\u0621-\u064A\u066E-\u06D3]+/g
/** The article with the prepositions and conjunctions that are written onto it. */
const arabicArticle = /^(?:وال|بال|كال|فال|ال|لل)(?=.{3,})/

/**
 * Text as the full-text table takes it: runs of Chinese, Japanese and Korean become overlapping pairs and a last single
 * character (so that one character is found as a prefix), Arabic loses vowel marks, variant letters and the article,
 * and apostrophes inside words go (can't is one word). Case and accents are the tokenizer's business.
 *
 * @example searchable('東京都 can’t') // ' 東京 京都 都  cant'
 */
export function searchable(text: string): string {
  return text
    .normalize('NFKC')
    .replace(/(\p{L})['’ʼ`](\p{L})/gu, '$1$2')
    .replace(unspaced, (run) => ` ${pairs(run).join(' ')} `)
    .replace(arabicMarks, '')
    .replace(arabicWord, (word) => foldArabic(word))
}

function pairs(run: string): string[] {
  const characters = Array.from(run)
  return characters.map((character, i) => character + (characters[i + 1] ?? ''))
}

function foldArabic(word: string): string {
  return word
    .replace(/[أإآٱ]/g, 'ا')
    .replace(/[ىئ]/g, 'ي')
    .replace(/ؤ/g, 'و')
    .replace(/ة/g, 'ه')
    .replace(arabicArticle, '')
}

/** One part of what somebody typed into the search field. */
export interface Term {
  /** What FTS5 looks for, already quoted. */
  match: string
  /** The plain word where it is one, for joining with its neighbour. */
  word: string | null
  excluded: boolean
}

/**
 * Splits any text into terms: quoted phrases, `-word`, words; the last word counts as a prefix. Never fails.
 *
 * @example parseSearch('"waiting time" -parking doc')
 */
export function parseSearch(query: string): Term[] {
  const terms: Term[] = []
  const parts = [...query.matchAll(/(-?)(?:"([^"]*)"?|([^\s"]+))/gu)]
  for (const [index, part] of parts.entries()) {
    const phrase = part[2]
    const text = phrase ?? part[3] ?? ''
    const words = searchable(text).match(/[\p{L}\p{N}\p{M}]+/gu)
    if (words === null) continue
    const cjk = /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Hangul}]/u.test(text)
    const last = index === parts.length - 1 && phrase === undefined && !/\s$/.test(query)
    // The single last character of a run stands in the index for prefix search; inside a phrase it would demand the
    // run to end there.
    const sought = cjk && words.length > 1 ? words.filter((word) => !isLoneUnspaced(word)) : words
    const prefix = (last && !cjk && (words.at(-1)?.length ?? 0) > 1) || (cjk && words.length === 1)
    const quoted = (sought.length > 0 ? sought : words).map((word) => word.replaceAll('"', ''))
    terms.push({
      match: `"${quoted.join(' ')}"${prefix ? '*' : ''}`,
      word: !cjk && quoted.length === 1 && phrase === undefined ? (quoted[0] ?? null) : null,
      excluded: part[1] === '-',
    })
  }
  return terms
}

function isLoneUnspaced(word: string): boolean {
  return Array.from(word).length === 1 && word.replace(unspaced, '') === ''
}

/** Queries up to this long are also tried with neighbours as one word, and as a phrase: each costs a pass of its own. */
const closeTermsMax = 4

/**
 * The FTS5 expression that wants every term that says something; neighbouring words may also stand as one (log in,
 * login), and the whole query as a phrase counts for more. Null when there is nothing to look for.
 */
export function matchAll(terms: readonly Term[]): string | null {
  const wanted = terms.filter((term) => !term.excluded)
  if (wanted.length === 0) return null
  const options = [conjunction(wanted)]
  if (wanted.length <= closeTermsMax) {
    for (let i = 0; i + 1 < wanted.length; i++) {
      const [first, second] = [wanted[i]?.word, wanted[i + 1]?.word]
      if (first == null || second == null) continue
      options.push(conjunction(wanted.toSpliced(i, 2, { match: `"${first}${second}"`, word: null, excluded: false })))
    }
    const plain = wanted.map((term) => term.word)
    if (plain.length > 1 && !plain.includes(null)) options.push(`"${plain.join(' ')}"`)
  }
  return withoutExcluded(options.map((option) => `(${option})`).join(' OR '), terms)
}

/** All terms, without function words where anything else remains. */
function conjunction(terms: readonly Term[]): string {
  const telling = tellingTerms(terms)
  return telling.map((term) => term.match).join(' AND ')
}

/** The terms without function words; all of them where nothing else remains. */
export function tellingTerms(terms: readonly Term[]): readonly Term[] {
  const telling = terms.filter((term) => term.word === null || !isStopWord(term.word))
  return telling.length > 0 ? telling : terms
}

/** The FTS5 expression that is content with any of these terms. */
export function matchAny(wanted: readonly Term[], terms: readonly Term[]): string {
  return withoutExcluded(wanted.map((term) => term.match).join(' OR '), terms)
}

function withoutExcluded(expression: string, terms: readonly Term[]): string {
  const excluded = terms.filter((term) => term.excluded)
  const none = excluded.map((term) => term.match).join(' OR ')
  return excluded.length === 0 ? `(${expression})` : `((${expression}) NOT (${none}))`
}
