import type { ComponentChildren } from 'preact'
import { follow, hrefOf } from '../address/address.ts'
import type { Filters } from '../address/view.ts'

/** A number that opens the items behind it. */
export function NumberLink({ to, title, children }: { to: Filters; title: string; children: ComponentChildren }) {
  const view = { filters: to, item: null, options: new Map<string, string>() }
  return (
    <a class="number-link" href={hrefOf(view)} title={title} onClick={(event) => follow(event, view)}>
      {children}
    </a>
  )
}
