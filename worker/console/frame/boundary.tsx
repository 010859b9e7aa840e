import { CircleAlert, Menu } from 'lucide'
import type { ComponentChildren } from 'preact'
import { useEffect, useErrorBoundary, useRef, useState } from 'preact/hooks'
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
  /** Asks anew for what may have been at fault, before it is drawn again. */
  onRetry?: () => Promise<void>
  /** Leads away from it, where nothing around it does. */
  leave?: ComponentChildren
  children: ComponentChildren
}

/** What throws while it is drawn takes down no more than this part of the page, and is reported as any other error. */
export function Boundary({ class: name, label, about, onRetry, leave, children }: BoundaryProps) {
  const [error, reset] = useErrorBoundary((thrown: unknown) => reportError(thrown))
  const [tries, setTries] = useState(0)
  const hasFailed = error !== undefined
  useEffect(() => {
    setTries(0)
    if (hasFailed) reset()
  }, [about])
  if (!hasFailed) return <>{children}</>
  const retry = async () => {
    await onRetry?.()
    setTries(tries + 1)
    reset()
  }
  return (
    <section class={`${name} part-failed`} aria-label={label}>
      <Button icon={Menu} label="Views" class="narrow-only" onClick={() => open({ shows: 'sidebar' })} />
      <Failed tries={tries} onRetry={() => void retry()} leave={leave} />
    </section>
  )
}

/** The same for what floats above the page: it fails in a window that can be closed. */
export function OverlayBoundary({ about, children }: { about: unknown; children: ComponentChildren }) {
  const [error, reset] = useErrorBoundary((thrown: unknown) => reportError(thrown))
  const [tries, setTries] = useState(0)
  const hasFailed = error !== undefined
  useEffect(() => {
    setTries(0)
    if (hasFailed) reset()
  }, [about])
  if (!hasFailed) return <>{children}</>
  const retry = () => {
    setTries(tries + 1)
    reset()
  }
  return (
    <Dialog label="This did not work" class="form-dialog ask" onClose={close}>
      <Failed tries={tries} onRetry={retry} />
    </Dialog>
  )
}

/** What is tried once in vain is loaded from anew. */
function Failed({ tries, onRetry, leave }: { tries: number; onRetry: () => void; leave?: ComponentChildren }) {
  const button = useRef<HTMLButtonElement>(null)
  useEffect(() => {
    if (tries > 0) button.current?.focus()
  }, [])
  const again = tries === 0 ? onRetry : () => location.reload()
  const action = (
    <div class="blank-actions">
      <Button look="primary" buttonRef={button} onClick={again}>
        {tries === 0 ? 'Try again' : 'Load the page again'}
      </Button>
      {leave}
    </div>
  )
  return (
    <Blank icon={CircleAlert} title="This part of the page failed" action={action} alert>
      It could not show what it was given. The rest of the page keeps working.
    </Blank>
  )
}
