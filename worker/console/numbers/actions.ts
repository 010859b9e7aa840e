import { periodUnits, ratingScales, type RatingScale } from '../../../sdk/wire/index.ts'
import type { Action } from '../actions/action.ts'
import { setOptions } from '../address/address.ts'
import { by } from './state.ts'
import { scaleNames } from './words.ts'

const keys = { day: ['1'], week: ['2'], month: ['3'] }

export const numbersActions: readonly Action[] = [
  ...periodUnits.map((unit): Action => ({
    id: `by-${unit}`,
    title: `Divide time by ${unit}s`,
    group: 'Numbers',
    keys: keys[unit],
    enabled: () => by.value !== unit,
    run: () => setOptions({ by: unit }, 'replace'),
  })),
  ...(Object.keys(ratingScales) as RatingScale[]).map((scale): Action => ({
    id: `show-${scale}`,
    title: `Show ${scaleNames[scale].name} over time`,
    group: 'Numbers',
    keys: [],
    run: () => setOptions({ show: scale }, 'replace'),
  })),
]
