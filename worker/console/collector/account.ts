import type { MemberSession, NewPasskey, Passkey, PasskeyOptions, PasskeyPatch } from '../../../sdk/wire/index.ts'
import type { Answer } from './answer.ts'
import { request } from './request.ts'

// A member's own things: they belong to no project.

export function listPasskeys(signal?: AbortSignal): Promise<Answer<{ items: Passkey[] }>> {
  return request('/v1/passkeys', signal && { signal })
}

/** What the browser makes a passkey from. */
export function passkeyOptions(): Promise<Answer<PasskeyOptions>> {
  return request('/v1/passkeys/options', { method: 'POST' })
}

export function addPasskey(made: NewPasskey): Promise<Answer<Passkey>> {
  return request('/v1/passkeys', { method: 'POST', body: made })
}

export function changePasskey(id: string, patch: PasskeyPatch): Promise<Answer<Passkey>> {
  return request(`/v1/passkeys/${encodeURIComponent(id)}`, { method: 'PATCH', body: patch })
}

export function removePasskey(id: string): Promise<Answer<null>> {
  return request(`/v1/passkeys/${encodeURIComponent(id)}`, { method: 'DELETE' })
}

export function listSessions(signal?: AbortSignal): Promise<Answer<{ items: MemberSession[] }>> {
  return request('/v1/sessions', signal && { signal })
}

export function endSession(id: string): Promise<Answer<null>> {
  return request(`/v1/sessions/${encodeURIComponent(id)}`, { method: 'DELETE' })
}
