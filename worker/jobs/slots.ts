/** Connections that are shared by those who send over them. */
export interface Slots {
  /** Announces one of an owner's who will want slots; call what it gives when that one wants none any more. */
  enter(owner: string): () => void
  /** Runs work of an owner when there is a slot for it. */
  run<T>(owner: string, work: () => Promise<T>): Promise<T>
}

/** How many slots there are, and of these at most of one owner: where nobody else has entered, and where somebody has. */
export interface SlotCounts {
  all: number
  alone: number
  shared: number
}

/**
 * A free slot goes to whoever has the fewest, and among these to who came first; nobody takes more than a share. So an owner whose work
 * hangs holds up itself alone, whatever it has waiting.
 */
export function makeSlots({ all, alone, shared }: SlotCounts): Slots {
  const entered = new Map<string, number>()
  const taken = new Map<string, number>()
  const waiting: { owner: string; start: () => void }[] = []
  const takenBy = (owner: string) => taken.get(owner) ?? 0
  let free = all

  function startNext(): void {
    while (free > 0) {
      const most = entered.size > 1 ? shared : alone
      let next = -1
      for (const [i, { owner }] of waiting.entries()) {
        const best = waiting[next]
        if (takenBy(owner) < most && (best === undefined || takenBy(owner) < takenBy(best.owner))) next = i
      }
      const [one] = next < 0 ? [] : waiting.splice(next, 1)
      if (one === undefined) return
      free--
      add(taken, one.owner, 1)
      one.start()
    }
  }

  return {
    enter(owner) {
      add(entered, owner, 1)
      return () => {
        add(entered, owner, -1)
        startNext()
      }
    },
    async run(owner, work) {
      await new Promise<void>((start) => {
        waiting.push({ owner, start })
        startNext()
      })
      try {
        return await work()
      } finally {
        free++
        add(taken, owner, -1)
        startNext()
      }
    },
  }
}

function add(counts: Map<string, number>, owner: string, by: number): void {
  const count = (counts.get(owner) ?? 0) + by
  if (count === 0) counts.delete(owner)
  else counts.set(owner, count)
}
