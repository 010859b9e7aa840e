import type { ComponentChildren } from 'preact'
import { close } from '../actions/overlay.ts'
import { filters, setFilters } from '../address/address.ts'
import { Picker, type Option } from '../controls/picker.tsx'
import { bands, scaleNames, withBand, withoutRating } from './rating.ts'

export function RatingPicker({ header, onBack }: { header: ComponentChildren; onBack: () => void }) {
  const current = filters.value
  const options = bands.map((band): Option => {
    const { scale, min, max } = band
    const checked =
      current.get('scale')?.[0] === scale &&
      current.get('min')?.[0] === String(min) &&
      current.get('max')?.[0] === String(max)
    return {
      key: `${scale} ${min}`,
      label: band.label,
      section: scaleNames[scale],
      icon: <span class={`tone-dot tone-${band.tone}`} aria-hidden="true" />,
      detail: scale === 'thumbs' ? '' : min === max ? String(min) : `${min} to ${max}`,
      checked,
      run: () => setFilters(checked ? withoutRating(filters.peek()) : withBand(filters.peek(), band)),
    }
  })
  return <Picker label="Rating is" header={header} options={options} onBack={onBack} onClose={close} />
}
