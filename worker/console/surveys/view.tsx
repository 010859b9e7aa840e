import { useEffect } from 'preact/hooks'
import { overlay } from '../actions/overlay.ts'
import { goSurveys } from '../address/address.ts'
import { useReturn } from '../collector/use-return.ts'
import { Button } from '../controls/button.tsx'
import { addSheet } from '../controls/sheet.ts'
import { Boundary } from '../frame/boundary.tsx'
import { DeleteSurvey } from './delete-dialog.tsx'
import { SurveyDetail } from './detail.tsx'
import { NoSurveys, SurveyList } from './list.tsx'
import { openKey } from './drafts.ts'
import css from './surveys.css'
import { loadSurveys, surveys, surveysFailure } from './surveys.ts'

addSheet(css)

/** The list of surveys and the one that is open. */
export default function SurveysView() {
  useEffect(() => void loadSurveys(), [])
  useReturn(surveysFailure.value, () => void loadSurveys())
  const hasNone = surveys.value?.length === 0 && openKey.value === null
  if (hasNone) return <NoSurveys />
  return (
    <>
      <Boundary class="list" label="Surveys" onRetry={loadSurveys}>
        <SurveyList />
      </Boundary>
      <Boundary
        class="pane"
        label="Survey"
        about={openKey.value}
        leave={<Button onClick={() => goSurveys(null)}>Close the survey</Button>}
      >
        <SurveyDetail />
      </Boundary>
      {overlay.value?.shows === 'delete-survey' && <DeleteSurvey survey={overlay.value.survey} />}
    </>
  )
}
