import { ratingScales, type Scores } from '../../../sdk/wire/index.ts'
import { filters } from '../address/address.ts'
import { behind } from './behind.ts'
import { NumberLink } from './number-link.tsx'

/** How many people gave which value, over the whole range; each opens its items. */
export function Distribution({ of: { scale, total, timeZone } }: { of: Scores }) {
  const { min, max } = ratingScales[scale]
  const values = Array.from({ length: max - min + 1 }, (_, index) => min + index)
  const most = Math.max(1, ...values.map((value) => total.counts[value] ?? 0))
  return (
    <ol class="distribution" aria-label="How many people gave which value">
      {values.map((value) => {
        const count = total.counts[value] ?? 0
        const listed = behind(filters.value, total.period, timeZone, { scale, min: `${value}`, max: `${value}` })
        const share = total.n === 0 ? 0 : count / total.n
        return (
          <li key={value} class={`distribution-column ${scale === 'nps' ? promoterClass(value) : ''}`}>
            <span class="distribution-count">
              {count === 0 ? (
                '0'
              ) : (
                <NumberLink
                  to={listed}
                  title={`${share.toLocaleString(undefined, { style: 'percent' })} gave ${value}`}
                >
                  {count.toLocaleString()}
                </NumberLink>
              )}
            </span>
            <span class="distribution-bar" style={{ height: `${Math.round((count / most) * 40)}px` }} />
            <span class="distribution-value">{value}</span>
          </li>
        )
      })}
    </ol>
  )
}

const promoterClass = (value: number): string => (value >= 9 ? 'good' : value <= 6 ? 'bad' : '')
