import type { ResponsePeriod } from '../../sdk/wire/insight.ts'
import type { Span } from './period.ts'
import { wilson } from './interval.ts'

/**
 * Answers to displays, with Wilson's interval. Where a survey was answered more often than it was shown (a page that
 * reports no displays, an import), there is no rate: both numbers stand there, and no share of them.
 */
export function responseOf({ period }: Span, displays: number, responses: number): ResponsePeriod {
  const isShare = displays > 0 && responses <= displays
  return {
    period,
    displays,
    responses,
    value: isShare ? responses / displays : null,
    interval: isShare ? wilson(responses, displays) : null,
  }
}
