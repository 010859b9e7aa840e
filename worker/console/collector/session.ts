import { computed, signal } from '@preact/signals'
import type { Project, Session } from '../../../sdk/wire/index.ts'
import { view } from '../address/address.ts'
import type { Answer, Failure } from './answer.ts'
import { request, signedOut } from './request.ts'

export const session = signal<Session | null>(null)
export const project = signal<Project | null>(null)
export const sessionFailure = signal<Failure | null>(null)

/** The project on screen: the one in the address bar, else the first. */
const projectId = computed(() => {
  const projects = session.value?.projects ?? []
  return (projects.find(({ id }) => id === view.value.project) ?? projects[0])?.id ?? null
})

const role = computed(() => session.value?.projects.find(({ id }) => id === projectId.value)?.role)
/** False for viewers: they read and export, and change nothing. */
export const mayEdit = computed(() => role.value === 'editor' || role.value === 'admin')
/** Admins also erase people, and look after settings, keys and members. */
export const isAdmin = computed(() => role.value === 'admin')

/** The parameters with `project`, where the member sees more than one. */
export function scoped(query = new URLSearchParams()): URLSearchParams {
  const scopedQuery = new URLSearchParams(query)
  const id = projectId.peek()
  if (id && (session.peek()?.projects.length ?? 0) > 1) scopedQuery.set('project', id)
  return scopedQuery
}

export async function loadSession(): Promise<void> {
  sessionFailure.value = null
  const who = await request<Session>('/v1/session')
  if (!who.ok) return fail(who)
  session.value = who.value
  const id = projectId.value
  if (!id) return
  const answer = await request<Project>(`/v1/projects/${encodeURIComponent(id)}`, { query: scoped() })
  if (!answer.ok) return fail(answer)
  project.value = answer.value
}

export async function signOut(): Promise<Answer<null>> {
  const answer = await request<null>('/v1/session', { method: 'DELETE' })
  if (answer.ok) signedOut.value = true
  return answer
}

function fail(answer: Answer<unknown>): void {
  if (!answer.ok && answer.failure.because !== 'signed-out') sessionFailure.value = answer.failure
}
