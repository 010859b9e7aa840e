import { Button } from '../controls/button.tsx'

/** The end of a form in a dialog: leave everything as it is, or send it. */
export function FormFoot({ button, isBusy, onCancel }: { button: string; isBusy: boolean; onCancel: () => void }) {
  return (
    <div class="dialog-foot setup-dialog-choices">
      <Button look="outline" onClick={onCancel}>
        Cancel
      </Button>
      <Button type="submit" look="primary" disabled={isBusy}>
        {button}
      </Button>
    </div>
  )
}
