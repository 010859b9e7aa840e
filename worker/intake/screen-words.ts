import type { ScreenReason } from '../../sdk/wire/index.ts'

/** Words of letters, as sentences have them; names of code and numbers are none. */
export const wordsOf = (text: string): string[] => text.match(/\p{L}[\p{L}\p{M}'’-]*/gu) ?? []

/** How many words a text has where words have no spaces between them: two such characters are about one. */
export function countWords(text: string): number {
  const dense = text.match(/[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Thai}]/gu)?.length ?? 0
  return (
    wordsOf(text.replace(/[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Thai}]+/gu, ' ')).length +
    Math.ceil(dense / 2)
  )
}

const sentencesMin = 4
const sentenceWordsMin = 3
const wordsMin = 20

/**
 * What saying the same again and again counts for. Whoever is angry repeats a word, and logs repeat their lines; so only
 * prose counts, and only much of it.
 */
export function screenRepetition(text: string): ScreenReason[] {
  if (wordsOf(text).length < sentencesMin * sentenceWordsMin) return []
  const prose = text
    .split('\n')
    .filter((line) => !isMachine(line))
    .join('\n')
    .toLowerCase()
  const sentences = prose
    .split(/[\n.!?]+/)
    .map((part) => part.trim())
    .filter((part) => wordsOf(part).length >= sentenceWordsMin)
  const most = mostOf(sentences)
  if (most >= sentencesMin && most >= sentences.length * 0.6) {
    return [{ code: 'repetition', points: most >= 6 ? 1 : 0.7, detail: `the same sentence ${most} times` }]
  }
  const words = wordsOf(prose).filter((word) => word.length > 1)
  const different = new Set(words).size
  if (words.length < wordsMin || different > words.length * 0.2) return []
  return [{ code: 'repetition', points: 0.8, detail: `${different} different words among ${words.length}` }]
}

function mostOf(parts: readonly string[]): number {
  const counts = new Map<string, number>()
  for (const part of parts) counts.set(part, (counts.get(part) ?? 0) + 1)
  return Math.max(0, ...counts.values())
}

/** Whether a line is a log's, code or a row of a table: a good part of it is neither letters nor what sentences need. */
function isMachine(text: string): boolean {
  const other = text.match(/[^\p{L}\p{M}\s.,;:!?'"’“”()-]/gu)?.length ?? 0
  return other > text.length * 0.08
}

/**
 * What words that nobody says count for. Only Latin letters can be judged so, and only long words; names from code,
 * which has capitals, digits and signs within its words, are left out, and so is whatever stands among other words.
 */
export function screenGibberish(text: string): ScreenReason[] {
  const all = wordsOf(text).length
  const random: string[] = []
  let left = all
  for (const word of text.split(/\s+/)) {
    // Most texts have said by their first words that they are none.
    if (left < all * 0.6) return []
    const plain = word.replace(/[.,!?]+$/, '')
    if (/^\p{Script=Latin}{5,}$/u.test(plain) && isRandom(plain)) random.push(plain)
    else if (/\p{L}/u.test(word)) left--
  }
  const letters = random.join('').length
  if (random.length === 0 || random.length < all * 0.6 || letters < 8) return []
  const points = letters >= 14 && (random.length > 1 || random.some(isMixed)) ? 1 : letters >= 12 ? 0.7 : 0.5
  const detail = `${random.length} of ${all} ${all === 1 ? 'word' : 'words'} are no language’s`
  return [{ code: 'gibberish', points, detail }]
}

/** Neighbours on a keyboard, both ways: who rolls a hand over it writes these. */
const neighbours = new Set(
  ['qwertyuiop', 'asdfghjkl', 'zxcvbnm'].flatMap((row) =>
    Array.from({ length: row.length - 1 }, (_, at) => [
      row.slice(at, at + 2),
      row.charAt(at + 1) + row.charAt(at),
    ]).flat(),
  ),
)

/** Whether a word looks typed by chance: hardly a vowel, neighbouring keys, or capitals thrown in. */
export function isRandom(word: string): boolean {
  const plain = word.normalize('NFD').replace(/\p{M}/gu, '')
  const lower = plain.toLowerCase()
  const letters = lower.length
  if (/^(.)\1+$/.test(lower)) return false
  if (isMixed(plain)) return true
  if (plain === plain.toUpperCase()) return false
  const vowels = lower.match(/[aeiouyäöüåæøœıªºəɛɔ]/g)?.length ?? 0
  if (letters >= 6 && vowels === 0) return true
  if (letters >= 8 && vowels / letters < 0.15) return true
  if (letters >= 7 && /^[asdfghjkl]+$/.test(lower) && vowels / letters <= 0.3) return true
  let near = 0
  for (let at = 0; at < letters - 1; at++) if (neighbours.has(lower.slice(at, at + 2))) near++
  if (letters >= 6 && near / (letters - 1) >= 0.6) return true
  // Six consonants in a row are German's most, but for compounds, which have more vowels around them.
  const run = Math.max(0, ...(lower.match(/[^aeiouyäöüåæøœıəɛɔ]+/g) ?? []).map((part) => part.length))
  return run >= 6 && run >= letters * 0.45
}

/** Whether capitals stand about as often as not, and anywhere: in `camelCase` and in `HTTPServer` they begin a part. */
function isMixed(word: string): boolean {
  if (word.length < 10) return false
  const capitals = word.match(/\p{Lu}/gu)?.length ?? 0
  const turns = word.match(/\p{Ll}(?=\p{Lu})|\p{Lu}(?=\p{Ll})/gu)?.length ?? 0
  return turns >= 4 && capitals >= word.length * 0.3 && capitals <= word.length * 0.7
}
