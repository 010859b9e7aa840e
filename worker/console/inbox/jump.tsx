import { useState } from 'preact/hooks'
import { close, overlay } from '../actions/overlay.ts'
import { filters, goTo, setOptions, view, words } from '../address/address.ts'
import { withFilter } from '../address/view.ts'
import { project } from '../collector/session.ts'
import { Button } from '../controls/button.tsx'
import { addDays, dayIn } from '../controls/moment.ts'
import { Picker, type Option } from '../controls/picker.tsx'
import { Popover } from '../controls/popover.tsx'
import { moment } from '../filters/date.ts'
import { startsAt } from './inbox.ts'

const presets = [
  { label: 'Yesterday', days: 1 },
  { label: 'A week ago', days: 7 },
  { label: 'A month ago', days: 30 },
  { label: 'Three months ago', days: 90 },
  { label: 'A year ago', days: 365 },
]

/** Goes to a day of the list; nothing is filtered, the list only begins there. */
export function JumpMenu() {
  const shown = overlay.value
  if (shown?.shows !== 'jump') return null
  const today = dayIn(project.value?.timeZone ?? 'UTC', Date.now())
  const options = presets.map(({ label, days }): Option => {
    const day = addDays(today, -days)
    return { key: label, label, detail: moment(day), checked: startsAt.value === day, run: () => jump(day) }
  })
  if (startsAt.value) options.unshift({ key: 'back', label: backTitle(), run: goBack })
  return (
    <Popover label="Go to a date" anchor={shown.anchor} onClose={close}>
      <Picker label="Go to a date" options={options} onClose={close} footer={<DayForm />} />
    </Popover>
  )
}

function DayForm() {
  const [day, setDay] = useState(startsAt.peek()?.slice(0, 10) ?? '')
  return (
    <form
      class="picker-foot"
      onSubmit={(event) => {
        event.preventDefault()
        close()
        jump(day)
      }}
    >
      <label class="day wide">
        <span>Day in {project.value?.timeZone}</span>
        <input type="date" value={day} onInput={(event) => setDay(event.currentTarget.value)} />
      </label>
      <Button look="outline" type="submit" disabled={!day}>
        Go there
      </Button>
    </form>
  )
}

/** A list by relevance has no dates: it becomes one by time. */
function jump(day: string): void {
  const current = filters.peek()
  const isRanked = words.peek() !== '' && (current.get('sort')?.[0] ?? 'relevance') === 'relevance'
  goTo(
    { at: 'inbox' },
    {
      filters: isRanked ? withFilter(current, 'sort', ['newest']) : current,
      options: new Map(view.peek().options).set('start', day),
    },
  )
  document.querySelector('.rows')?.scrollTo({ top: 0 })
}

export function goBack(): void {
  setOptions({ start: null })
  document.querySelector('.rows')?.scrollTo({ top: 0 })
}

const isOldest = () => filters.value.get('sort')?.[0] === 'oldest'
const backTitle = () => (isOldest() ? 'Back to the oldest' : 'Back to the newest')

/** Says that the list begins later, and leads back. */
export function StartLine() {
  if (startsAt.value === null) return null
  return (
    <p class="start-line">
      <span>
        From {moment(startsAt.value)} {isOldest() ? 'on' : 'back'}
      </span>
      <button type="button" class="text-button" onClick={goBack}>
        {backTitle()}
      </button>
    </p>
  )
}
