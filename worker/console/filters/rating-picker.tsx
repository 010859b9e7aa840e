import type { ComponentChildren } from 'preact'
import { useState } from 'preact/hooks'
import { isScale, ratingScales } from '../../../sdk/wire/index.ts'
import { close } from '../actions/overlay.ts'
import { filters, setFilters } from '../address/address.ts'
import { Button } from '../controls/button.tsx'
import { Picker, type Option } from '../controls/picker.tsx'
import {
  asksForNoScore,
  bands,
  scaleNames,
  withBand,
  withoutRating,
  withoutScore,
  withRange,
  type Band,
} from './rating.ts'

export function RatingPicker({ header, onBack }: { header: ComponentChildren; onBack: () => void }) {
  const current = filters.value
  const isNone = asksForNoScore(current)
  const none: Option = {
    key: 'none',
    label: 'No score given',
    section: 'Without',
    checked: isNone,
    run: () => setFilters(isNone ? withoutRating(filters.peek()) : withoutScore(filters.peek())),
  }
  return (
    <Picker
      label="Rating is"
      header={header}
      options={[...bands.map(bandOption), none]}
      onBack={onBack}
      onClose={close}
      footer={<Range />}
    />
  )
}

function bandOption(band: Band): Option {
  const { scale, min, max } = band
  const current = filters.value
  const checked =
    current.get('scale')?.[0] === scale &&
    current.get('min')?.[0] === String(min) &&
    current.get('max')?.[0] === String(max)
  return {
    key: `${scale} ${min}`,
    label: band.label,
    also: scaleNames[scale],
    section: scaleNames[scale],
    icon: <span class={`tone-dot tone-${band.tone}`} aria-hidden="true" />,
    detail: scale === 'thumbs' ? '' : min === max ? String(min) : `${min} to ${max}`,
    checked,
    run: () => setFilters(checked ? withoutRating(filters.peek()) : withBand(filters.peek(), band)),
  }
}

/** Any run of scores. */
function Range() {
  const first = (name: string) => filters.peek().get(name)?.[0] ?? ''
  const [scale, setScale] = useState(first('scale'))
  const [min, setMin] = useState(first('min'))
  const [max, setMax] = useState(first('max'))
  const bounds = isScale(scale) ? ratingScales[scale] : { min: 0, max: 10 }
  return (
    <form
      class="picker-foot"
      onSubmit={(event) => {
        event.preventDefault()
        setFilters(withRange(filters.peek(), scale, min, max))
        close()
      }}
    >
      <label class="day wide">
        <span>Or a range of</span>
        <select value={scale} onChange={(event) => setScale(event.currentTarget.value)}>
          <option value="">any scale</option>
          {Object.entries(scaleNames).map(([key, name]) => (
            <option key={key} value={key}>
              {name}
            </option>
          ))}
        </select>
      </label>
      <Bound label="From" value={min} {...bounds} onInput={setMin} />
      <Bound label="To" value={max} {...bounds} onInput={setMax} />
      <Button look="outline" type="submit" disabled={!scale && !min && !max}>
        Apply
      </Button>
    </form>
  )
}

function Bound(props: { label: string; value: string; min: number; max: number; onInput: (value: string) => void }) {
  return (
    <label class="day">
      <span>{props.label}</span>
      <input
        type="number"
        min={props.min}
        max={props.max}
        placeholder={String(props.label === 'From' ? props.min : props.max)}
        value={props.value}
        onInput={(event) => props.onInput(event.currentTarget.value)}
      />
    </label>
  )
}
