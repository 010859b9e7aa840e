import { signal } from '@preact/signals'
import { ArrowLeft, Tag, User } from 'lucide'
import type { ComponentChildren } from 'preact'
import { useEffect } from 'preact/hooks'
import type { KnownName } from '../../../sdk/wire/index.ts'
import { close, open, overlay } from '../actions/overlay.ts'
import { filters } from '../address/address.ts'
import { listNames } from '../collector/feedback.ts'
import { useAnswer } from '../collector/use-answer.ts'
import { Button } from '../controls/button.tsx'
import { Icon } from '../controls/icon.tsx'
import { Picker, type Option } from '../controls/picker.tsx'
import { Popover } from '../controls/popover.tsx'
import { DatePicker } from './date-picker.tsx'
import { builtInFields, fieldOf, type Field } from './fields.ts'
import { RatingPicker } from './rating-picker.tsx'
import { SincePicker } from './since-picker.tsx'
import { ValuePicker } from './value-picker.tsx'

/** What was known last time is offered at once, so that the menu does not grow under the pointer. */
const names = signal<readonly KnownName[]>([])

/** First what to filter by, then its values with their counts. */
export function FilterMenu() {
  const shown = overlay.value
  if (shown?.shows !== 'filter') return null
  const { field, anchor } = shown
  const choose = (name?: string) => open({ shows: 'filter', anchor, ...(name && { field: name }) })
  return (
    <Popover label={field ? `Filter by ${fieldOf(field).label}` : 'Filter'} anchor={anchor} onClose={close}>
      {field ? <Values key={field} name={field} onBack={() => choose()} /> : <Names onChoose={choose} />}
    </Popover>
  )
}

function Names({ onChoose }: { onChoose: (name: string) => void }) {
  const asked = useAnswer(listNames, []).value
  useEffect(() => {
    if (asked) names.value = asked.items
  }, [asked])
  const known = names.value
  const fields = [
    ...builtInFields.map(asChoice),
    ...known
      .map(({ name }) => name)
      .filter(isFilterable)
      .map(namedChoice),
  ]
  const options = fields.map(({ name, label, also, section, icon }): Option => ({
    key: name,
    label,
    also,
    section,
    icon,
    detail: inUse(name) ? 'in use' : '',
    run: () => onChoose(name),
  }))
  return (
    <Picker
      label="Filter by"
      options={options}
      onClose={close}
      empty="There is nothing of that name to filter by."
      footer={
        asked?.more ? (
          <p class="picker-note">And more: pages sent more tags than are listed. Lists and exports have them all.</p>
        ) : null
      }
    />
  )
}

/** What stands for several parameters is in use when one of them is. */
const parametersOf: Record<string, string[]> = { rating: ['scale', 'min', 'max'], date: ['from', 'to'] }

function inUse(name: string): boolean {
  return (parametersOf[name] ?? [name]).some((one) => filters.value.has(one) || filters.value.has(`not.${one}`))
}

/** Found by its own name too: links and the API have that. */
function asChoice({ name, label, also = '', section, icon }: Field) {
  return { name, label, also: `${name}, ${also}`, section: section as string, icon: <Icon of={icon} /> }
}

function namedChoice(name: string) {
  const trait = name.startsWith('trait.')
  const icon = <Icon of={trait ? User : Tag} />
  return { name, label: fieldOf(name).label, also: name, section: trait ? 'Traits' : 'Tags', icon }
}

function isFilterable(name: string): boolean {
  return name.startsWith('tag.') || name.startsWith('trait.')
}

function Values({ name, onBack }: { name: string; onBack: () => void }) {
  const header = (side: ComponentChildren = null) => (
    <div class="picker-head">
      <Button icon={ArrowLeft} label="Back to all filters" class="small" onClick={onBack} />
      <span class="picker-title">{fieldOf(name).label}</span>
      <span class="spring" />
      {side}
    </div>
  )
  if (name === 'date') return <DatePicker header={header()} onBack={onBack} />
  if (name === 'since') return <SincePicker header={header()} onBack={onBack} />
  if (name === 'rating') return <RatingPicker header={header()} onBack={onBack} />
  return <ValuePicker name={name} header={header} onBack={onBack} />
}
