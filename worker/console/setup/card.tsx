import { CircleAlert } from 'lucide'
import type { ComponentChildren } from 'preact'
import { explain, type Failure } from '../collector/answer.ts'
import { Blank } from '../controls/blank.tsx'
import { Button } from '../controls/button.tsx'

/** A group of settings under a heading. */
export function Card(props: {
  title: string
  what?: ComponentChildren
  actions?: ComponentChildren
  children: ComponentChildren
}) {
  return (
    <section class="setup-card" aria-label={props.title}>
      <header class="setup-card-head">
        <div>
          <h3>{props.title}</h3>
          {props.what && <p class="setup-card-what">{props.what}</p>}
        </div>
        {props.actions}
      </header>
      {props.children}
    </section>
  )
}

/** Settings that are on their way, in the shape they will have. */
export function CardBones({ lines = 4 }: { lines?: number }) {
  return (
    <div class="setup-card" role="group" aria-busy="true" aria-label="Loading">
      {Array.from({ length: lines }, (_, index) => (
        <div key={index} class="setup-card-bone">
          <span class="bone" style={{ width: `${[24, 32, 20, 28][index % 4]}%` }} />
          <span class="bone tall" style={{ width: `${[80, 64, 92, 72][index % 4]}%` }} />
        </div>
      ))}
    </div>
  )
}

/** Settings that did not come, and what to do. */
export function NotLoaded({ failure, onAgain }: { failure: Failure; onAgain: () => void }) {
  const { what, next } = explain(failure)
  const again = (
    <Button look="outline" onClick={onAgain}>
      Try again
    </Button>
  )
  return (
    <Blank icon={CircleAlert} title={what} action={again} alert>
      {next}
    </Blank>
  )
}

/** Why somebody sees settings that they cannot change. */
export function OnlyAdmins({ children }: { children: ComponentChildren }) {
  return <p class="setup-note">{children} Only admins of the project may change this. Ask one of them.</p>
}
