import type { Emitter, EarshotEvents } from '../events.ts'
import { names } from '../events.ts'
import { removed } from '../scrub.ts'
import type { Collector } from '../transport.ts'

const secondMs = 1_000

/** What each event means, where its name does not say it. */
const meanings: Partial<{ [Name in keyof EarshotEvents]: (detail: EarshotEvents[Name]) => string }> = {
  beforesend: (submission) =>
    `${submission.id} is about to be kept and tried; values scrubbed: ${JSON.stringify(submission).split(removed).length - 1}`,
  cancelled: ({ id }) => `${id} was cancelled by beforeSend`,
  sent: ({ id, receipt }) => `${id} is stored as ${receipt.reference}; the collector noted: ${receipt.notes.length}`,
  queued: ({ id, problem, delayMs = 0 }) =>
    `${id} waits ${Math.round(delayMs / secondMs)} s, until ${new Date(Date.now() + delayMs).toLocaleTimeString()}, because ${problem?.detail ?? 'no answer of the collector’s came'}`,
  dropped: ({ id, reason, problem }) => `${id} was given up: ${reason}${problem ? `, ${problem.detail}` : ''}`,
}

/** Says in the console what happens and why: events, requests and their answers. Loaded for `debug` alone. */
export function debug(emitter: Emitter, collector: Collector): void {
  const say = (...words: unknown[]) => globalThis.console?.info('earshot:', ...words)
  for (const name of names.split(' ') as (keyof EarshotEvents)[]) {
    const meaning = meanings[name] as ((detail: unknown) => string) | undefined
    emitter.on(name, (detail) => say(name, meaning ? meaning(detail) : (detail ?? '')))
  }
  const { fetch } = collector
  collector.fetch = async (...args) => {
    const what = `${args[1]?.method ?? 'GET'} ${(args[0] as string).replace(/\?.*/, '')}`
    try {
      const response = await fetch(...args)
      say(what, 'was answered', response.status)
      return response
    } catch (error) {
      say(what, 'was not answered:', String(error))
      throw error
    }
  }
}
