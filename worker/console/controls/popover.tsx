import type { ComponentChildren } from 'preact'
import { useLayoutEffect, useRef } from 'preact/hooks'
import { focusAfter } from './tab-order.ts'

const gap = 4
const margin = 8

/**
 * Floats beside its anchor, in the browser's top layer. A click elsewhere or Escape closes it and gives focus back; so
 * does Tab at either end, and goes on from where the focus was before: nobody walks behind what stays open.
 */
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

  const leave = (isForwards: boolean) => {
    // Gives the focus back, if what had it is still there.
    element.current?.hidePopover()
    const from = document.activeElement === document.body ? anchor : document.activeElement
    if (isForwards) focusAfter(from)
    else if (from instanceof HTMLElement) from.focus()
    onClose()
  }
  // The browser tells of it some 20 ms after it is hidden; a key that comes before opens or does something else.
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key !== 'Escape' || event.defaultPrevented || event.isComposing) return
    event.preventDefault()
    element.current?.hidePopover()
    onClose()
  }

  return (
    <div ref={element} class="popover" popover="auto" role="dialog" aria-label={props.label} onKeyDown={onKeyDown}>
      <span tabIndex={0} onFocus={() => leave(false)} />
      {props.children}
      <span tabIndex={0} onFocus={() => leave(true)} />
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
