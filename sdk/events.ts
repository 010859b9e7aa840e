import type { dropReasons, Problem, Receipt, Submission } from './wire/index.ts'

/**
 * Why a submission, or with `attachment` one of its files, was given up. Each is counted and told to the collector with
 * the next success.
 */
export type DropReason = (typeof dropReasons)[number]

/**
 * What `on()` can be asked for, and what its listeners get.
 *
 * @example
 * earshot.on('dropped', ({ id, reason }) => log(`feedback ${id} was given up: ${reason}`))
 */
export interface EarshotEvents {
  /** The client is there. Whoever asks is called at once. */
  ready: undefined
  /** The form opened. */
  open: undefined
  /** The form closed. */
  close: undefined
  /** Somebody chose a kind that the page itself takes care of; `message` is what they had written. The form closed. */
  kind: { kind: string; message: string }
  /** A submission is about to be kept and sent. */
  beforesend: Submission
  /** `beforeSend` gave null. */
  cancelled: { id: string }
  /** The collector stored it. */
  sent: { id: string; receipt: Receipt }
  /** It is kept and will be tried again, in `delayMs` milliseconds unless something calls earlier. */
  queued: { id: string; problem?: Problem; delayMs?: number }
  /** It was given up; never in silence. */
  dropped: { id: string; reason: DropReason; problem?: Problem }
  /** The person was forgotten, by `reset()`. */
  reset: undefined
  /** `destroy()` was called. */
  destroy: undefined
  /** A function of the page's own (`beforeSend`, `token`, a listener) threw. Said in the console where nobody listens. */
  error: unknown
}

/** Of all events. */
export const names = 'ready open close kind beforesend cancelled sent queued dropped reset destroy error'

/** A list of listeners by event. One that throws is reported as `error` and harms nobody else. */
export interface Emitter {
  /** Returns what unsubscribes. */
  on: <Name extends keyof EarshotEvents>(name: Name, listener: (detail: EarshotEvents[Name]) => void) => () => void
  emit: <Name extends keyof EarshotEvents>(name: Name, detail: EarshotEvents[Name]) => void
}

/** Makes an emitter. */
export function createEmitter(): Emitter {
  const listeners = new Set<readonly [string, (detail: never) => void]>()
  const emit: Emitter['emit'] = (name, detail) => {
    let heard = name !== 'error'
    for (const [wanted, listener] of listeners) {
      if (wanted !== name) continue
      try {
        listener(detail as never)
        heard = true
      } catch (error) {
        if (name !== 'error') emit('error', error)
      }
    }
    if (!heard) globalThis.console?.error('earshot:', detail)
  }
  return {
    emit,
    on(name, listener) {
      if (!names.split(' ').includes(name)) throw new TypeError('no such event')
      const entry = [name, listener] as const
      listeners.add(entry)
      if (name === 'ready') emit(name, undefined as never)
      return () => void listeners.delete(entry)
    },
  }
}
