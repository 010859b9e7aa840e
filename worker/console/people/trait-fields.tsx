import { Plus, X } from 'lucide'
import { Button } from '../controls/button.tsx'
import type { TraitLine } from './input.ts'

/** Names and values that can be changed, added and taken away. */
export function TraitFields(props: { lines: readonly TraitLine[]; onChange: (lines: readonly TraitLine[]) => void }) {
  const { lines, onChange } = props
  const change = (index: number, next: Partial<TraitLine>) =>
    onChange(lines.map((line, at) => (at === index ? { ...line, ...next } : line)))
  return (
    <fieldset class="trait-fields">
      <legend>Traits</legend>
      {lines.map((line, index) => (
        <div class="trait-line" key={index}>
          <input
            type="text"
            dir="auto"
            aria-label={`Name of trait ${index + 1}`}
            placeholder="role"
            maxLength={64}
            value={line.name}
            onInput={(event) => change(index, { name: event.currentTarget.value })}
          />
          <input
            type="text"
            dir="auto"
            aria-label={`Value of ${line.name || `trait ${index + 1}`}`}
            placeholder="owner"
            maxLength={256}
            value={line.value}
            onInput={(event) => change(index, { value: event.currentTarget.value })}
          />
          <Button
            icon={X}
            label={`Remove ${line.name || `trait ${index + 1}`}`}
            onClick={() => onChange(lines.filter((_, at) => at !== index))}
          />
        </div>
      ))}
      <Button icon={Plus} onClick={() => onChange([...lines, { name: '', value: '' }])}>
        Add a trait
      </Button>
    </fieldset>
  )
}

/** One line of a form: its name above its field. */
export function TextField(props: {
  label: string
  value: string
  onInput: (value: string) => void
  hint?: string
  /** The keys a phone offers. */
  keys?: 'email' | 'decimal'
}) {
  return (
    <label class="form-field">
      <span>{props.label}</span>
      <input
        type="text"
        dir="auto"
        inputMode={props.keys ?? 'text'}
        maxLength={200}
        autocomplete="off"
        value={props.value}
        onInput={(event) => props.onInput(event.currentTarget.value)}
      />
      {props.hint && <span class="form-hint">{props.hint}</span>}
    </label>
  )
}
