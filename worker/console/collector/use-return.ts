import { useEffect } from 'preact/hooks'
import type { Failure } from './answer.ts'
import { onReturn } from './connection.ts'

/** Asks again for what was not answered, once there is a connection again. */
export function useReturn(failure: Failure | null, run: () => void): void {
  useEffect(() => (failure?.because === 'unreachable' ? onReturn(run) : undefined), [failure])
}
