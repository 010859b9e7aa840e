import { useEffect, useRef, useState } from 'preact/hooks'
import { type Delivery, limits } from '../../../../sdk/wire/index.ts'
import type { Failure } from '../../collector/answer.ts'
import { listDeliveries } from '../../collector/webhooks.ts'

interface Shown {
  /** What was asked for. */
  key: string
  items: Delivery[]
  next: string | null
}

/** Deliveries, the newest first; read anew with every `round`. */
export function useDeliveries(webhook: string, state: string | null, round: number) {
  const key = `${webhook} ${state}`
  const [shown, setShown] = useState<Shown | null>(null)
  const [failure, setFailure] = useState<Failure | null>(null)
  const [again, setAgain] = useState(0)
  const current = shown?.key === key ? shown : null
  const latest = useRef(current)
  latest.current = current

  const load = async (signal: AbortSignal, cursor?: string) => {
    const before = latest.current
    // What was shown stays shown: as many as there were, in one page where that can be.
    const limit = Math.min(limits.pageMax, Math.max(limits.pageDefault, before?.items.length ?? 0))
    const answer = await listDeliveries(webhook, { state, ...(cursor ? { cursor } : { limit }) }, signal)
    if (signal.aborted) return
    if (!answer.ok) return setFailure(answer.failure)
    setFailure(null)
    setShown({ key, next: answer.value.next, items: [...(cursor ? (before?.items ?? []) : []), ...answer.value.items] })
  }

  useEffect(() => {
    const given = new AbortController()
    void load(given.signal)
    return () => given.abort()
  }, [key, round, again])

  return {
    items: current?.items ?? null,
    next: current?.next ?? null,
    failure,
    more: () => {
      if (current?.next) void load(new AbortController().signal, current.next)
    },
    reload: () => setAgain((count) => count + 1),
  }
}
