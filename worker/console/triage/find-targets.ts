import type { Feedback } from '../../../sdk/wire/index.ts'
import type { Answer } from '../collector/answer.ts'
import { listFeedback, readFeedback } from '../collector/feedback.ts'
import { bestOf, idIn, tellingWords } from './guesses.ts'

/** What each search gives, and what is offered in the end. */
const foundMax = 20
const offeredMax = 8

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
