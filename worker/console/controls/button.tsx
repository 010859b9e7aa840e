import type { IconNode } from 'lucide'
import type { ComponentChildren, Ref } from 'preact'
import { Icon } from './icon.tsx'
import { isolate } from './isolate.ts'
import { shownKey } from './keycap.tsx'

interface ButtonProps {
  onClick?: (event: MouseEvent) => void
  icon?: IconNode
  /** What it does, for a button that shows only its icon; also its tooltip. */
  label?: string
  /** The key that does the same, as the registry has it. */
  shortcut?: string
  type?: 'button' | 'submit'
  look?: 'plain' | 'outline' | 'primary'
  children?: ComponentChildren
  class?: string
  disabled?: boolean
  pressed?: boolean
  expanded?: boolean
  popup?: 'dialog'
  anchor?: string
  buttonRef?: Ref<HTMLButtonElement>
}

export function Button(props: ButtonProps) {
  const { icon, label, shortcut, look = 'plain', children } = props
  const hint = label && shortcut ? `${label} (${shownKey(shortcut)})` : label
  return (
    <button
      type={props.type ?? 'button'}
      ref={props.buttonRef ?? null}
      class={`button ${look} ${children ? '' : 'square'} ${props.class ?? ''}`}
      onClick={props.onClick}
      disabled={props.disabled}
      title={hint && isolate(hint)}
      aria-label={children ? undefined : label}
      aria-pressed={props.pressed}
      aria-haspopup={props.popup}
      aria-expanded={props.expanded}
      data-anchor={props.anchor}
    >
      {icon && <Icon of={icon} />}
      {children}
    </button>
  )
}
