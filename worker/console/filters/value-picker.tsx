import type { ComponentChildren } from 'preact'
import { useState } from 'preact/hooks'
import type { KnownValue } from '../../../sdk/wire/index.ts'
import { close } from '../actions/overlay.ts'
import { filters, setFilters } from '../address/address.ts'
import { withFilter, withToggled } from '../address/view.ts'
import { explain } from '../collector/answer.ts'
import { listValues } from '../collector/feedback.ts'
import { project } from '../collector/session.ts'
import { useAnswer } from '../collector/use-answer.ts'
import { Picker, type Option } from '../controls/picker.tsx'
import { StatusIcon } from '../triage/status.tsx'
import { builtInFields, isSingle, valueLabel } from './fields.ts'

interface ValuePickerProps {
  name: string
  header: ComponentChildren
  onBack: () => void
}

/** The values of one name, the most frequent first; ticking one narrows the list at once. */
export function ValuePicker({ name, header, onBack }: ValuePickerProps) {
  const field = builtInFields.find((one) => one.name === name)
  const fixed = Array.isArray(field?.values) ? field.values : null
  const [prefix, setPrefix] = useState('')
  const usual = useAnswer(() => (fixed ? null : listValues(name, '')), [name])
  // Rare values are not among the usual ones; they are asked for by how they begin.
  const rare = useAnswer(() => (fixed || !prefix.trim() ? null : listValues(name, prefix.trim())), [name, prefix])
  const known = merge(usual.value?.items ?? [], rare.value?.items ?? [])

  const parameter = filters.value.has(`not.${name}`) ? `not.${name}` : name
  const chosen = filters.value.get(parameter) ?? []
  const options = merge(
    knownOf(fixed, name, known),
    chosen.map((value) => ({ value, count: 0 })),
  ).map(({ value, count }): Option => ({
    key: value,
    label: valueLabel(name, value, project.value),
    checked: chosen.includes(value),
    ...(name === 'status' && { icon: <StatusIcon of={value} /> }),
    ...(count > 0 && { detail: count.toLocaleString() }),
    run: () => toggle(name, parameter, value),
  }))
  return (
    <Picker
      label={`${field?.label ?? 'Value'} ${parameter === name ? 'is' : 'is not'}`}
      header={header}
      options={options}
      multiple={!isSingle(name)}
      loading={!fixed && !usual.value && !usual.failure}
      empty={usual.failure ? explain(usual.failure).what : 'No such value was seen.'}
      onText={setPrefix}
      onBack={onBack}
      onClose={close}
    />
  )
}

function toggle(name: string, parameter: string, value: string): void {
  const current = filters.peek()
  const single = isSingle(name)
  const already = current.get(parameter)?.includes(value) ?? false
  setFilters(single ? withFilter(current, name, already ? [] : [value]) : withToggled(current, parameter, value))
}

/** What the wire fixes, or what was seen; statuses and kinds that nothing has yet are offered too. */
function knownOf(fixed: { key: string }[] | null, name: string, seen: KnownValue[]): KnownValue[] {
  if (fixed) return fixed.map(({ key }) => ({ value: key, count: 0 }))
  const offered = { status: project.value?.statuses, kind: project.value?.kinds }[name]
  const environments = name === 'environment' ? (project.value?.environments ?? []) : []
  const without = name === 'label' ? ['none'] : []
  const extra = [...(offered?.map(({ key }) => key) ?? []), ...environments, ...without]
  return merge(
    seen,
    extra.map((value) => ({ value, count: 0 })),
  )
}

function merge(first: KnownValue[], more: KnownValue[]): KnownValue[] {
  return [...first, ...more.filter(({ value }) => !first.some((one) => one.value === value))]
}
