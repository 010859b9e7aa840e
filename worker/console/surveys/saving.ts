import { computed, signal } from '@preact/signals'
import type { Survey } from '../../../sdk/wire/index.ts'
import { goSurveys } from '../address/address.ts'
import { explain, type Failure } from '../collector/answer.ts'
import { createSurvey, readSurvey, replaceSurvey } from '../collector/surveys.ts'
import { notify } from '../controls/notices.ts'
import { asText, editable, forCollector } from './draft/draft.ts'
import { forget, keep, openKey, unsaved } from './drafts.ts'
import { setState, take } from './surveys.ts'
import { base, discard, draft, hindrances, refuse, text, tidy, wantSaved } from './workbench.ts'

export const saving = signal(false)

/** A survey that somebody else changed while it was being edited here. */
const conflict = signal<{ key: string; theirs: Survey } | null>(null)
export const theirs = computed(() =>
  conflict.value !== null && conflict.value.key === openKey.value && unsaved.value !== null
    ? conflict.value.theirs
    : null,
)

/** Saves the survey on screen; what is wrong with it is shown at its place. False when nothing was saved. */
export async function save(): Promise<Survey | null> {
  const key = openKey.peek()
  if (key === null || saving.peek()) return null
  tidy()
  wantSaved(key)
  const [body, before, said] = [draft.peek(), base.peek(), text.peek()]
  if (body === null || hindrances.peek().length > 0) return null
  saving.value = true
  const answer = before === null ? await createSurvey(forCollector(body)) : await replace(before, forCollector(body))
  saving.value = false
  if (answer === 'conflict') return null
  if (!answer.ok) {
    await refused(answer.failure, before)
    return null
  }
  const survey = answer.value
  conflict.value = null
  wantSaved(null)
  // What was typed while it was on the way is kept, on top of what is saved now.
  const typed = unsaved.peek()
  if (openKey.peek() === key && typed && typed.text !== said && before !== null) keep(key, { ...typed, base: survey })
  else forget(key)
  take(survey)
  const isNext = before !== null && survey.version > before.version
  notify({ tone: 'plain', text: isNext ? `Saved as version ${survey.version}.` : 'Saved.' })
  if (before === null) goSurveys(survey.id, 'replace')
  return survey
}

/** Looks first whether somebody was faster: a change of name or targeting alone has no version that would tell. */
async function replace(before: Survey, body: object) {
  const now = await readSurvey(before.id)
  if (!now.ok) return now
  if (asText(editable(now.value)) !== asText(editable(before))) {
    meet(before.id, now.value)
    return 'conflict' as const
  }
  return replaceSurvey(before.id, { ...body, version: before.version })
}

function meet(key: string, survey: Survey): void {
  take(survey)
  conflict.value = { key, theirs: survey }
}

async function refused(failure: Failure, before: Survey | null): Promise<void> {
  const problem = failure.because === 'refused' ? failure.problem : null
  if (problem?.issues && problem.issues.length > 0) return refuse(problem.issues)
  if (problem?.code === 'conflict' && before !== null) {
    const now = await readSurvey(before.id)
    if (now.ok) return meet(before.id, now.value)
  }
  const { what, next } = explain(failure)
  notify({ tone: 'bad', text: `Not saved. ${what} ${next} What you wrote is still here.` })
}

/** Goes on with what is written here, knowing what the others did; saving then puts it in place of theirs. */
export function keepMine(): void {
  const [key, mine, survey] = [openKey.peek(), unsaved.peek(), theirs.peek()]
  if (key === null || mine === null || survey === null) return
  conflict.value = null
  keep(key, { ...mine, base: survey })
}

/** Shows what the others saved; what was written here can be brought back. */
export function takeTheirs(): void {
  const undo = discard()
  conflict.value = null
  notify({ tone: 'plain', text: 'Showing what was saved meanwhile.', action: { label: 'Bring mine back', run: undo } })
}

/** Saves what is not saved, then makes the survey live, paused or a draft. */
export async function saveAndSet(survey: Survey, state: Survey['state']): Promise<void> {
  if (unsaved.peek() === null || state !== 'live') return setState(survey, state)
  const saved = await save()
  if (saved !== null) await setState(saved, state)
}
