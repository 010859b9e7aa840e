import { signal } from '@preact/signals'
import type { Feedback } from '../../../../sdk/wire/index.ts'
import type { Answer, Failure } from '../../collector/answer.ts'
import { listFeedback } from '../../collector/feedback.ts'

const firstMs = 2_000
const slowestMs = 30_000
const slower = 1.25

/** What the guide knows of an environment's feedback. */
export interface Watched {
  /** The newest when the guide began to watch; undefined while that is being asked, null where there was none. */
  before: Feedback | null | undefined
  /** What came since. */
  arrived: Feedback | null
  failure: Failure | null
  /** Times that were asked without anything new. */
  asked: number
}

/** Looks for the next submission of an environment: often at first, ever slower, and not while nobody looks. */
export function watch(environment: string) {
  const state = signal<Watched>({ before: undefined, arrived: null, failure: null, asked: 0 })
  let timer: ReturnType<typeof setTimeout> | undefined
  let delayMs = firstMs
  let isOver = false
  let asking = false
  /** Somebody asked while an answer was on its way, which may be older than what they wait for. */
  let again = false

  const next = () => {
    clearTimeout(timer)
    if (isOver || document.hidden || state.peek().arrived) return
    timer = setTimeout(() => void look(), again ? 0 : delayMs)
    if (!again) delayMs = Math.min(slowestMs, delayMs * slower)
    again = false
  }
  const look = async () => {
    again = asking
    if (asking || isOver) return
    asking = true
    const answer = await findNewest(environment)
    asking = false
    if (isOver) return
    const { before, asked } = state.peek()
    if (!answer.ok) state.value = { ...state.peek(), failure: answer.failure }
    else {
      const newest = answer.value
      // Not merely another: where the newest was deleted, the one before it is no news.
      const isNew = before !== undefined && newest !== null && newest.receivedAt > (before?.receivedAt ?? '')
      state.value = {
        before: before === undefined ? newest : before,
        arrived: isNew ? newest : null,
        failure: null,
        asked: asked + 1,
      }
    }
    next()
  }
  const onVisible = () => {
    if (document.hidden) return clearTimeout(timer)
    delayMs = firstMs
    void look()
  }
  document.addEventListener('visibilitychange', onVisible)
  void look()
  return {
    state,
    /** Asks at once, and often again. */
    now: () => {
      delayMs = firstMs
      void look()
    },
    stop: () => {
      isOver = true
      clearTimeout(timer)
      document.removeEventListener('visibilitychange', onVisible)
    },
  }
}

/**
 * The newest of an environment, spam too: whoever tries it out writes what looks like spam. Asked for singly, both
 * lists know an item from the moment it is stored; a list of both would wait for the index.
 */
async function findNewest(environment: string): Promise<Answer<Feedback | null>> {
  const newest = { environment, limit: '1', sort: 'newest' }
  const [said, spam] = await Promise.all([
    listFeedback(new URLSearchParams(newest)),
    listFeedback(new URLSearchParams({ ...newest, spam: 'only' })),
  ])
  if (!said.ok) return said
  if (!spam.ok) return spam
  const found = [...said.value.items, ...spam.value.items]
  const [first = null] = found.sort((one, other) => Date.parse(other.createdAt) - Date.parse(one.createdAt))
  return { ok: true, value: first }
}
