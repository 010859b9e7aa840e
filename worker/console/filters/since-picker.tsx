import type { ComponentChildren } from 'preact'
import { useState } from 'preact/hooks'
import { close } from '../actions/overlay.ts'
import { filters, setFilters } from '../address/address.ts'
import { project } from '../collector/session.ts'
import { Button } from '../controls/button.tsx'
import { addDays, dayIn } from '../controls/moment.ts'
import { Picker, type Option } from '../controls/picker.tsx'
import { withoutSince, withSince } from './date.ts'

const presets = [
  { label: 'Today', days: 0 },
  { label: 'Yesterday', days: 1 },
  { label: 'The last 7 days', days: 6 },
]

/** Since when it came in, which is what is new to whoever was away; what was imported from long ago is not. */
export function SincePicker({ header, onBack }: { header: ComponentChildren; onBack: () => void }) {
  const timeZone = project.value?.timeZone ?? 'UTC'
  const today = dayIn(timeZone, Date.now())
  const [since] = filters.value.get('since') ?? []
  const options = presets.map(({ label, days }): Option => {
    const day = addDays(today, -days)
    const checked = since === day
    const next = () => (checked ? withoutSince(filters.peek()) : withSince(filters.peek(), day, timeZone))
    return { key: label, label, checked, run: () => setFilters(next()) }
  })
  return (
    <Picker
      label="Received since"
      header={header}
      options={options}
      onBack={onBack}
      onClose={close}
      footer={<Moment />}
    />
  )
}

function Moment() {
  const [text, setText] = useState('')
  return (
    <form
      class="picker-foot"
      onSubmit={(event) => {
        event.preventDefault()
        const at = new Date(text)
        if (Number.isNaN(at.getTime())) return
        setFilters(withSince(filters.peek(), at.toISOString(), project.peek()?.timeZone ?? 'UTC'))
        close()
      }}
    >
      <label class="day wide">
        <span>A moment, in your own time</span>
        <input type="datetime-local" value={text} onInput={(event) => setText(event.currentTarget.value)} />
      </label>
      <Button look="outline" type="submit" disabled={!text}>
        Apply
      </Button>
    </form>
  )
}
