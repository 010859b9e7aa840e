import type { Survey } from '../../../sdk/wire/index.ts'
import { close } from '../actions/overlay.ts'
import { Button } from '../controls/button.tsx'
import { Dialog } from '../controls/dialog.tsx'
import { remove } from './surveys.ts'

/** Asks before a survey goes: this cannot be undone. */
export function DeleteSurvey({ survey }: { survey: Survey }) {
  return (
    <Dialog label={`Delete “${survey.name}”`} class="export" onClose={close}>
      <p class="export-what">
        Its versions and how often it was shown are deleted, and its id is never used again. What people answered stays
        in the inbox, with ids in place of the questions. Pause the survey instead to keep the questions readable.
      </p>
      <div class="dialog-foot survey-foot">
        <Button look="outline" onClick={close}>
          Keep it
        </Button>
        <Button
          look="primary"
          onClick={() => {
            close()
            void remove(survey)
          }}
        >
          Delete survey
        </Button>
      </div>
    </Dialog>
  )
}
