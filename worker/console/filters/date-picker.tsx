import type { ComponentChildren } from 'preact'
import { useState } from 'preact/hooks'
import { close } from '../actions/overlay.ts'
import { filters, setFilters } from '../address/address.ts'
import { project } from '../collector/session.ts'
import { Button } from '../controls/button.tsx'
import { dayIn } from '../controls/moment.ts'
import { Picker, type Option } from '../controls/picker.tsx'
import { datePresets, withDays } from './date.ts'

export function DatePicker({ header, onBack }: { header: ComponentChildren; onBack: () => void }) {
  const timeZone = project.value?.timeZone ?? 'UTC'
  const today = dayIn(timeZone, Date.now())
  const [from] = filters.value.get('from') ?? []
  const [to] = filters.value.get('to') ?? []
  const options = datePresets.map(({ key, label, days }): Option => {
    const range = days(today)
    const checked = range.from === from && range.to === to
    return { key, label, checked, run: () => setFilters(withDays(filters.peek(), range, timeZone)) }
  })
  return (
    <Picker
      label="Said when"
      header={header}
      options={options}
      onBack={onBack}
      onClose={close}
      footer={<Between from={from ?? ''} to={to ?? ''} timeZone={timeZone} />}
    />
  )
}

function Between(props: { from: string; to: string; timeZone: string }) {
  const [from, setFrom] = useState(props.from.slice(0, 10))
  const [to, setTo] = useState(props.to.slice(0, 10))
  return (
    <form
      class="picker-foot"
      onSubmit={(event) => {
        event.preventDefault()
        setFilters(withDays(filters.peek(), { ...(from && { from }), ...(to && { to }) }, props.timeZone))
        close()
      }}
    >
      <label class="day">
        <span>From</span>
        <input type="date" value={from} max={to} onInput={(event) => setFrom(event.currentTarget.value)} />
      </label>
      <label class="day">
        <span>To</span>
        <input type="date" value={to} min={from} onInput={(event) => setTo(event.currentTarget.value)} />
      </label>
      <Button look="outline" type="submit" disabled={!from && !to}>
        Apply
      </Button>
      <p class="quiet day-zone">Days in {props.timeZone}</p>
    </form>
  )
}
