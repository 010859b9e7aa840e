import { useLayoutEffect, useRef } from 'preact/hooks'
import { close, type Question } from '../actions/overlay.ts'
import { Button } from '../controls/button.tsx'
import { Dialog } from '../controls/dialog.tsx'

/** Asks before something that cannot be undone. What keeps everything as it is has the focus. */
export function AskDialog({ title, text, button, run }: Question) {
  const keep = useRef<HTMLButtonElement>(null)
  useLayoutEffect(() => keep.current?.focus(), [])
  return (
    <Dialog label={title} class="form-dialog ask" onClose={close}>
      <div class="form-body">
        <p>{text}</p>
      </div>
      <div class="form-foot">
        <Button look="outline" onClick={close} buttonRef={keep}>
          Keep it
        </Button>
        <Button
          look="primary"
          class="danger"
          onClick={() => {
            close()
            run()
          }}
        >
          {button}
        </Button>
      </div>
    </Dialog>
  )
}
