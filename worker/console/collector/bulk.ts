import type { BulkRequest, BulkResult } from '../../../sdk/wire/index.ts'
import type { Answer } from './answer.ts'
import { request } from './request.ts'
import { scoped } from './session.ts'

/** Changes many items at once, by ids or by filter. */
export function bulkFeedback(body: BulkRequest): Promise<Answer<BulkResult>> {
  return request('/v1/feedback/bulk', { method: 'POST', query: scoped(), body })
}
