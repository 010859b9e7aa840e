import type { ComponentChildren } from 'preact'
import type { Total } from '../../../sdk/wire/index.ts'
import { close } from '../actions/overlay.ts'
import { follow, hrefOf, view } from '../address/address.ts'
import type { View } from '../address/view.ts'
import { isolate } from '../controls/isolate.ts'
import { totalShort } from '../controls/total.ts'

interface ViewLinkProps {
  label: string
  icon: ComponentChildren
  to: Pick<View, 'filters'> & Partial<View>
  current: boolean
  count?: Total | undefined
  title?: string
  /** Beside the link, such as a button that edits the view. */
  children?: ComponentChildren
}

/** One line of the side bar. */
export function ViewLink({ label, icon, to, current, count, title, children }: ViewLinkProps) {
  const next = { item: null, options: new Map<string, string>(), ...to }
  return (
    <li class={children ? 'view-line' : undefined}>
      <a
        class="view-link"
        href={hrefOf(next)}
        title={title && isolate(title)}
        aria-current={current ? 'page' : undefined}
        onClick={(event) => {
          follow(event, { ...next, project: view.value.project })
          if (event.defaultPrevented) close()
        }}
      >
        {icon}
        <span class="view-name" dir="auto">
          {label}
        </span>
        {count && <span class="view-count">{totalShort(count)}</span>}
      </a>
      {children}
    </li>
  )
}
