import type { MiddlewareHandler } from 'hono'
import { createMiddleware } from 'hono/factory'
import type { OutcomeRoute } from '../../sdk/wire/index.ts'
import type { AppEnv } from '../env.ts'
import { noteAccepted } from './quota.ts'
import { countNobodys, countOutcome } from './tally.ts'

/**
 * Counts what becomes of the requests of a public route, so that no refusal goes unseen. What is accepted the consumer
 * `counts` counts from the items themselves: exactly, and at no cost here.
 */
export const countOutcomes = (route: OutcomeRoute): MiddlewareHandler<AppEnv> =>
  createMiddleware<AppEnv>(async (c, next) => {
    await next()
    const { actor, became, refused, sentTo } = c.var
    // The team's own: it stands under the same address.
    if (actor !== undefined) return
    if (refused !== undefined) {
      if (sentTo === undefined) countNobodys(c, refused)
      else countOutcome(c, sentTo, route, 'refused', refused)
    } else if (became === 'accepted' && sentTo !== undefined) noteAccepted(sentTo.project)
    else if (became !== undefined && sentTo !== undefined) countOutcome(c, sentTo, route, became, '')
  })
