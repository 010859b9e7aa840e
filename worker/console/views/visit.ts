import { computed, signal } from '@preact/signals'
import { recordVisit } from '../collector/views.ts'
import type { Filters } from '../address/view.ts'

/** A visit lasts while somebody does something; that is said this often at most. */
const sayEveryMs = 5 * 60_000

/** When the visit before this one ended: what was received since is new. Null on the first, and until it is known. */
export const newSince = signal<string | null>(null)

/** The list of what is new. */
export const newsFilters = computed<Filters | null>(() =>
  newSince.value === null ? null : new Map([['since', [newSince.value]]]),
)

/** True once the collector was asked, whatever it answered. */
export const isAsked = signal(false)

let saidAt = Number.NEGATIVE_INFINITY

/** A tab that is only open is no visit: it would end the news that nobody has seen. */
async function sayHere(): Promise<void> {
  if (Date.now() - saidAt < sayEveryMs) return
  saidAt = Date.now()
  const answer = await recordVisit()
  // Where it failed the next sign of life says it again.
  if (answer.ok) newSince.value = answer.value.since
  else saidAt = Number.NEGATIVE_INFINITY
  isAsked.value = true
}

/** Call once, when it is known who is here. */
export function startVisit(): void {
  if (document.visibilityState === 'visible') void sayHere()
  else isAsked.value = true
  for (const sign of ['pointerdown', 'keydown', 'wheel'] as const) {
    addEventListener(sign, () => void sayHere(), { passive: true })
  }
}
