import { signal } from '@preact/signals'

/** Counts what was changed of the ways in: sessions and passkeys are asked for anew, because one may take the other along. */
export const round = signal(0)

export const askAgain = (): void => {
  round.value += 1
}
