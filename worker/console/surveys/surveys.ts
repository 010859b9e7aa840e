import { computed, signal } from '@preact/signals'
import type { Issue, Survey } from '../../../sdk/wire/index.ts'
import { goSurveys, place } from '../address/address.ts'
import { explain, type Failure } from '../collector/answer.ts'
import {
  createSurvey,
  deleteSurvey,
  forgetSurvey,
  listSurveys,
  patchSurvey,
  replaceSurvey,
} from '../collector/surveys.ts'
import { notify } from '../controls/notices.ts'
import { asText, example } from './example.ts'

/** Null until they have come. */
export const surveys = signal<readonly Survey[] | null>(null)
export const surveysFailure = signal<Failure | null>(null)
export const saving = signal(false)

/** What stands in the editor and is not saved, by the survey's id; `+` is the one that is new. */
const drafts = signal<ReadonlyMap<string, string>>(new Map())
const newKey = '+'
/** What the collector refused, and of which text. */
const refusal = signal<{ text: string; issues: readonly Issue[] } | null>(null)

const openKey = computed(() => {
  const { value } = place
  return value.at === 'surveys' ? (value.isNew ? newKey : value.survey) : null
})
export const openSurvey = computed(() => surveys.value?.find(({ id }) => id === openKey.value) ?? null)
export const isNew = computed(() => openKey.value === newKey)
export const isDirty = computed(() => openKey.value !== null && drafts.value.has(openKey.value))
export const hasDrafts = computed(() => drafts.value.size > 0)
export const hasDraft = (id: string): boolean => drafts.value.has(id)

/** The text in the editor. */
export const text = computed(() => {
  const key = openKey.value
  const draft = key === null ? undefined : drafts.value.get(key)
  if (draft !== undefined) return draft
  if (key === newKey) return asText(freeExample())
  return openSurvey.value === null ? '' : asText(editable(openSurvey.value))
})

/** Where the text is at fault, as far as it is still the one that was refused. */
export const faults = computed(() => (refusal.value?.text === text.value ? refusal.value.issues : []))

function editable({ id, name, language, questions, thanks, targeting }: Survey): object {
  return { id, name, language, questions, thanks, targeting }
}

/** The example under an id that nobody has. */
function freeExample(): object {
  const taken = new Set(surveys.value?.map(({ id }) => id))
  let id = example.id
  for (let n = 2; taken.has(id); n++) id = `${example.id}-${n}`
  return { ...example, id }
}

export function edit(next: string): void {
  const key = openKey.peek()
  if (key !== null) drafts.value = new Map([...drafts.peek(), [key, next]])
}

/** Throws away what is not saved. */
export function discard(): void {
  const key = openKey.peek()
  if (key !== null) forget(key)
  if (key === newKey) goSurveys(null)
}

function forget(key: string): void {
  drafts.value = new Map([...drafts.peek()].filter(([one]) => one !== key))
}

export async function loadSurveys(): Promise<void> {
  surveysFailure.value = null
  const answer = await listSurveys()
  if (answer.ok) surveys.value = answer.value.items
  else surveysFailure.value = answer.failure
}

/** Saves what stands in the editor; what is wrong with it is shown by place. */
export async function save(): Promise<void> {
  const [key, said, before] = [openKey.peek(), text.peek(), openSurvey.peek()]
  if (key === null || saving.peek()) return
  const body = parse(said)
  if (body === null) return
  saving.value = true
  const answer =
    before === null ? await createSurvey(body) : await replaceSurvey(before.id, { ...body, version: before.version })
  saving.value = false
  if (!answer.ok) return refused(said, answer.failure)
  const survey = answer.value
  refusal.value = null
  forget(key)
  take(survey)
  const isNext = before !== null && survey.version > before.version
  notify({ tone: 'plain', text: isNext ? `Saved as version ${survey.version}.` : 'Saved.' })
  if (before === null) goSurveys(survey.id, 'replace')
}

function parse(said: string): object | null {
  try {
    return JSON.parse(said) as object
  } catch (error) {
    const reason = error instanceof Error ? error.message : 'cannot be read'
    refusal.value = { text: said, issues: [{ path: '', reason: `This is no JSON: ${reason}.` }] }
    return null
  }
}

function refused(said: string, failure: Failure): void {
  const problem = failure.because === 'refused' ? failure.problem : null
  if (problem?.issues && problem.issues.length > 0) {
    refusal.value = { text: said, issues: problem.issues }
    return
  }
  if (problem?.code === 'conflict') {
    void loadSurveys()
    notify({
      tone: 'notice',
      text: 'Somebody changed this survey meanwhile. Your text is still here; save again to put it in place of theirs.',
    })
    return
  }
  const { what, next } = explain(failure)
  notify({ tone: 'bad', text: `Not saved. ${what} ${next}` })
}

/** Puts a survey as it is now into the list. */
function take(survey: Survey): void {
  const before = surveys.peek() ?? []
  const isKnown = before.some(({ id }) => id === survey.id)
  surveys.value = isKnown ? before.map((one) => (one.id === survey.id ? survey : one)) : [survey, ...before]
  forgetSurvey(survey.id)
}

export async function setState(survey: Survey, state: Survey['state']): Promise<void> {
  const answer = await patchSurvey(survey.id, { state })
  if (answer.ok) return take(answer.value)
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
