/** Public routes whose requests are counted. */
export const outcomeRoutes = ['feedback', 'attachments', 'displays', 'widget'] as const
export type OutcomeRoute = (typeof outcomeRoutes)[number]

/**
 * What became of what was sent. `accepted`: a new item; `reason` is `spam` where it came into the spam tray. `amended`:
 * an item that stood there took something on. `repeated`: it stood there already. `refused`: not stored; `reason` is the
 * problem's code. `dropped`: given up by a sender, as it said itself later; `reason` is the sender's, such as `expired` or
 * `full`.
 */
export const outcomeKinds = ['accepted', 'amended', 'repeated', 'refused', 'dropped'] as const
export type OutcomeKind = (typeof outcomeKinds)[number]

/** Why senders give up; what somebody else's sender names otherwise is counted as `other`. */
export const dropReasons = ['refused', 'expired', 'full', 'reset', 'attachment'] as const

/** How often something became of what was sent. Of the routes beside `feedback` only refusals are counted. */
export interface OutcomeCount {
  route: OutcomeRoute
  outcome: OutcomeKind
  /** A problem's code, why a sender gave up, or `spam` of what was set aside; null where there is nothing to say. */
  reason: string | null
  count: number
}

/** The same of one day. */
export interface OutcomeOfDay extends OutcomeCount {
  /** `YYYY-MM-DD`. */
  day: string
}

/**
 * What became of everything sent, by day: `GET /v1/outcomes?from=2026-11-01&to=2026-11-23&environment=production`.
 * Days are UTC's, by receipt. What was accepted is exact; the rest is written down every few seconds, so that the last
 * of it may be missing.
 */
export interface OutcomeList {
  environment: string
  /** First and last day, `YYYY-MM-DD`; the last 30 days unless told. */
  from: string
  to: string
  /** Of the whole period, the most frequent first. */
  total: OutcomeCount[]
  /** Days with something to count, the latest first. */
  items: OutcomeOfDay[]
  /** Of the whole project, today. */
  quota: QuotaUse
}

/** The part of a quota from which on its team is told: on a steady day five hours are left to do something. */
export const quotaWarnsFrom = 0.8

/** How much of a day's quota is used up. */
export interface QuotaUse {
  perDay: number
  used: number
  /** When the next day begins: ISO 8601. */
  resetsAt: string
}

/** A page's origin that is not in the project's list and tried to send something. */
export interface RefusedOrigin {
  /** As a browser says it: `https://app.example.com`, `capacitor://localhost`, `null`. */
  origin: string
  /** How many requests were refused, in all environments. */
  count: number
  /** ISO 8601. */
  firstAt: string
  lastAt: string
}

/**
 * `GET /v1/projects/{id}/origins`. To allow a refused one, add it to `origins` with `PATCH /v1/projects/{id}`: what
 * waits in people's outboxes then comes within a day.
 */
export interface OriginList {
  /** Those that may send; empty admits every page. */
  origins: string[]
  /** Refused in the last 30 days and still not in the list, the latest first; 100 at most. */
  refused: RefusedOrigin[]
}
