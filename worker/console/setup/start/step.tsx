import type { ComponentChildren } from 'preact'

/** One of the guide's steps; its number is drawn by the style sheet. */
export function Step(props: { title: string; isLast?: boolean; children: ComponentChildren }) {
  return (
    <li class={props.isLast ? 'setup-step last' : 'setup-step'}>
      <h3 class="setup-step-title">{props.title}</h3>
      <div class="setup-step-body">{props.children}</div>
    </li>
  )
}
