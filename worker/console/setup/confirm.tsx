import type { ComponentChildren } from 'preact'
import { useLayoutEffect, useRef, useState } from 'preact/hooks'
import { close, open } from '../actions/overlay.ts'
import { type Answer, explain } from '../collector/answer.ts'
import { Button } from '../controls/button.tsx'
import { Dialog } from '../controls/dialog.tsx'

interface Confirmation {
  title: string
  /** What is lost. */
  what: ComponentChildren
  /** What goes with it, to be ticked. */
  choices?: ComponentChildren
  /** What the button does, and what it does not do where it fails. */
  button: string
  failed: string
  /** Leaves everything as it is. */
  keep: string
  run: () => Promise<Answer<unknown>>
  onDone: () => void
}

/** Asks before something that cannot be undone, and stays open with the reason where it is refused. */
export function confirm(confirmation: Confirmation): void {
  open({ shows: 'dialog', View: () => <ConfirmDialog {...confirmation} /> })
}

function ConfirmDialog({ title, what, choices, button, failed, keep, run, onDone }: Confirmation) {
  const [isBusy, setBusy] = useState(false)
  const [problem, setProblem] = useState<string | null>(null)
  const kept = useRef<HTMLButtonElement>(null)
  useLayoutEffect(() => kept.current?.focus(), [])
  const go = async () => {
    setBusy(true)
    const answer = await run()
    setBusy(false)
    if (!answer.ok) {
      const { what, next } = explain(answer.failure)
      setProblem(`${failed} ${what} ${next}`)
      return
    }
    close()
    onDone()
  }
  return (
    <Dialog label={title} class="export" onClose={close}>
      <p class="export-what">{what}</p>
      {choices}
      {problem && <Fault>{problem}</Fault>}
      <div class="dialog-foot setup-dialog-choices">
        <Button look="outline" onClick={close} buttonRef={kept}>
          {keep}
        </Button>
        <Button look="primary" class="danger" disabled={isBusy} onClick={() => void go()}>
          {button}
        </Button>
      </div>
    </Dialog>
  )
}

/** What went wrong, in a dialog that stays. */
export function Fault({ children }: { children: ComponentChildren }) {
  return (
    <p class="setup-fault" role="alert">
      {children}
    </p>
  )
}
