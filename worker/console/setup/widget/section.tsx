import { useEffect } from 'preact/hooks'
import { isAdmin } from '../../collector/session.ts'
import { Button } from '../../controls/button.tsx'
import { notify } from '../../controls/notices.ts'
import { plural } from '../../controls/total.ts'
import { CardBones, NotLoaded, OnlyAdmins } from '../card.tsx'
import { discard, draft, faults, isDirty, loadWidget, save, saving, stored, widgetFailure } from './draft.ts'
import { AnswerSettings } from './answer-settings.tsx'
import { KindSettings } from './kinds.tsx'
import { Preview } from './preview.tsx'
import { ThemeSettings } from './theme.tsx'

/** The widget's settings beside the widget itself. */
export function WidgetSection() {
  useEffect(() => {
    void loadWidget()
    return () => {
      if (isDirty.peek()) {
        notify({
          tone: 'notice',
          text: 'The widget’s settings are not saved. They are kept here until you leave the console.',
        })
      }
    }
  }, [])
  if (widgetFailure.value) return <NotLoaded failure={widgetFailure.value} onAgain={() => void loadWidget()} />
  const { value } = draft
  if (value === null) return <CardBones lines={8} />
  return (
    <div class="widget-parts">
      <div class="widget-form">
        {!isAdmin.value && <OnlyAdmins>This is how the widget is set.</OnlyAdmins>}
        {faults.value > 0 && (
          <p class="setup-fault" role="alert">
            Not saved: {plural(faults.value, 'field')} need{faults.value === 1 ? 's' : ''} another look.
          </p>
        )}
        <fieldset class="widget-fields" disabled={!isAdmin.value}>
          <legend class="hidden-text">Widget</legend>
          <KindSettings draft={value} />
          <AnswerSettings draft={value} />
          <ThemeSettings draft={value} />
        </fieldset>
      </div>
      <Preview draft={value} attachments={stored.value?.attachments ?? false} />
    </div>
  )
}

export function SaveButtons() {
  if (!isAdmin.value) return null
  return (
    <>
      {isDirty.value && <span class="setup-unsaved-note">Not saved</span>}
      {isDirty.value && <Button onClick={discard}>Discard</Button>}
      <Button
        look="primary"
        label="Save"
        shortcut="Mod+s"
        disabled={!isDirty.value || saving.value}
        onClick={() => void save()}
      >
        {saving.value ? 'Saving' : 'Save'}
      </Button>
    </>
  )
}
