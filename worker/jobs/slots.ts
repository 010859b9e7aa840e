/** Runs work when a slot is free; who came first goes first. */
export type Slots = <T>(work: () => Promise<T>) => Promise<T>

/** So many at once: a worker has six connections that wait for an answer. */
export function makeSlots(count: number): Slots {
  let free = count
  const waiting: (() => void)[] = []
  return async (work) => {
    if (free > 0) free--
    else await new Promise<void>((resolve) => waiting.push(resolve))
    try {
      return await work()
    } finally {
      const next = waiting.shift()
      if (next === undefined) free++
      else next()
    }
  }
}
