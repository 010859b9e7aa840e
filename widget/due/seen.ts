/** What is kept of one survey: when it was shown last, in ms, and this visitor's draw for its percentage. */
export interface SeenSurvey {
  at?: number
  draw?: number
}

export type SeenSurveys = Map<string, SeenSurvey>

/** Which surveys this browser has shown. Read anew each time, since another tab may have shown one. */
export interface Seen {
  read: () => SeenSurveys
  /** From 0 up to 100, the same each time; a number a survey, no id of the visitor. */
  draw: (survey: string) => number
  mark: (survey: string) => void
}

const surveysMax = 50

/** The record in `localStorage` under this name; where that is denied, it lives as long as the page. */
export function createSeen(name: string): Seen {
  let memory: SeenSurveys = new Map()

  const read = () => {
    try {
      memory = new Map(JSON.parse(localStorage[name] as string) as [string, SeenSurvey][])
    } catch {
      // Denied, empty or not ours: what this page knows counts.
    }
    return memory
  }
  const write = (survey: string, change: SeenSurvey) => {
    const before = read().get(survey)
    // Put last: the oldest go first.
    memory.delete(survey)
    memory = new Map([...memory, [survey, { ...before, ...change }] as const].slice(-surveysMax))
    try {
      localStorage[name] = JSON.stringify([...memory])
    } catch {
      // Denied or full.
    }
  }

  return {
    read,
    draw(survey) {
      const drawn = read().get(survey)?.draw
      if (drawn !== undefined) return drawn
      const draw = Math.floor(Math.random() * 10_000) / 100
      write(survey, { draw })
      return draw
    },
    mark: (survey) => write(survey, { at: Date.now() }),
  }
}
