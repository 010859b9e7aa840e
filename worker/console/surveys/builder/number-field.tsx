import { useState } from 'preact/hooks'
import { Field } from './field.tsx'

interface NumberFieldProps {
  label: string
  path: string
  value: number
  min: number
  max: number
  /** What stands behind it: `%`, `days`. */
  unit: string
  onValue: (value: number) => void
}

/** A number within a sentence; while it is typed it may be none. */
export function NumberField({ label, path, value, min, max, unit, onValue }: NumberFieldProps) {
  const [typed, setTyped] = useState<string | null>(null)
  return (
    <Field label={label} paths={[path]} hiddenLabel>
      {(attributes) => (
        <span class="number">
          <input
            {...attributes}
            type="number"
            inputMode="numeric"
            class="input"
            min={min}
            max={max}
            value={typed ?? String(value)}
            onInput={(event) => {
              const said = event.currentTarget.value
              setTyped(said)
              if (said !== '' && Number.isFinite(Number(said))) onValue(Number(said))
            }}
            onBlur={() => setTyped(null)}
          />
          <span aria-hidden="true">{unit}</span>
        </span>
      )}
    </Field>
  )
}
