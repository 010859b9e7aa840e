import { request } from '../../sdk/transport.ts'
import type { Collector } from '../../sdk/transport.ts'
import type { SurveyDefinition, SurveyDisplay } from '../../sdk/wire/index.ts'

const batchMs = 10_000

/** Counts what was shown, and tells the collector how often: numbers, nobody's name. */
export interface Displays {
  add: (survey: SurveyDefinition) => void
  /** Tells what is not told yet; what does not arrive is told with the next. Never rejects. */
  flush: () => Promise<void>
}

export function createDisplays(collector: Collector): Displays {
  let waiting: SurveyDisplay[] = []
  let timer: ReturnType<typeof setTimeout> | undefined

  const flush = async () => {
    clearTimeout(timer)
    const displays = waiting
    if (displays.length === 0) return
    waiting = []
    const init = { method: 'POST', body: JSON.stringify({ displays }), keepalive: true }
    const { ok } = await request(collector, '/v1/displays', init).catch(() => ({ ok: false }))
    if (!ok) waiting.push(...displays)
  }
  return {
    add({ id: survey, version }) {
      waiting.push({ survey, version, count: 1 })
      clearTimeout(timer)
      timer = setTimeout(flush, batchMs)
    },
    flush,
  }
}
