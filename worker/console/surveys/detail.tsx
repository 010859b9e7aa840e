import { ArrowLeft, CircleAlert, ListChecks, Trash2 } from 'lucide'
import { useEffect, useLayoutEffect, useRef } from 'preact/hooks'
import type { Survey } from '../../../sdk/wire/index.ts'
import { open } from '../actions/overlay.ts'
import { goSurveys, place } from '../address/address.ts'
import { mayEdit } from '../collector/session.ts'
import { Button } from '../controls/button.tsx'
import { Blank } from '../controls/blank.tsx'
import { isolate } from '../controls/isolate.ts'
import { notify } from '../controls/notices.ts'
import { Changes, Conflict, Faults } from './banners.tsx'
import { Builder } from './builder/builder.tsx'
import { asText, editable, forCollector } from './draft/draft.ts'
import { isDirty, isNew, openKey } from './drafts.ts'
import { Preview } from './preview.tsx'
import { Results } from './results.tsx'
import { save, saveAndSet, saving } from './saving.ts'
import { openQuestion, section } from './sections.ts'
import { Starts } from './starts.tsx'
import { StateMark, StateSwitch } from './state.tsx'
import { openSurvey, surveys } from './surveys.ts'
import { Tabs } from './tabs.tsx'
import { base, discard, draft, loadVersions } from './workbench.ts'

/** The open survey: what it asks and of whom, and how people will see it. */
export function SurveyDetail() {
  const survey = openSurvey.value
  const key = openKey.value
  useEffect(() => {
    openQuestion.value = 0
  }, [key])
  useEffect(() => {
    if (survey) void loadVersions(survey.id)
  }, [survey?.id, survey?.version])
  if (survey === null && !(isNew.value && mayEdit.value)) {
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
      <Head survey={survey} />
      <div class="pane-scroll">{isNew.value && !isDirty.value ? <Starts /> : <Body survey={survey} key={key} />}</div>
    </section>
  )
}

function Body({ survey }: { survey: Survey | null }) {
  const parts = useRef<HTMLDivElement>(null)
  const shown = section.value
  // Another part begins at its top; what stands above it may stay out of sight.
  useLayoutEffect(() => {
    const scroll = parts.current?.closest('.pane-scroll')
    if (!scroll || !parts.current) return
    const above = parts.current.getBoundingClientRect().top - scroll.getBoundingClientRect().top
    const tabs = parts.current.previousElementSibling?.getBoundingClientRect().height ?? 0
    scroll.scrollTop = Math.min(scroll.scrollTop, scroll.scrollTop + above - tabs)
  }, [shown])
  return (
    <>
      {survey && <Results survey={survey} />}
      <Tabs />
      <div class={`survey-parts in-${shown}`} ref={parts}>
        <div class="survey-edit">
          <Conflict />
          <Faults />
          <Changes />
          <Builder />
        </div>
        <Preview />
      </div>
    </>
  )
}

function Head({ survey }: { survey: Survey | null }) {
  const isBegun = isDirty.value || survey !== null
  return (
    <header class="pane-head survey-head">
      <Button icon={ArrowLeft} label="Back to the list" class="pane-back" onClick={() => goSurveys(null)} />
      <h2 class="survey-title" dir="auto">
        {draft.value?.name || survey?.name || 'New survey'}
      </h2>
      {isDirty.value && <span class="survey-unsaved">Not saved</span>}
      {mayEdit.value && isDirty.value && <Button onClick={discardWithUndo}>Discard</Button>}
      <span class="spring" />
      {survey && mayEdit.value && (
        <Button icon={Trash2} label="Delete survey" onClick={() => open({ shows: 'delete-survey', survey })} />
      )}
      {survey && mayEdit.value && (
        <StateSwitch state={survey.state} onChange={(next) => void saveAndSet(survey, next)} />
      )}
      {survey && !mayEdit.value && <StateMark state={survey.state} />}
      {mayEdit.value && isBegun && (
        <Button
          look="primary"
          disabled={saving.value || !isDirty.value}
          label="Save"
          shortcut="Mod+s"
          onClick={() => void save()}
        >
          {saveWords()}
        </Button>
      )}
    </header>
  )
}

/** What the button does: a change of what is asked is another version. */
function saveWords(): string {
  const [before, now] = [base.value, draft.value]
  if (before === null) return 'Create'
  if (now === null) return 'Save'
  const asked = ({ language, questions, thanks }: ReturnType<typeof editable>) =>
    asText({ language, questions, thanks: thanks ?? null })
  return asked(forCollector(now)) === asked(editable(before)) ? 'Save' : `Save as version ${before.version + 1}`
}

function discardWithUndo(): void {
  notify({ tone: 'plain', text: 'Discarded what was not saved.', action: { label: 'Undo', run: discard() } })
}

function Nothing() {
  const { value } = place
  const wanted = value.at === 'surveys' ? value.survey : null
  // With none, the list says how to begin.
  if (surveys.value?.length === 0 && wanted === null) return null
  if (wanted === null) {
    return (
      <Blank icon={ListChecks} title="Nothing open">
        Choose a survey to read or change it.
      </Blank>
    )
  }
  if (surveys.value === null) return null
  return (
    <Blank
      icon={CircleAlert}
      title={isolate(`There is no survey “${wanted}”.`)}
      alert
      action={
        <Button look="outline" onClick={() => goSurveys(null)}>
          Show all surveys
        </Button>
      }
    >
      It may have been deleted, or it is in another project.
    </Blank>
  )
}
