import { CircleAlert, ListChecks, Menu, Plus } from 'lucide'
import type { Survey } from '../../../sdk/wire/index.ts'
import { open } from '../actions/overlay.ts'
import { followSurveys, goSurveys, place, surveysHref } from '../address/address.ts'
import { explain } from '../collector/answer.ts'
import { mayEdit } from '../collector/session.ts'
import { Button } from '../controls/button.tsx'
import { Blank } from '../controls/blank.tsx'
import { RowSkeletons } from '../inbox/skeleton.tsx'
import { StateMark } from './state.tsx'
import { hasDraft, isNew } from './drafts.ts'
import { loadSurveys, surveys, surveysFailure } from './surveys.ts'

export function SurveyList() {
  const all = surveys.value
  return (
    <section class="list" aria-label="Surveys" aria-busy={all === null && surveysFailure.value === null}>
      <header class="toolbar surveys-toolbar">
        <div class="toolbar-line">
          <Button icon={Menu} label="Views" class="narrow-only" onClick={() => open({ shows: 'sidebar' })} />
          <h2 class="toolbar-title">Surveys</h2>
          <span class="spring" />
          {mayEdit.value && (
            <Button icon={Plus} look="outline" onClick={() => goSurveys(null, 'push', true)}>
              New survey
            </Button>
          )}
        </div>
      </header>
      <div class="list-body">
        <Body all={all} />
      </div>
    </section>
  )
}

function Body({ all }: { all: readonly Survey[] | null }) {
  const failure = surveysFailure.value
  if (failure) {
    const { what, next } = explain(failure)
    const again = (
      <Button look="outline" onClick={() => void loadSurveys()}>
        Try again
      </Button>
    )
    return (
      <Blank icon={CircleAlert} title={what} action={again} alert>
        {next}
      </Blank>
    )
  }
  if (all === null) {
    return (
      <div class="rows">
        <RowSkeletons count={4} height={64} />
      </div>
    )
  }
  if (all.length === 0) {
    return (
      <Blank
        icon={ListChecks}
        title="No survey yet"
        action={
          mayEdit.value &&
          !isNew.value && (
            <Button look="primary" onClick={() => goSurveys(null, 'push', true)}>
              Make the first one
            </Button>
          )
        }
      >
        {mayEdit.value
          ? 'A survey asks the same few things of many people. There are five ways to begin.'
          : 'A survey asks the same few things of many people. Editors make them.'}
      </Blank>
    )
  }
  return (
    <ul class="surveys" aria-label="Surveys">
      {all.map((survey) => (
        <SurveyRow key={survey.id} survey={survey} />
      ))}
    </ul>
  )
}

function SurveyRow({ survey }: { survey: Survey }) {
  const isOpen = place.value.at === 'surveys' && place.value.survey === survey.id
  return (
    <li class={isOpen ? 'survey-row open' : 'survey-row'}>
      <a
        class="survey-link"
        href={surveysHref(survey.id)}
        aria-current={isOpen ? 'true' : undefined}
        onClick={(event) => followSurveys(event, survey.id)}
      >
        <span class="survey-name" dir="auto">
          {survey.name}
        </span>
        <StateMark state={survey.state} />
        <span class="survey-facts">
          Version {survey.version.toLocaleString()}, {answeredInWords(survey)}
          {hasDraft(survey.id) && ', not saved'}
        </span>
      </a>
    </li>
  )
}

/** @example answeredInWords({ displays: 200, responses: 31 }) // 'shown 200 times, 31 answers (15.5%)' */
function answeredInWords({ displays, responses }: Pick<Survey, 'displays' | 'responses'>): string {
  const share = (responses / displays).toLocaleString(undefined, { style: 'percent', maximumFractionDigits: 1 })
  const shown = `shown ${displays.toLocaleString()} ${displays === 1 ? 'time' : 'times'}`
  const answers = `${responses.toLocaleString()} ${responses === 1 ? 'answer' : 'answers'}`
  if (displays === 0 && responses === 0) return 'not shown yet'
  return displays > 0 && responses <= displays ? `${shown}, ${answers} (${share})` : `${shown}, ${answers}`
}
