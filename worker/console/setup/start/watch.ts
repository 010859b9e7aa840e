import { signal } from '@preact/signals'
import type { Feedback } from '../../../../sdk/wire/index.ts'
import type { Failure } from '../../collector/answer.ts'
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

  const next = () => {
    clearTimeout(timer)
    if (isOver || document.hidden || state.peek().arrived) return
    timer = setTimeout(() => void look(), delayMs)
    delayMs = Math.min(slowestMs, delayMs * slower)
  }
  const look = async () => {
    if (asking || isOver) return
    asking = true
    // Spam is shown too: whoever tries it out writes what looks like spam.
    const answer = await listFeedback(new URLSearchParams({ environment, spam: 'with', limit: '1', sort: 'newest' }))
    asking = false
    if (isOver) return
    const { before, asked } = state.peek()
    if (!answer.ok) state.value = { ...state.peek(), failure: answer.failure }
    else {
      const newest = answer.value.items[0] ?? null
      const isNew = before !== undefined && newest !== null && newest.id !== before?.id
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
