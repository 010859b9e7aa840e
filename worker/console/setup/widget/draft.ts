import { computed, effect, signal } from '@preact/signals'
import type { Issue, WidgetSettings } from '../../../../sdk/wire/index.ts'
import { explain, type Failure } from '../../collector/answer.ts'
import { patchProject, readWidget } from '../../collector/project.ts'
import { focusFirstFault } from '../../controls/first-fault.ts'
import { notify } from '../../controls/notices.ts'
import { unsaved } from '../unsaved.ts'
import { checkDraft, type WidgetDraft } from './check.ts'

/** As they are stored; null until they have come. */
export const stored = signal<WidgetSettings | null>(null)
export const widgetFailure = signal<Failure | null>(null)
export const saving = signal(false)
/** As they stand in the form, where that is something else. It outlives a look elsewhere. */
const changed = signal<WidgetDraft | null>(null)
/** What was found wrong with them. */
const issues = signal<readonly Issue[]>([])

export const draft = computed(() => changed.value ?? (stored.value && draftOf(stored.value)))
export const isDirty = computed(() => changed.value !== null)

effect(() => {
  unsaved.value = isDirty.value ? { save: () => void save() } : null
})

function draftOf({
  project: _project,
  attachments: _attachments,
  revision: _revision,
  ...rest
}: WidgetSettings): WidgetDraft {
  return rest
}

const same = (one: unknown, other: unknown) => JSON.stringify(one) === JSON.stringify(other)
const isColour = (text: string) => CSS.supports('color', text)

/** What is wrong with a field; `path` as in `kinds.0.key`. */
export function errorOf(path: string): string | undefined {
  return issues.value.find((issue) => issue.path === `widget.${path}`)?.reason
}

/** How many fields are at fault. */
export const faults = computed(() => issues.value.length)

/** Sets some of it. What was wrong there is looked at again on saving. */
export function edit(patch: Partial<WidgetDraft>): void {
  const before = draft.peek()
  const kept = stored.peek()
  if (before === null || kept === null) return
  const next = { ...before, ...patch }
  changed.value = same(next, draftOf(kept)) ? null : next
  if (issues.peek().length > 0) issues.value = checkDraft(next, isColour)
}

export function discard(): void {
  changed.value = null
  issues.value = []
}

export async function loadWidget(): Promise<void> {
  widgetFailure.value = null
  const answer = await readWidget()
  if (answer.ok) stored.value = answer.value
  else if (stored.peek() === null) widgetFailure.value = answer.failure
}

/** Saves the form; where somebody was faster, nothing of theirs is written over without a word. */
export async function save(): Promise<void> {
  const [next, base] = [changed.peek(), stored.peek()]
  if (next === null || base === null || saving.peek()) return
  issues.value = checkDraft(next, isColour)
  if (issues.peek().length > 0) return focusFirstFault(document.querySelector('.setup') ?? document)
  saving.value = true
  await put(next, base)
  saving.value = false
}

async function put(next: WidgetDraft, base: WidgetSettings): Promise<void> {
  const answer = await patchProject({ widget: next }, base.revision)
  if (answer.ok) {
    stored.value = { ...base, ...next, revision: answer.value.revision }
    if (same(changed.peek(), next)) changed.value = null
    notify({ tone: 'plain', text: 'Saved. Browsers that have asked before keep the old settings for up to an hour.' })
    return
  }
  const { failure } = answer
  const problem = failure.because === 'refused' ? failure.problem : null
  if (problem?.code === 'conflict') return putAgain(next, base)
  if (problem?.issues && problem.issues.length > 0) {
    issues.value = problem.issues
    return focusFirstFault(document.querySelector('.setup') ?? document)
  }
  const { what, next: advice } = explain(failure)
  notify({ tone: 'bad', text: `Not saved. ${what} ${advice}` })
}

/** Other settings moved the revision along, or the widget's own did: only then it is for the person to decide. */
async function putAgain(next: WidgetDraft, base: WidgetSettings): Promise<void> {
  const now = await readWidget()
  if (!now.ok) {
    notify({ tone: 'bad', text: `Not saved. ${explain(now.failure).what} Your changes are still here; save again.` })
    return
  }
  stored.value = now.value
  if (same(draftOf(now.value), draftOf(base))) return put(next, now.value)
  notify({
    tone: 'notice',
    text: 'Somebody changed the widget meanwhile. Your changes are still here; save again to put them in place of theirs.',
  })
}
