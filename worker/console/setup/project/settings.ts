import type { Project, ProjectPatch, ProjectUsage, Usage } from '../../../../sdk/wire/index.ts'
import { signal } from '@preact/signals'
import { explain, type Failure } from '../../collector/answer.ts'
import { patchProject, readUsage, reloadProject } from '../../collector/project.ts'
import { project } from '../../collector/session.ts'
import { notify } from '../../controls/notices.ts'

/** How many items each status, label and kind has; null until it has come, or where it did not. */
export const usage = signal<ProjectUsage | null>(null)

/** True where the counts were asked for and did not come. */
export const isUncounted = signal(false)

/** The counts of one of them. */
export function usageOf(name: 'status' | 'label' | 'kind'): readonly Usage[] | undefined {
  return usage.value?.[({ status: 'statuses', label: 'labels', kind: 'kinds' } as const)[name]]
}

/** How many items a status has or a label has, as far as it is known. */
export function countOf(name: 'status' | 'label', value: string): Usage | undefined {
  return usageOf(name)?.find((one) => one.value === value)
}

export async function loadUsage(): Promise<void> {
  const answer = await readUsage()
  if (answer.ok) usage.value = answer.value
  isUncounted.value = !answer.ok && usage.peek() === null
}

type PatchOf = (project: Project) => ProjectPatch
/** What came of a change; `isInvalid` where the collector does not take what was typed. */
type Outcome = { ok: true } | { ok: false; why: string; isInvalid: boolean }

/** How often a change is made anew on what somebody else made meanwhile. */
const attempts = 3
/** The project without what is still on its way. */
let settled: Project | null = null
/** Changes that are shown and not stored yet, in order. */
let underway: readonly PatchOf[] = []
let queue: Promise<unknown> = Promise.resolve()

function show(): void {
  if (settled) project.value = underway.reduce((shown, patchOf) => applied(shown, patchOf(shown)), settled)
}

function applied(before: Project, { widget: _widget, ...patch }: ProjectPatch): Project {
  return { ...before, ...patch }
}

/**
 * Shows a change at once and stores it, one after the other; puts it back where it is refused, and says why. `patchOf`
 * makes the change from the project as it is by then.
 */
export async function change(patchOf: PatchOf, said?: string): Promise<Outcome> {
  if (underway.length === 0) settled = project.peek()
  underway = [...underway, patchOf]
  show()
  const turn = queue.then(() => store(patchOf))
  queue = turn
  const failure = await turn
  underway = underway.filter((one) => one !== patchOf)
  show()
  if (failure === null) {
    if (said) notify({ tone: 'plain', text: said })
    return { ok: true }
  }
  const { what, next } = explain(failure)
  const why = `${what} ${next}`.trim()
  notify({ tone: 'bad', text: `Not changed. ${why}` })
  return { ok: false, why, isInvalid: failure.because === 'refused' && failure.problem.code === 'invalid' }
}

/** Null once it is stored. */
async function store(patchOf: PatchOf): Promise<Failure | null> {
  for (let attempt = 1; ; attempt++) {
    const before = settled
    if (before === null) return { because: 'cancelled' }
    const answer = await patchProject(patchOf(before), before.revision)
    if (answer.ok) {
      settled = answer.value
      return null
    }
    const { failure } = answer
    const isConflict = failure.because === 'refused' && failure.problem.code === 'conflict'
    if (!isConflict || attempt === attempts) return failure
    const now = await reloadProject()
    if (!now.ok || now.value.revision === before.revision) return failure
    settled = now.value
  }
}

/** Where items of every environment are looked for, spam and merged ones too. */
export function everywhere(name: 'status' | 'label' | 'kind', value: string): URLSearchParams {
  const query = new URLSearchParams({ [name]: value, spam: 'with', merged: 'with' })
  for (const environment of project.peek()?.environments ?? ['production']) query.append('environment', environment)
  return query
}
