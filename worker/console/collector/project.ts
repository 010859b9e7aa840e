import type {
  CreatedKey,
  Key,
  KeyPatch,
  NewKey,
  Project,
  ProjectPatch,
  ProjectUsage,
  Retention,
  RetentionPreview,
  RotatedKey,
  SigningState,
  WidgetSettings,
} from '../../../sdk/wire/index.ts'
import type { Answer } from './answer.ts'
import { request } from './request.ts'
import { project, scoped } from './session.ts'

const path = (rest = ''): string => `/v1/projects/${encodeURIComponent(project.peek()?.id ?? '')}${rest}`

/** Changes the settings of the project on screen; with `revision`, somebody faster means 409. */
export async function patchProject(patch: ProjectPatch, revision?: number): Promise<Answer<Project>> {
  const answer = await request<Project>(path(), {
    method: 'PATCH',
    query: scoped(),
    body: patch,
    ...(revision !== undefined && { ifMatch: revision }),
  })
  if (answer.ok) project.value = answer.value
  return answer
}

/** Reads the project on screen anew. */
export async function reloadProject(): Promise<Answer<Project>> {
  const answer = await request<Project>(path(), { query: scoped() })
  if (answer.ok) project.value = answer.value
  return answer
}

export function readWidget(): Promise<Answer<WidgetSettings>> {
  return request(path('/widget'), { query: scoped() })
}

export function readUsage(): Promise<Answer<ProjectUsage>> {
  return request(path('/usage'), { query: scoped() })
}

/** What a retention would do now; nothing is changed. */
export function readRetention({ days, keep }: Retention, signal?: AbortSignal): Promise<Answer<RetentionPreview>> {
  const query = scoped(new URLSearchParams({ days: String(days), keep }))
  return request(path('/retention'), { query, ...(signal && { signal }) })
}

export function listKeys(): Promise<Answer<{ items: Key[] }>> {
  return request(path('/keys'), { query: scoped() })
}

export function createKey(key: NewKey): Promise<Answer<CreatedKey>> {
  return request(path('/keys'), { method: 'POST', query: scoped(), body: key })
}

/** Names a key, and says when it stops. */
export function patchKey(id: string, patch: KeyPatch): Promise<Answer<Key>> {
  return request(path(`/keys/${encodeURIComponent(id)}`), { method: 'PATCH', query: scoped(), body: patch })
}

export function revokeKey(id: string): Promise<Answer<null>> {
  return request(path(`/keys/${encodeURIComponent(id)}`), { method: 'DELETE', query: scoped() })
}

/** Replaces a key by a new one; the old one goes on for so long. */
export function rotateKey(id: string, graceSeconds: number): Promise<Answer<RotatedKey>> {
  const rotation = { method: 'POST', query: scoped(), body: { graceSeconds } } as const
  return request(path(`/keys/${encodeURIComponent(id)}/rotate`), rotation)
}

export function readSigning(signal?: AbortSignal): Promise<Answer<SigningState>> {
  return request(path('/signing'), { query: scoped(), ...(signal && { signal }) })
}

/** Signs receipts and links with another secret; those from before are good for so long. */
export function rotateSigning(graceSeconds: number): Promise<Answer<SigningState>> {
  return request(path('/signing/rotate'), { method: 'POST', query: scoped(), body: { graceSeconds } })
}
