/** What this page itself did to an item: every change from `first` to `last` was its own. */
interface Run {
  first: number
  last: number
}

/**
 * Remembers which change numbers are this page's own. Undo is made against the change it takes back; where only this
 * page changed the item since, the latest number stands for it.
 */
export function createOwnChanges() {
  const runs = new Map<string, Run>()
  return {
    moved(id: string, from: number, to: number): void {
      const run = runs.get(id)
      if (run?.last === from) run.last = to
      else runs.set(id, { first: to, last: to })
    },

    /** The change number that stands for `change`: the latest, where nobody else came between. */
    latest(id: string, change: number): number {
      const run = runs.get(id)
      return run && change >= run.first && change <= run.last ? run.last : change
    },
  }
}
