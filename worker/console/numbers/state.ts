import { computed } from '@preact/signals'
import { isScale, type PeriodUnit, periodUnits, type RatingScale } from '../../../sdk/wire/index.ts'
import { option } from '../address/address.ts'

/** By what time is divided: weeks unless the address says otherwise. */
export const by = computed<PeriodUnit>(() => periodUnits.find((unit) => unit === option('by')) ?? 'week')

/** The score whose chart is shown; null leaves it to what has the most answers. */
export const shownScale = computed<RatingScale | null>(() => {
  const shown = option('show')
  return shown !== null && isScale(shown) ? shown : null
})

/** What the volume is split by; `none` is not split at all. */
export const split = computed<string | null>(() => {
  const wanted = option('split') ?? 'kind'
  return wanted === 'none' ? null : wanted
})
