import type { Feedback, FeedbackList } from '../../../sdk/wire/index.ts'
import type { Answer } from '../collector/answer.ts'
import { listFeedback, readFeedback } from '../collector/feedback.ts'

/** Words of an item that are looked for, each by itself: so many small searches are answered at once. */
const wordsMax = 8
/** Shorter words tell little of what something is about. */
const wordMinChars = 4
/** What each search gives, and what is offered in the end. */
const foundMax = 20
const offeredMax = 8

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

/**
 * Items that others could be merged into, the best guess first: what was typed, by words, reference, id or link; where
 * nothing was, what says much the same. Nothing that is merged itself.
 */
export async function findTargets(
  text: string,
  of: readonly Feedback[],
  signal: AbortSignal,
): Promise<Answer<Feedback[]>> {
  const offered = (items: readonly Feedback[]) =>
    items.filter((item) => !of.some(({ id }) => id === item.id)).slice(0, offeredMax)
  const id = idIn(text)
  if (id !== null) {
    const answer = await readFeedback(id)
    if (answer.ok) return { ok: true, value: offered([answer.value]) }
    return answer.failure.because === 'refused' ? { ok: true, value: [] } : answer
  }
  const [first] = of
  if (!first) return { ok: true, value: [] }
  const typed = text.trim()
  const search = (q: string) => {
    const query = new URLSearchParams({ q, merged: 'without', environment: first.environment })
    query.set('limit', String(foundMax))
    return listFeedback(query, signal)
  }
  if (typed !== '') {
    const answer = await search(typed)
    return answer.ok ? { ok: true, value: offered(answer.value.items) } : answer
  }
  // A trailing space: the whole word, not what begins so.
  const answers = await Promise.all(tellingWords(first.message).map((word) => search(`${word} `)))
  const pages = answers.flatMap((answer) => (answer.ok ? [answer.value] : []))
  const failed = answers.find((answer) => !answer.ok)
  return failed && pages.length === 0 ? failed : { ok: true, value: offered(bestOf(pages)) }
}
