import { useEffect, useState } from 'preact/hooks'
import type { Answer, Failure } from './answer.ts'
import { useReturn } from './use-return.ts'

/**
 * What a component asked the collector for; both null while on the way. A later question gives up an earlier
 * one; what was not answered is asked again when there is a connection again.
 */
export function useAnswer<T>(
  ask: (signal: AbortSignal) => Promise<Answer<T>> | null,
  on: readonly unknown[],
): { value: T | null; failure: Failure | null } {
  const [value, setValue] = useState<T | null>(null)
  const [failure, setFailure] = useState<Failure | null>(null)
  const [round, setRound] = useState(0)
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
  }, [...on, round])
  useReturn(failure, () => setRound((before) => before + 1))
  return { value, failure }
}
