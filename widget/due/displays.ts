import { postDisplays } from '../../sdk/transport.ts'
import type { Collector } from '../../sdk/transport.ts'
import type { SurveyDefinition, SurveyDisplay } from '../../sdk/wire/index.ts'

const batchMs = 10_000

/** Counts what was shown, and tells the collector how often: numbers, nobody's name. */
export interface Displays {
  add: (survey: SurveyDefinition) => void
  /** Tells what is not told yet. */
  flush: () => void
}

export function createDisplays(collector: Collector): Displays {
  let waiting: SurveyDisplay[] = []
  let timer: ReturnType<typeof setTimeout> | undefined

  const flush = async () => {
    clearTimeout(timer)
    const told = waiting
    waiting = []
    if (told.length > 0 && !(await postDisplays(collector, told))) waiting.push(...told)
  }
  return {
    add({ id: survey, version }) {
      const counted = waiting.find((display) => display.survey === survey && display.version === version)
      if (counted) counted.count++
      else waiting.push({ survey, version, count: 1 })
      clearTimeout(timer)
      timer = setTimeout(() => void flush(), batchMs)
    },
    flush: () => void flush(),
  }
}
