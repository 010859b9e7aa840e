/** Ends an attempt that takes too long, or that the caller no longer wants. */
export interface TimeLimit {
  /** For `fetch`. */
  signal: AbortSignal
  /** Why it ended, or null while it runs. */
  over(): 'aborted' | 'late' | null
  /** Something came: the time begins anew. */
  restart(): void
  /** Nothing is expected for now. */
  pause(): void
  /** Nothing is waited for any more. */
  end(): void
}

/** Begins at once. */
export function startLimit(ms: number, caller: AbortSignal | undefined): TimeLimit {
  const controller = new AbortController()
  let late = false
  let timer: ReturnType<typeof setTimeout> | undefined
  const abort = () => controller.abort()
  const restart = () => {
    clearTimeout(timer)
    timer = setTimeout(() => {
      late = true
      abort()
    }, ms)
  }
  caller?.addEventListener('abort', abort)
  if (caller?.aborted === true) abort()
  restart()
  return {
    signal: controller.signal,
    over: () => (late ? 'late' : caller?.aborted === true ? 'aborted' : null),
    restart,
    pause: () => clearTimeout(timer),
    end() {
      clearTimeout(timer)
      caller?.removeEventListener('abort', abort)
    },
  }
}
