import type { AuditList } from '../../../sdk/wire/index.ts'
import type { Answer } from './answer.ts'
import { request } from './request.ts'
import { scoped } from './session.ts'

/** A page of the audit log, the newest first; `query` as the address bar has it. */
export function listAudit(query: string, cursor: string | null, signal?: AbortSignal): Promise<Answer<AuditList>> {
  const asked = scoped(new URLSearchParams(query))
  if (cursor !== null) asked.set('cursor', cursor)
  return request('/v1/audit', { query: asked, ...(signal && { signal }) })
}
