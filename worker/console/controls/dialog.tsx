import { X } from 'lucide'
import type { ComponentChildren } from 'preact'
import { useLayoutEffect, useRef } from 'preact/hooks'
import { Button } from './button.tsx'
import { isolate } from './isolate.ts'
import { goRound } from './tab-order.ts'

interface DialogProps {
  label: string
  onClose: () => void
  children: ComponentChildren
  class?: string
  /** Shows the label as a heading with a close button. */
  titled?: boolean
}

/** A modal: the page behind it is inert, and Tab stays in it; Escape and a click beside it close it and give focus back. */
export function Dialog({ label, onClose, children, class: name, titled = true }: DialogProps) {
  const element = useRef<HTMLDialogElement>(null)
  useLayoutEffect(() => {
    const dialog = element.current
    dialog?.showModal()
    return () => dialog?.close()
  }, [])
  return (
    <dialog
      ref={element}
      class={name ? `dialog ${name}` : 'dialog'}
      aria-label={label}
      onClose={() => {
        // Not when another took its place: taking it away closes it, too.
        if (element.current) onClose()
      }}
      onKeyDown={goRound}
      onClick={(event) => {
        if (event.target === event.currentTarget) onClose()
      }}
    >
      <div class="dialog-body" tabIndex={-1} autofocus={titled}>
        {titled && (
          <header class="dialog-head">
            <h2>{isolate(label)}</h2>
            <Button icon={X} label="Close" onClick={onClose} />
          </header>
        )}
        {children}
      </div>
    </dialog>
  )
}
