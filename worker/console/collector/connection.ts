import { effect, signal } from '@preact/signals'

/** True while the collector does not answer: what is on screen may be old, and no change gets through. */
export const isOffline = signal(false)

/** Rises whenever the collector answers again after it did not. */
export const returns = signal(0)

const lookEveryMs = 5_000

/** When it was found that it does not answer, by the page's own clock. */
let lostAt = 0
let timer: ReturnType<typeof setTimeout> | undefined
let isLooking = false

/** Called with every answer, whatever it says; one to a request that began before the loss says nothing of what is now. */
export function heard(begunAt: number): void {
  if (!isOffline.peek() || begunAt < lostAt) return
  clearTimeout(timer)
  isOffline.value = false
  returns.value += 1
}

/** Called where a request got no answer: one may be cut off by chance, so another one decides. */
export function unheard(): void {
  if (!isOffline.peek()) void look()
}

async function look(): Promise<void> {
  clearTimeout(timer)
  if (isLooking) return
  isLooking = true
  const begunAt = performance.now()
  try {
    await fetch('/healthz', { cache: 'no-store' })
    heard(begunAt)
  } catch {
    if (!isOffline.peek()) lostAt = performance.now()
    isOffline.value = true
    timer = setTimeout(() => void look(), lookEveryMs)
  } finally {
    isLooking = false
  }
}

/** Calls back once the collector answers again; the function it answers with ends that. */
export function onReturn(run: () => void): () => void {
  const before = returns.peek()
  return effect(() => {
    if (returns.value !== before) queueMicrotask(run)
  })
}

/** Believes the browser when it says that there is no network, and looks for itself when it says there is. Call once. */
export function watchConnection(): void {
  addEventListener('offline', () => void look())
  addEventListener('online', () => void look())
}
