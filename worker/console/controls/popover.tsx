import type { ComponentChildren } from 'preact'
import { useLayoutEffect, useRef } from 'preact/hooks'

const gap = 4
const margin = 8

/** Floats beside its anchor, in the browser's top layer; a click elsewhere or Escape closes it and gives focus back. */
export function Popover(props: {
  label: string
  anchor: HTMLElement | null
  onClose: () => void
  children: ComponentChildren
}) {
  const element = useRef<HTMLDivElement>(null)
  const { anchor, onClose } = props

  useLayoutEffect(() => {
    const popover = element.current
    if (!popover) return undefined
    popover.showPopover()
    place(popover, anchor)
    const sizes = new ResizeObserver(() => place(popover, anchor))
    sizes.observe(popover)
    const onToggle = (event: Event) => {
      if ((event as ToggleEvent).newState === 'closed') onClose()
    }
    popover.addEventListener('toggle', onToggle)
    return () => {
      popover.removeEventListener('toggle', onToggle)
      sizes.disconnect()
      if (popover.matches(':popover-open')) popover.hidePopover()
    }
  }, [anchor])

  return (
    <div ref={element} class="popover" popover="auto" role="dialog" aria-label={props.label}>
      {props.children}
    </div>
  )
}

/** Below the anchor, above it where there is no room, in the upper middle where there is no anchor. */
function place(popover: HTMLElement, anchor: HTMLElement | null): void {
  const { width, height } = popover.getBoundingClientRect()
  const room = { width: document.documentElement.clientWidth, height: document.documentElement.clientHeight }
  const rect = anchor?.isConnected ? anchor.getBoundingClientRect() : null
  const left = rect ? Math.min(rect.left, room.width - width - margin) : (room.width - width) / 2
  let top = rect ? rect.bottom + gap : room.height / 6
  if (rect && top + height > room.height - margin && rect.top - gap - height > margin) top = rect.top - gap - height
  popover.style.left = `${Math.max(margin, left)}px`
  popover.style.top = `${Math.max(margin, top)}px`
}
