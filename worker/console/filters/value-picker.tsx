import type { ComponentChildren } from 'preact'
import { useEffect, useState } from 'preact/hooks'
import type { KnownValue } from '../../../sdk/wire/index.ts'
import { close } from '../actions/overlay.ts'
import { filters, setFilters } from '../address/address.ts'
import { withFilter, withNegated, withToggled } from '../address/view.ts'
import { explain } from '../collector/answer.ts'
import { listValues } from '../collector/feedback.ts'
import { project } from '../collector/session.ts'
import { useAnswer } from '../collector/use-answer.ts'
import { Picker, type Option } from '../controls/picker.tsx'
import { StatusIcon } from '../triage/status.tsx'
import { builtInFields, fieldOf, isOneSided, isSingle, valueLabel } from './fields.ts'
import { learnLabels } from './labels.ts'

interface ValuePickerProps {
  name: string
  header: (side: ComponentChildren) => ComponentChildren
  onBack: () => void
}

/** As many values the collector gives without being asked for one. */
const usualMax = 50
/** Rare values are asked for when somebody pauses. */
const pauseMs = 150

/** The values of one name, the most frequent first; ticking one narrows the list at once. */
export function ValuePicker({ name, header, onBack }: ValuePickerProps) {
  const field = builtInFields.find((one) => one.name === name)
  const fixed = Array.isArray(field?.values) ? field.values : null
  const [isExcluding, exclude] = useState(!filters.peek().has(name) && filters.peek().has(`not.${name}`))
  const [text, setText] = useState('')
  const usual = useAnswer((given) => (fixed ? null : listValues(name, '', given)), [name])
  const isMore = usual.value?.more === true
  const isWhole = (usual.value?.items.length ?? 0) < usualMax && name !== 'person' && !isMore
  const wanted = usePaused(text.trim(), pauseMs)
  const rare = useAnswer(
    (given) => (fixed || !wanted || isWhole ? null : listValues(name, wanted, given)),
    [name, wanted, isWhole],
  )
  const seen = merge(usual.value?.items ?? [], rare.value?.items ?? [])
  useEffect(() => learnLabels(name, seen), [usual.value, rare.value])

  const parameter = isExcluding ? `not.${name}` : name
  const chosen = filters.value.get(parameter) ?? []
  const options = merge(
    knownOf(fixed, name, seen),
    chosen.map((value) => ({ value, count: 0 })),
  ).map(({ value, count }): Option => ({
    key: value,
    label: optionLabel(name, value),
    also: value,
    checked: chosen.includes(value),
    ...(name === 'status' && { icon: <StatusIcon of={value} /> }),
    ...(count > 0 && { detail: count.toLocaleString() }),
    run: () => toggle(name, parameter, value),
  }))
  const switchSide = (next: boolean) => {
    if (next === isExcluding) return
    if (filters.peek().has(parameter)) setFilters(withNegated(filters.peek(), parameter))
    exclude(next)
  }
  const title = fieldOf(name).label
  return (
    <Picker
      label={isOneSided(name) ? `Find ${title.toLowerCase()}` : `${title} ${isExcluding ? 'is not' : 'is'}`}
      header={header(isOneSided(name) ? null : <Sides excluding={isExcluding} onChange={switchSide} />)}
      options={options}
      multiple={!isSingle(name)}
      loading={!fixed && !usual.value && !usual.failure}
      empty={usual.failure ? explain(usual.failure).what : emptyText(name, text, isWhole)}
      onText={setText}
      onBack={onBack}
      onClose={close}
      footer={
        isWhole ? null : (
          <p class="picker-note">
            {isMore
              ? 'And more: pages sent more values than are listed. Type one whole to find it.'
              : `${name === 'person' ? 'Who spoke lately.' : `The ${usualMax} most frequent.`} Type to find others.`}
          </p>
        )
      }
    />
  )
}

/** Whether the values are wanted or not. */
function Sides({ excluding, onChange }: { excluding: boolean; onChange: (excluding: boolean) => void }) {
  return (
    <span class="sides" role="group" aria-label="Wanted or not">
      {[false, true].map((side) => (
        <button
          key={String(side)}
          type="button"
          class="side"
          aria-pressed={side === excluding}
          onClick={() => onChange(side)}
        >
          {side ? 'is not' : 'is'}
        </button>
      ))}
    </span>
  )
}

function usePaused(text: string, ms: number): string {
  const [paused, setPaused] = useState(text)
  useEffect(() => {
    const timer = setTimeout(() => setPaused(text), ms)
    return () => clearTimeout(timer)
  }, [text])
  return paused
}

function emptyText(name: string, text: string, isWhole: boolean): string {
  if (isWhole && !text.trim()) return `Nothing was said with ${article(fieldOf(name).label.toLowerCase())} yet.`
  return 'No such value was seen.'
}

const article = (noun: string): string => `${/^[aeiou]/.test(noun) ? 'an' : 'a'} ${noun}`

function optionLabel(name: string, value: string): string {
  if (value === 'none' && name === 'label') return 'No label'
  if (value === 'none' && name === 'assignee') return 'Nobody'
  return valueLabel(name, value, project.value)
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
  const offered = name === 'status' ? project.value?.statuses : name === 'kind' ? project.value?.kinds : undefined
  const environments = name === 'environment' ? (project.value?.environments ?? []) : []
  const without = name === 'label' || name === 'assignee' ? ['none'] : []
  const extra = [...(offered?.map(({ key }) => key) ?? []), ...environments, ...without]
  return merge(
    seen,
    extra.map((value) => ({ value, count: 0 })),
  )
}

function merge(first: KnownValue[], more: KnownValue[]): KnownValue[] {
  return [...first, ...more.filter(({ value }) => !first.some((one) => one.value === value))]
}
