import { CircleAlert, ListChecks, Menu, Plus } from 'lucide'
import type { Survey } from '../../../sdk/wire/index.ts'
import { open } from '../actions/overlay.ts'
import { followSurveys, goSurveys, place, surveysHref } from '../address/address.ts'
import { explain } from '../collector/answer.ts'
import { mayEdit } from '../collector/session.ts'
import { Button } from '../controls/button.tsx'
import { Blank } from '../controls/blank.tsx'
import { PlaceFrame } from '../frame/place.tsx'
import { RowSkeletons } from '../inbox/skeleton.tsx'
import { StateMark } from './state.tsx'
import { hasDraft } from './drafts.ts'
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
          <NewSurvey />
        </div>
      </header>
      <div class="list-body">
        <Body all={all} />
      </div>
    </section>
  )
}

function NewSurvey() {
  if (!mayEdit.value) return null
  return (
    <Button icon={Plus} look="outline" onClick={() => goSurveys(null, 'push', true)}>
      New survey
    </Button>
  )
}

/** Instead of an empty list beside an empty survey. */
export function NoSurveys() {
  const first = mayEdit.value && (
    <Button look="primary" onClick={() => goSurveys(null, 'push', true)}>
      Make the first one
    </Button>
  )
  return (
    <PlaceFrame title="Surveys" actions={<NewSurvey />}>
      <Blank icon={ListChecks} title="No survey yet" action={first}>
        A survey asks the same few things of many people, on the pages and at the moments that you choose.{' '}
        {mayEdit.value ? 'There are five ways to begin.' : 'Editors make them.'}
      </Blank>
    </PlaceFrame>
  )
}

function Body({ all }: { all: readonly Survey[] | null }) {
  const failure = surveysFailure.value
  if (failure && all === null) {
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
  if (all.length === 0) return <p class="surveys-none">None yet.</p>
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
