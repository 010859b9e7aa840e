import { useEffect, useState } from 'preact/hooks'
import type { Answer, Failure } from './answer.ts'

/** What a component asked the collector for; both null while on the way. A later question gives up an earlier one. */
export function useAnswer<T>(
  ask: (signal: AbortSignal) => Promise<Answer<T>> | null,
  on: readonly unknown[],
): { value: T | null; failure: Failure | null } {
  const [value, setValue] = useState<T | null>(null)
  const [failure, setFailure] = useState<Failure | null>(null)
  useEffect(() => {
    const given = new AbortController()
    const take = async () => {
      const answer = await ask(given.signal)
      if (answer === null || given.signal.aborted) return
      if (answer.ok) setValue(answer.value)
      setFailure(answer.ok ? null : answer.failure)
    }
    void take()
    return () => given.abort()
  }, [...on])
  return { value, failure }
}
