import { Star, ThumbsDown, ThumbsUp } from 'lucide'
import { ratingScales, type Rating } from '../../../sdk/wire/index.ts'
import { Icon } from '../controls/icon.tsx'
import { bandInWords, bandOf, scaleNames } from '../filters/rating.ts'

/** A score in a few characters: its number, its colour, and what the scale is. */
export function RatingMark({ of: { scale, value } }: { of: Rating }) {
  const tone = bandOf(scale, value)?.tone ?? 'notice'
  const title = ratingTitle({ scale, value })
  return (
    <span class={`rating tone-${tone}`} title={title}>
      <span class="hidden-text">{title}</span>
      <span class="rating-face" aria-hidden="true">
        {scale === 'thumbs' ? (
          <Icon of={value === 1 ? ThumbsUp : ThumbsDown} size={14} />
        ) : scale === 'stars' ? (
          <>
            <Icon of={Star} size={12} class="filled" />
            {value}
          </>
        ) : (
          <>
            <span class="rating-scale">{scaleNames[scale]}</span>
            {value}
          </>
        )}
      </span>
    </span>
  )
}

/** @example ratingTitle({ scale: 'nps', value: 3 }) // 'NPS 3 of 10, detractor' */
export function ratingTitle({ scale, value }: Rating): string {
  const band = bandOf(scale, value)
  if (scale === 'thumbs') return band?.label ?? 'Thumbs'
  return `${scaleNames[scale]} ${value} of ${ratingScales[scale].max}${scale === 'stars' ? '' : `, ${bandInWords(band)}`}`
}

/** The score large, on its whole scale, for the reading pane. */
export function RatingScaleBar({ of: { scale, value } }: { of: Rating }) {
  const { min, max } = ratingScales[scale]
  const band = bandOf(scale, value)
  if (scale === 'thumbs') {
    return (
      <span class={`rating-large tone-${band?.tone}`}>
        <Icon of={value === 1 ? ThumbsUp : ThumbsDown} />
        {band?.label}
      </span>
    )
  }
  const steps = Array.from({ length: max - min + 1 }, (_, index) => min + index)
  return (
    <span class={`rating-large tone-${band?.tone}`} role="img" aria-label={ratingTitle({ scale, value })}>
      {scale === 'stars' ? (
        steps.map((step) => <Icon key={step} of={Star} class={step <= value ? 'filled' : 'unfilled'} />)
      ) : (
        <span class="rating-steps">
          {steps.map((step) => (
            <span key={step} class={step === value ? 'step here' : 'step'} />
          ))}
        </span>
      )}
      <span class="rating-words">
        {scaleNames[scale]} {value} <span class="quiet">of {max}</span>
        {scale !== 'stars' && <span class="quiet">, {bandInWords(band)}</span>}
      </span>
    </span>
  )
}
