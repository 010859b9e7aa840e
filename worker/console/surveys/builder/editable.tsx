import type { ComponentChildren } from 'preact'
import { mayEdit } from '../../collector/session.ts'

/** Fields that viewers read and editors change. */
export function Editable({
  label,
  class: name,
  children,
}: {
  label: string
  class: string
  children: ComponentChildren
}) {
  return (
    <fieldset class={`editable ${name}`} disabled={!mayEdit.value}>
      <legend class="hidden-text">{label}</legend>
      {children}
    </fieldset>
  )
}
