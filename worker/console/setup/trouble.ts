import { signal } from '@preact/signals'
import { isAdmin } from '../collector/session.ts'
import { listWebhooks } from '../collector/webhooks.ts'

/** Webhooks that need somebody: turned off by the collector, or failing for a long time. */
export const troubles = signal<readonly { id: string; name: string; isOff: boolean }[]>([])

/** Asks for them, where somebody who can mend them is here. */
export async function loadTroubles(): Promise<void> {
  if (!isAdmin.peek()) return
  const answer = await listWebhooks()
  // Where it fails nothing is known, and the webhooks' own page says why.
  if (!answer.ok) return
  troubles.value = answer.value.items.flatMap(({ id, name, state, notice }) =>
    notice === null ? [] : [{ id, name, isOff: state === 'off' }],
  )
}
