import type { ExportColumns } from '../../../sdk/wire/index.ts'
import type { Answer } from './answer.ts'
import { readProblem, request, signedOut } from './request.ts'
import { scoped } from './session.ts'

/** One answer of `GET /v1/export`: all of it, or a part. */
export interface ExportAnswer {
  /** Rows that follow in this answer. */
  rows: number
  /** Rows of all parts; told with the first. */
  total: number
  hidden: { spam: number; merged: number }
  relaxed: boolean
  /** The cursor of the next part. */
  next: string | null
  body: ReadableStream<Uint8Array<ArrayBuffer>>
}

/** Begins an export, or its next part. Never throws; the body breaks where the connection does. */
export async function openExport(query: URLSearchParams, signal: AbortSignal): Promise<Answer<ExportAnswer>> {
  try {
    const response = await fetch(`/v1/export?${scoped(query)}`, { signal, cache: 'no-store' })
    if (response.status === 401) {
      signedOut.value = true
      return { ok: false, failure: { because: 'signed-out' } }
    }
    if (!response.ok) return { ok: false, failure: { because: 'refused', problem: await readProblem(response) } }
    const { headers, body } = response
    const rows = Number(headers.get('earshot-rows'))
    const hidden = (name: string) =>
      Number(new RegExp(`${name}=(\\d+)`).exec(headers.get('earshot-hidden') ?? '')?.[1] ?? 0)
    return {
      ok: true,
      value: {
        rows,
        total: Number(headers.get('earshot-total') ?? rows),
        hidden: { spam: hidden('spam'), merged: hidden('merged') },
        relaxed: headers.get('earshot-relaxed') === 'true',
        next: headers.get('earshot-next'),
        body: body ?? new ReadableStream({ start: (controller) => controller.close() }),
      },
    }
  } catch {
    // fetch rejects when cancelled and when nobody answered.
    return { ok: false, failure: { because: signal.aborted ? 'cancelled' : 'unreachable' } }
  }
}

/** How many rows an export would have now, exactly, and what it would leave out: the head of its smallest part. */
export async function countExport(
  query: URLSearchParams,
  signal: AbortSignal,
): Promise<Answer<Omit<ExportAnswer, 'body' | 'next'>>> {
  const smallest = new URLSearchParams(query)
  smallest.set('format', 'csv')
  smallest.set('limit', '1')
  const answer = await openExport(smallest, signal)
  if (!answer.ok) return answer
  await answer.value.body.cancel()
  return answer
}

export function listColumns(query: URLSearchParams, signal: AbortSignal): Promise<Answer<ExportColumns>> {
  return request('/v1/export/columns', { query: scoped(query), signal })
}
