import type { IconNode } from 'lucide'
import type { ComponentChildren } from 'preact'
import { Icon } from './icon.tsx'

interface BlankProps {
  icon: IconNode
  title: string
  children: ComponentChildren
  action?: ComponentChildren
  alert?: boolean
}

/** A place with nothing in it: what it is, and the next step. */
export function Blank({ icon, title, children, action, alert = false }: BlankProps) {
  return (
    <div class="blank" role={alert ? 'alert' : undefined}>
      <Icon of={icon} size={24} />
      <p class="blank-title">{title}</p>
      <p class="blank-text">{children}</p>
      {action}
    </div>
  )
}
