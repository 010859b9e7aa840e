import { computed, signal } from '@preact/signals'
import type { Survey } from '../../../sdk/wire/index.ts'
import { goSurveys } from '../address/address.ts'
import { explain, type Failure } from '../collector/answer.ts'
import { deleteSurvey, forgetSurvey, listSurveys, patchSurvey } from '../collector/surveys.ts'
import { notify } from '../controls/notices.ts'
import { forget, openKey } from './drafts.ts'

/** Null until they have come. */
export const surveys = signal<readonly Survey[] | null>(null)
export const surveysFailure = signal<Failure | null>(null)

/** The survey on screen as the collector has it. */
export const openSurvey = computed(() => surveys.value?.find(({ id }) => id === openKey.value) ?? null)

export async function loadSurveys(): Promise<void> {
  surveysFailure.value = null
  const answer = await listSurveys()
  if (answer.ok) surveys.value = answer.value.items
  else surveysFailure.value = answer.failure
}

/** Puts a survey as it is now into the list. */
export function take(survey: Survey): void {
  const before = surveys.peek() ?? []
  const isKnown = before.some(({ id }) => id === survey.id)
  forgetSurvey(survey.id)
  surveys.value = isKnown ? before.map((one) => (one.id === survey.id ? survey : one)) : [survey, ...before]
}

const said: Record<Survey['state'], string> = {
  live: 'Live. Pages that are opened from now on show it; where it is cached, within an hour.',
  paused: 'Paused. Pages stop showing it, within an hour where it is cached. Its answers stay.',
  draft: 'A draft again. Pages stop showing it, within an hour where it is cached.',
}

export async function setState(survey: Survey, state: Survey['state']): Promise<void> {
  const answer = await patchSurvey(survey.id, { state })
  if (answer.ok) {
    take(answer.value)
    notify({ tone: 'plain', text: said[state] })
    return
  }
  const { what, next } = explain(answer.failure)
  notify({ tone: 'bad', text: `The state stays as it was. ${what} ${next}` })
}

export async function remove(survey: Survey): Promise<void> {
  const answer = await deleteSurvey(survey.id)
  if (!answer.ok) {
    const { what, next } = explain(answer.failure)
    notify({ tone: 'bad', text: `Not deleted. ${what} ${next}` })
    return
  }
  forget(survey.id)
  forgetSurvey(survey.id)
  surveys.value = (surveys.peek() ?? []).filter(({ id }) => id !== survey.id)
  goSurveys(null, 'replace')
  notify({ tone: 'plain', text: `${survey.name} was deleted.` })
}
