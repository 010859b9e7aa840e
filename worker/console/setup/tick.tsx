import type { Signal } from '@preact/signals'
import type { ComponentChildren } from 'preact'

interface Props {
  /** Whether it is ticked, for whoever acts when the dialog's button is pressed. */
  on: Signal<boolean>
  label: ComponentChildren
  /** What follows from it. */
  hint?: ComponentChildren
}

/** Something that a dialog does besides, where it is ticked. */
export function Tick({ on, label, hint }: Props) {
  return (
    <label class="setup-check">
      <input type="checkbox" checked={on.value} onChange={(event) => (on.value = event.currentTarget.checked)} />
      <span>
        {label}
        {hint && <span class="setup-check-hint">{hint}</span>}
      </span>
    </label>
  )
}
