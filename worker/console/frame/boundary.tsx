import { CircleAlert, Menu } from 'lucide'
import type { ComponentChildren } from 'preact'
import { useEffect, useErrorBoundary, useRef } from 'preact/hooks'
import { close, open } from '../actions/overlay.ts'
import { Blank } from '../controls/blank.tsx'
import { Button } from '../controls/button.tsx'
import { Dialog } from '../controls/dialog.tsx'

interface BoundaryProps {
  /** The class of what stands in it, so that all around it keeps its place. */
  class: string
  label: string
  /** What is shown: another one is another try. */
  about?: unknown
  /** Asks anew for what may have been at fault. */
  onRetry?: () => void
  /** Leads away from it, where nothing around it does. */
  leave?: ComponentChildren
  children: ComponentChildren
}

/** What throws while it is drawn takes down no more than this part of the page, and is reported as any other error. */
export function Boundary({ class: name, label, about, onRetry, leave, children }: BoundaryProps) {
  const [error, reset] = useErrorBoundary((thrown: unknown) => reportError(thrown))
  const isRetried = useRef(false)
  const hasFailed = error !== undefined
  useEffect(() => {
    if (hasFailed) reset()
  }, [about])
  useEffect(() => {
    if (hasFailed || !isRetried.current) return
    isRetried.current = false
    focusPart(name)
  }, [hasFailed])
  if (!hasFailed) return <>{children}</>
  const retry = () => {
    isRetried.current = true
    onRetry?.()
    reset()
  }
  return (
    <section class={`${name} part-failed`} aria-label={label}>
      <Button icon={Menu} label="Views" class="narrow-only" onClick={() => open({ shows: 'sidebar' })} />
      <Failed isFocused={isRetried.current} onRetry={retry} leave={leave} />
    </section>
  )
}

/** The same for what floats above the page: it fails in a window that can be closed. */
export function OverlayBoundary({ about, children }: { about: unknown; children: ComponentChildren }) {
  const [error, reset] = useErrorBoundary((thrown: unknown) => reportError(thrown))
  const hasFailed = error !== undefined
  useEffect(() => {
    if (hasFailed) reset()
  }, [about])
  if (!hasFailed) return <>{children}</>
  return (
    <Dialog label="This did not work" class="form-dialog ask" onClose={close}>
      <Failed isFocused={false} onRetry={reset} />
    </Dialog>
  )
}

/** The button that was pressed is gone: the keys go on from where it was. */
function focusPart(name: string): void {
  const part = document.querySelector<HTMLElement>(`.${name}`)
  if (!part) return
  part.tabIndex = -1
  part.focus({ preventScroll: true })
}

function Failed(props: { isFocused: boolean; onRetry: () => void; leave?: ComponentChildren }) {
  const button = useRef<HTMLButtonElement>(null)
  useEffect(() => {
    if (props.isFocused) button.current?.focus()
  }, [])
  const action = (
    <div class="blank-actions">
      <Button look="primary" buttonRef={button} onClick={props.onRetry}>
        Try again
      </Button>
      {props.leave}
    </div>
  )
  return (
    <Blank icon={CircleAlert} title="This part of the page failed" action={action} alert>
      It could not show what it was given. The rest keeps working. If this goes on, load the page again.
    </Blank>
  )
}
