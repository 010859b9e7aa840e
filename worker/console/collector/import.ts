import type { ImportResult } from '../../../sdk/wire/index.ts'
import type { Answer } from './answer.ts'
import { request } from './request.ts'
import { scoped } from './session.ts'

/** Sends items, each a line of JSON: at most `limits.importMaxLines` and `limits.importMaxBytes`. One result a line. */
export function importLines(
  lines: readonly string[],
  environment: string,
  signal: AbortSignal,
): Promise<Answer<ImportResult[]>> {
  const query = scoped(new URLSearchParams({ environment }))
  return request('/v1/import', { method: 'POST', query, lines, signal })
}
