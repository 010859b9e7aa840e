import { computed, signal } from '@preact/signals'
import type { Issue, SurveyDefinition } from '../../../sdk/wire/index.ts'
import { goSurveys } from '../address/address.ts'
import { knownSurvey } from '../collector/surveys.ts'
import { checkDraft } from './draft/check.ts'
import { asText, type Draft, editable, readDraft } from './draft/draft.ts'
import { freeId, idFrom, keptIds, settleIds, type KeptIds } from './draft/ids.ts'
import { type Start } from './draft/starts.ts'
import { readPath, setTargeting } from './draft/targeting.ts'
import { draftOf, forget, isNew, keep, newKey, openKey, unsaved } from './drafts.ts'
import { openSurvey, surveys } from './surveys.ts'

/** What the change on screen began with; null for a survey that is new. */
export const base = computed(() => (unsaved.value ? unsaved.value.base : openSurvey.value))

/** The survey on screen as JSON; empty where nothing is open, or a new one has not begun. */
export const text = computed(() => {
  if (unsaved.value) return unsaved.value.text
  return openSurvey.value === null ? '' : asText(editable(openSurvey.value))
})
export const reading = computed(() => readDraft(text.value))
/** Null while the JSON is none that the builder could show. */
export const draft = computed(() => (reading.value.ok ? reading.value.draft : null))

/** What the collector refused, and of which text. */
const refusal = signal<{ text: string; issues: readonly Issue[] } | null>(null)
/** The text of a survey that somebody wanted to save: from then on it is said what is still empty. */
const wanted = signal<string | null>(null)
const isWanted = computed(() => wanted.value !== null && wanted.value === openKey.value)

const checked = computed(() => (draft.value === null ? null : checkDraft(draft.value)))

/** Everything that is at fault, by place; what the collector said as far as the text is still the one it refused. */
export const faults = computed<readonly Issue[]>(() => {
  if (text.value === '') return []
  const own = reading.value.ok
    ? [...(checked.value?.faults ?? []), ...(isWanted.value ? (checked.value?.empty ?? []) : [])]
    : reading.value.issues
  const told = refusal.value?.text === text.value ? refusal.value.issues : []
  const places = new Set(own.map(({ path }) => path))
  return [...own, ...told.filter(({ path }) => !places.has(path))]
})
/** What must be mended before it can be saved. */
export const hindrances = computed(() =>
  reading.value.ok ? [...(checked.value?.faults ?? []), ...(checked.value?.empty ?? [])] : reading.value.issues,
)

export function refuse(issues: readonly Issue[]): void {
  refusal.value = { text: text.peek(), issues }
}

/** From now on it is shown what is empty. */
export function wantSaved(key: string | null): void {
  wanted.value = key
}

/** The versions of the survey on screen, as far as they were read. */
const versions = signal<{ id: string; versions: readonly SurveyDefinition[] } | null>(null)
export const olderVersions = computed(() =>
  versions.value?.id === openKey.value ? (versions.value?.versions ?? []) : [],
)
/** What answers may carry already. */
export const kept = computed<KeptIds>(() => keptIds([...(base.value ? [base.value] : []), ...olderVersions.value]))

export async function loadVersions(id: string): Promise<void> {
  const history = await knownSurvey(id)
  if (history !== null) versions.value = { id, versions: history.versions }
}

/** Writes the JSON of the survey on screen. */
export function edit(next: string): void {
  const key = openKey.peek()
  if (key !== null) keep(key, { text: next, base: base.peek() })
}

/** Changes the survey on screen, or the one that was when an undo was offered. */
export function change(by: (draft: Draft) => Draft, key = openKey.peek()): void {
  if (key === null) return
  const before = key === openKey.peek() ? text.peek() : draftOf(key)?.text
  if (before === undefined) return
  const read = readDraft(before)
  if (!read.ok) return
  const next = by(read.draft)
  if (next === read.draft) return
  keep(key, { text: asText(next), base: key === openKey.peek() ? base.peek() : (draftOf(key)?.base ?? null) })
}

/** Gives what is new its ids, and puts paths into the form that pages have. */
export function tidy(): void {
  change((before) => {
    const named = isNew.peek() ? withOwnId(before) : before
    const settled = settleIds(named, kept.peek())
    const paths = settled.targeting?.paths
    if (!paths) return settled
    const read = [...new Set(paths.map(readPath).filter((path) => path !== ''))]
    const isSame = read.length === paths.length && read.every((path, index) => path === paths[index])
    return isSame ? settled : setTargeting(settled, 'paths', read.length > 0 ? read : undefined)
  })
}

/** A blank survey is called what its name says. */
function withOwnId(draft: Draft): Draft {
  const wanted = /^survey(-\d+)?$/.test(draft.id) ? idFrom(draft.name) : ''
  return wanted === '' ? draft : { ...draft, id: freeId(wanted, takenSurveys()) }
}

const takenSurveys = (): Set<string> => new Set(surveys.peek()?.map(({ id }) => id))

/** Begins a new survey with one of the starting points, under an id that no other has. */
export function begin({ draft: first }: Start): void {
  keep(newKey, { text: asText({ ...first, id: freeId(first.id, takenSurveys()) }), base: null })
}

/** Throws away what is not saved; answers with what puts it back. */
export function discard(): () => void {
  const key = openKey.peek()
  const before = key === null ? null : draftOf(key)
  if (key === null || before === null) return () => undefined
  forget(key)
  wanted.value = null
  if (key === newKey) goSurveys(null)
  return () => {
    keep(key, before)
    if (key === newKey) goSurveys(null, 'push', true)
  }
}
