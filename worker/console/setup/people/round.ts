import { signal } from '@preact/signals'

/** Counts what was changed of members and invitations from elsewhere, such as the palette: each asks for the lists anew. */
export const round = signal(0)

export const askAgain = (): void => {
  round.value += 1
}
