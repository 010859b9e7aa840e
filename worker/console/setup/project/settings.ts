import type { Project, ProjectPatch, ProjectUsage, Usage } from '../../../../sdk/wire/index.ts'
import { signal } from '@preact/signals'
import { explain } from '../../collector/answer.ts'
import { patchProject, readUsage, reloadProject } from '../../collector/project.ts'
import { project } from '../../collector/session.ts'
import { notify } from '../../controls/notices.ts'

/** How many items each status, label and kind has; null until it has come, or where it did not. */
export const usage = signal<ProjectUsage | null>(null)

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
}

/**
 * Shows a change at once and stores it; puts it back where it is refused, and says why. `patchOf` makes the change from
 * the project as it is: where somebody was faster it is made once more, on theirs.
 */
export async function change(
  patchOf: (project: Project) => ProjectPatch,
  said?: string,
): Promise<{ ok: true } | { ok: false; why: string }> {
  const before = project.peek()
  if (before === null) return { ok: false, why: '' }
  const patch = patchOf(before)
  const { widget: _widget, ...shown } = patch
  project.value = { ...before, ...shown }
  let answer = await patchProject(patch, before.revision)
  if (!answer.ok && answer.failure.because === 'refused' && answer.failure.problem.code === 'conflict') {
    const now = await reloadProject()
    if (now.ok && now.value.revision !== before.revision) {
      answer = await patchProject(patchOf(now.value), now.value.revision)
    }
  }
  if (answer.ok) {
    if (said) notify({ tone: 'plain', text: said })
    return { ok: true }
  }
  if (project.peek()?.revision === before.revision) project.value = before
  const { what, next } = explain(answer.failure)
  const why = `${what} ${next}`.trim()
  notify({ tone: 'bad', text: `Not changed. ${why}` })
  return { ok: false, why }
}

/** Where items of every environment are looked for, spam and merged ones too. */
export function everywhere(name: 'status' | 'label' | 'kind', value: string): URLSearchParams {
  const query = new URLSearchParams({ [name]: value, spam: 'with', merged: 'with' })
  for (const environment of project.peek()?.environments ?? ['production']) query.append('environment', environment)
  return query
}
