import { useEffect, useRef, useState } from 'preact/hooks'
import type { AuditEntry, Total } from '../../../sdk/wire/index.ts'
import type { Failure } from '../collector/answer.ts'
import { listAudit } from '../collector/audit.ts'
import { useReturn } from '../collector/use-return.ts'

/** The log as far as it was read; entries are null until the first page is here. */
export interface Log {
  entries: readonly AuditEntry[] | null
  total: Total | null
  /** Why the first page did not come. */
  failure: Failure | null
  hasMore: boolean
  /** Why a further page did not come. */
  stuck: Failure | null
  isBusy: boolean
  more: () => void
}

interface Read {
  entries: readonly AuditEntry[]
  total: Total
  next: string | null
}

/** Reads the log page by page; another query or round begins anew, and leaves what stood there until it is here. */
export function useLog(query: string, round: number, isAllowed: boolean): Log {
  const [read, setRead] = useState<Read | null>(null)
  const [failure, setFailure] = useState<Failure | null>(null)
  const [stuck, setStuck] = useState<Failure | null>(null)
  const [isBusy, setBusy] = useState(false)
  const [again, setAgain] = useState(0)
  const given = useRef(new AbortController())

  useEffect(() => {
    const mine = new AbortController()
    given.current = mine
    if (!isAllowed) return undefined
    const load = async () => {
      setBusy(true)
      const answer = await listAudit(query, null, mine.signal)
      if (mine.signal.aborted) return
      setBusy(false)
      setStuck(null)
      setFailure(answer.ok ? null : answer.failure)
      if (answer.ok) setRead({ entries: answer.value.items, total: answer.value.total, next: answer.value.next })
    }
    void load()
    return () => mine.abort()
  }, [query, round, isAllowed, again])
  useReturn(failure, () => setAgain((before) => before + 1))

  const more = async () => {
    const mine = given.current
    if (read === null || read.next === null || isBusy) return
    setBusy(true)
    const answer = await listAudit(query, read.next, mine.signal)
    if (mine.signal.aborted) return
    setBusy(false)
    setStuck(answer.ok ? null : answer.failure)
    if (!answer.ok) return
    const { items, next } = answer.value
    setRead({ ...read, entries: [...read.entries, ...items], next })
  }

  return {
    entries: read?.entries ?? null,
    total: read?.total ?? null,
    failure,
    hasMore: read?.next !== null && read !== null,
    stuck,
    isBusy,
    more: () => void more(),
  }
}
