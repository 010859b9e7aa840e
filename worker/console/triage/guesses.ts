import type { Feedback, FeedbackList } from '../../../sdk/wire/index.ts'

/** Words of an item that are looked for, each by itself: so many small searches are answered at once. */
const wordsMax = 8
/** Shorter words tell little of what something is about. */
const wordMinChars = 4

/**
 * The words of a text that tell most of what it is about: the longest.
 *
 * @example tellingWords('The PDF export of the rota prints blank pages') // ['export', 'prints', 'blank', 'pages', 'rota']
 */
export function tellingWords(text: string): string[] {
  const words = text.toLowerCase().match(/[\p{L}\p{N}\p{M}]+/gu) ?? []
  const long = [...new Set(words)].filter((word) => word.length >= wordMinChars || !/^[\p{ASCII}]*$/u.test(word))
  return long.sort((one, other) => other.length - one.length).slice(0, wordsMax)
}

/**
 * Items by how many of the words they hold, a rare word counting for more than a common one; each page is what one word
 * found.
 */
export function bestOf(pages: readonly FeedbackList[]): Feedback[] {
  const found = new Map<string, { item: Feedback; score: number }>()
  for (const { items, total } of pages) {
    for (const item of items) {
      const before = found.get(item.id)?.score ?? 0
      found.set(item.id, { item, score: before + 1 / Math.log(2 + total.count) })
    }
  }
  const newer = (one: Feedback, other: Feedback) => (one.createdAt < other.createdAt ? 1 : -1)
  return [...found.values()]
    .sort((one, other) => other.score - one.score || newer(one.item, other.item))
    .map(({ item }) => item)
}

/** The id in what was typed, where it is an id or a link to an item. */
export function idIn(text: string): string | null {
  const found = /[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}/i.exec(text)
  return found ? found[0].toLowerCase() : null
}
