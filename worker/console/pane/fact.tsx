import type { ComponentChildren } from 'preact'

/** Names and values, one a line. */
export function FactList({ children }: { children: ComponentChildren }) {
  return <dl class="facts">{children}</dl>
}

export function Fact(props: { name: string; title?: string; children: ComponentChildren; action?: ComponentChildren }) {
  return (
    <div class="fact">
      <dt title={props.name}>
        <bdi>{props.name}</bdi>
      </dt>
      <dd>
        <span class="fact-value" dir="auto" title={props.title}>
          {props.children}
        </span>
        {props.action}
      </dd>
    </div>
  )
}
