import { useEffect } from 'preact/hooks'
import { SurveyDetail } from './detail.tsx'
import { SurveyList } from './list.tsx'
import { loadSurveys } from './surveys.ts'

/** The list of surveys and the one that is open. */
export function SurveysView() {
  useEffect(() => void loadSurveys(), [])
  return (
    <>
      <SurveyList />
      <SurveyDetail />
    </>
  )
}
