import { Menu } from 'lucide'
import type { ComponentChildren } from 'preact'
import { open } from '../actions/overlay.ts'
import { Button } from '../controls/button.tsx'

interface PlaceProps {
  title: string
  /** Buttons at the right of the head. */
  actions?: ComponentChildren
  /** A second line of the head, such as filters. */
  below?: ComponentChildren
  children: ComponentChildren
}

/** A part of the console beside the side bar: a head that stays, and what is below it scrolls. */
export function PlaceFrame({ title, actions, below, children }: PlaceProps) {
  return (
    <section class="place" aria-label={title}>
      <header class="place-head">
        <div class="toolbar-line">
          <Button icon={Menu} label="Views" class="narrow-only" onClick={() => open({ shows: 'sidebar' })} />
          <h2 class="toolbar-title">
            <bdi>{title}</bdi>
          </h2>
          <span class="spring" />
          {actions}
        </div>
        {below}
      </header>
      <div class="place-body">{children}</div>
    </section>
  )
}
