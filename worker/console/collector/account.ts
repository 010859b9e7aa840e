import type {
  NewPasskey,
  Passkey,
  PasskeyList,
  PasskeyOptions,
  PasskeyPatch,
  SessionList,
} from '../../../sdk/wire/index.ts'
import type { Answer } from './answer.ts'
import { request } from './request.ts'

// A member's own things: they belong to no project.

export function listPasskeys(signal?: AbortSignal): Promise<Answer<PasskeyList>> {
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

export function listSessions(signal?: AbortSignal): Promise<Answer<SessionList>> {
  return request('/v1/sessions', signal && { signal })
}

export function endSession(id: string): Promise<Answer<null>> {
  return request(`/v1/sessions/${encodeURIComponent(id)}`, { method: 'DELETE' })
}

/** Ends every other session that opens no more than this one, and removes passkeys but the one of this session. */
export function endOtherSessions(withPasskeys: boolean): Promise<Answer<null>> {
  const query = new URLSearchParams(withPasskeys ? { passkeys: 'remove' } : {})
  return request('/v1/sessions', { method: 'DELETE', query })
}
