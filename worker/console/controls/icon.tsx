import type { IconNode } from 'lucide'
import { h } from 'preact'

/** One of Lucide's icons as SVG nodes. Decoration: the text beside it, or the control's label, says what it means. */
export function Icon({ of, size = 16, class: name }: { of: IconNode; size?: number; class?: string | undefined }) {
  return (
    <svg
      class={name ? `icon ${name}` : 'icon'}
      width={size}
      height={size}
      viewBox="0 0 24 24"
      fill="none"
      stroke="currentColor"
      stroke-width="1.75"
      stroke-linecap="round"
      stroke-linejoin="round"
      aria-hidden="true"
    >
      {of.map(([tag, attributes]) => h(tag, attributes))}
    </svg>
  )
}
