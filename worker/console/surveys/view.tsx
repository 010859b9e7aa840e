import { useEffect } from 'preact/hooks'
import { overlay } from '../actions/overlay.ts'
import { addSheet } from '../controls/sheet.ts'
import { DeleteSurvey } from './delete-dialog.tsx'
import { SurveyDetail } from './detail.tsx'
import { SurveyList } from './list.tsx'
import css from './surveys.css'
import { loadSurveys } from './surveys.ts'

addSheet(css)

/** The list of surveys and the one that is open. */
export default function SurveysView() {
  useEffect(() => void loadSurveys(), [])
  return (
    <>
      <SurveyList />
      <SurveyDetail />
      {overlay.value?.shows === 'delete-survey' && <DeleteSurvey survey={overlay.value.survey} />}
    </>
  )
}
