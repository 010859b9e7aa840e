import { useState } from 'preact/hooks'
import type { Answer, Failure } from '../collector/answer.ts'
import { useAnswer } from '../collector/use-answer.ts'
import { triaged } from '../triage/workspace.ts'

/** What a chart asked for; the old numbers stay, marked as such, until the new ones are there. */
export function useNumbers<T>(
  ask: (signal: AbortSignal) => Promise<Answer<T>> | null,
  on: readonly unknown[],
): { value: T | null; failure: Failure | null; isStale: boolean; retry: () => void } {
  const [round, setRound] = useState(0)
  const key = JSON.stringify([...on, round, triaged.value])
  const { value, failure } = useAnswer<{ key: string; answer: T }>(
    (signal) =>
      ask(signal)?.then((answer) => (answer.ok ? { ok: true, value: { key, answer: answer.value } } : answer)) ?? null,
    [key],
  )
  return {
    value: value?.answer ?? null,
    failure,
    isStale: value !== null && value.key !== key,
    retry: () => setRound(round + 1),
  }
}
