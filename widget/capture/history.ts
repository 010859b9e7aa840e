import type { Mark } from './marks.ts'

/** The annotations as a row of states: undoing is a step back in it. */
export interface History {
  now: () => Mark[]
  /** Adds a state; with the same `run` as the last one it replaces that, so that a drag is one step. */
  push: (marks: Mark[], run?: unknown) => void
  /** -1 undoes, 1 does again; false where there is nothing more. */
  step: (by: 1 | -1) => boolean
  can: (by: 1 | -1) => boolean
}

export function createHistory(): History {
  let states: Mark[][] = [[]]
  let at = 0
  let lastRun: unknown
  const can = (by: 1 | -1) => at + by in states
  return {
    now: () => states[at]!,
    push(marks, run) {
      if (!run || run !== lastRun) at++
      lastRun = run
      states = [...states.slice(0, at), marks]
    },
    can,
    step(by) {
      lastRun = undefined
      if (!can(by)) return false
      at += by
      return true
    },
  }
}
