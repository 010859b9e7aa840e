import { signal } from '@preact/signals'
import type { QuotaUse } from '../../../sdk/wire/index.ts'
import { readOutcomes } from '../collector/admission.ts'
import { isAdmin } from '../collector/session.ts'
import { listWebhooks } from '../collector/webhooks.ts'

/** Webhooks that need somebody: turned off by the collector, or failing for a long time. */
export const troubles = signal<readonly { id: string; name: string; isOff: boolean }[]>([])

/** How much of today's quota is used; null while nobody has asked. */
export const quotaUse = signal<QuotaUse | null>(null)

/** Asks for them, where somebody who can mend them is here. */
export async function loadTroubles(): Promise<void> {
  if (!isAdmin.peek()) return
  const today = new Date().toISOString().slice(0, 10)
  const [answer, outcomes] = await Promise.all([listWebhooks(), readOutcomes({ from: today, to: today })])
  if (outcomes.ok) quotaUse.value = outcomes.value.quota
  // Where it fails nothing is known, and the webhooks' own page says why.
  if (!answer.ok) return
  troubles.value = answer.value.items.flatMap(({ id, name, state, notice }) =>
    notice === null ? [] : [{ id, name, isOff: state === 'off' }],
  )
}
