/** What tells repeats and mistakes in one file apart. Lines are numbered from 1, the first line with the names. */
export interface Known {
  /** How many equal rows stood before this one. */
  occurrenceOf(content: string): number
  /**
   * The first row with this id, which may be the one at hand. A later one that says something else must not be sent: it
   * would pass for a repeat, and its words would be lost.
   */
  firstOf(id: string, line: number, content: string): { line: number; content: string }
}

export function makeKnown(): Known {
  const equalRows = new Map<string, number>()
  const first = new Map<string, { line: number; content: string }>()
  return {
    occurrenceOf(content) {
      const before = equalRows.get(content) ?? 0
      equalRows.set(content, before + 1)
      return before
    },
    firstOf(id, line, content) {
      const known = first.get(id) ?? { line, content }
      first.set(id, known)
      return known
    },
  }
}
