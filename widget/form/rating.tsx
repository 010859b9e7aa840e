import { ratingScales } from '../../sdk/wire/index.ts'
import type { WidgetConfig } from '../../sdk/wire/index.ts'
import type { Strings } from '../strings.ts'
import { Icon } from './icons.tsx'

interface RatingProps {
  rating: NonNullable<WidgetConfig['rating']>
  chosen?: string
  strings: Strings
}

/** A score on any scale of the wire: stars and thumbs as icons, the others as numbers with their ends named. */
export function RatingField({ rating: { scale, label }, chosen, strings }: RatingProps) {
  const { min, max } = ratingScales[scale]
  const values = Array.from({ length: max - min + 1 }, (_, step) => min + step)
  const drawn = scale === 'stars' ? 'star' : scale === 'thumbs' ? 'thumb' : ''
  return (
    <fieldset class={`rating ${scale}`}>
      <legend>{label ?? strings.rating}</legend>
      {values.map((value) => (
        <label class={drawn === 'star' && value <= Number(chosen ?? 0) ? 'on' : ''}>
          <input
            type="radio"
            name="rating"
            value={value}
            checked={String(value) === chosen}
            aria-label={drawn === 'thumb' ? (value ? strings.thumbs1 : strings.thumbs0) : `${value} / ${max}`}
          />
          {drawn ? <Icon name={drawn} /> : value}
        </label>
      ))}
      {!drawn && (
        <p class="ends" aria-hidden="true">
          <span>{strings.low}</span>
          <span>{strings.high}</span>
        </p>
      )}
    </fieldset>
  )
}
