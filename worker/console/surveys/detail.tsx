import { ArrowLeft, CircleAlert, ListChecks, Trash2 } from 'lucide'
import { open } from '../actions/overlay.ts'
import { goSurveys, place } from '../address/address.ts'
import { mayEdit } from '../collector/session.ts'
import { Button } from '../controls/button.tsx'
import { Blank } from '../controls/blank.tsx'
import { Editor } from './editor.tsx'
import { Preview } from './preview.tsx'
import { StateMark, StateSwitch } from './state.tsx'
import { discard, isDirty, isNew, openSurvey, save, saving, setState, surveys } from './surveys.ts'

/** The open survey: what it asks, as text and as people will see it. */
export function SurveyDetail() {
  const survey = openSurvey.value
  if (survey === null && !isNew.value) {
    return (
      <section class="pane" aria-label="Survey">
        <div class="pane-scroll">
          <Nothing />
        </div>
      </section>
    )
  }
  return (
    <section class="pane" aria-label="Survey">
      <Head />
      <div class="pane-scroll">
        <div class="survey-parts" key={survey?.id ?? '+'}>
          <Editor />
          <Preview />
        </div>
      </div>
    </section>
  )
}

function Head() {
  const survey = openSurvey.value
  return (
    <header class="pane-head survey-head">
      <Button icon={ArrowLeft} label="Back to the list" class="pane-back" onClick={() => goSurveys(null)} />
      <h2 class="survey-title" dir="auto">
        {survey?.name ?? 'New survey'}
      </h2>
      {isDirty.value && <span class="survey-unsaved">Not saved</span>}
      <span class="spring" />
      {survey && mayEdit.value && <StateSwitch state={survey.state} onChange={(next) => void setState(survey, next)} />}
      {survey && !mayEdit.value && <StateMark state={survey.state} />}
      {mayEdit.value && (
        <>
          {isDirty.value && <Button onClick={discard}>Discard</Button>}
          <Button
            look="primary"
            disabled={saving.value || (!isDirty.value && !isNew.value)}
            label="Save"
            shortcut="Mod+s"
            onClick={() => void save()}
          >
            {survey ? 'Save' : 'Create'}
          </Button>
        </>
      )}
      {survey && mayEdit.value && (
        <Button icon={Trash2} label="Delete survey" onClick={() => open({ shows: 'delete-survey', survey })} />
      )}
    </header>
  )
}

function Nothing() {
  const { value } = place
  const wanted = value.at === 'surveys' ? value.survey : null
  if (wanted === null) {
    return (
      <Blank icon={ListChecks} title="Nothing open">
        Choose a survey to read or change it.
      </Blank>
    )
  }
  if (surveys.value === null) return null
  return (
    <Blank icon={CircleAlert} title={`There is no survey “${wanted}”.`} alert>
      It may have been deleted, or it is in another project.
    </Blank>
  )
}
