import type { AuditEntry } from './audit.ts'
import type { Feedback, Total } from './feedback.ts'
import type { Account, Tags } from './submission.ts'
import type { Delivery } from './webhooks.ts'

/**
 * What a signed identity says: the payload of a JWT, signed with the project's identity secret by HS256 and nothing else.
 *
 * @example
 * { "sub": "u_42", "aud": "01jd…", "exp": 1795340400, "email": "ada@example.com", "account": { "id": "acme" } }
 */
export interface IdentityClaims {
  /** The person's id in the customer's own system. */
  sub: string
  /** The project's id. */
  aud: string
  /** Seconds since 1970, at most `limits.tokenMaxSeconds` away. */
  exp: number
  name?: string
  email?: string
  traits?: Tags
  account?: Account
}

/**
 * Who said a fact, and when: `team` by the private routes, `signed` by a signed token or an import by a secret key,
 * `page` by a page, which proves nothing.
 */
export interface FactSource {
  by: 'team' | 'signed' | 'page'
  /** ISO 8601. */
  at: string
}

/**
 * What is known of a person now. A person is (project, verified or not, external id): what pages only claim never
 * changes what a token or the team has said.
 */
export interface PersonRecord {
  /** A UUID that stays the same; `Feedback.person.uuid`. */
  id: string
  /** The id in the customer's own system. */
  externalId: string
  /** Known from signed tokens or from the team. */
  verified: boolean
  name?: string
  email?: string
  traits: Tags
  /** Of a verified person, the account as it is known now; of any other, what the page said. */
  account: Account | null
  /** Who said each fact: `name`, `email`, `account`, `trait.NAME`. */
  sources: Record<string, FactSource>
  /** ISO 8601. */
  createdAt: string
  updatedAt: string
}

/** What is known of an account now: from signed tokens and from the team only. */
export interface AccountRecord extends Account {
  traits: Tags
  /** Who said each fact: `name`, `plan`, `revenue`, `trait.NAME`. */
  sources: Record<string, FactSource>
  /** ISO 8601. */
  createdAt: string
  updatedAt: string
}

/** Somebody who spoke for an account: `GET /v1/accounts/{id}/people`. */
export interface AccountSpeaker {
  /** The id in the customer's own system; null for all who came without one, together. */
  id: string | null
  /** The person's UUID, of the verified one where there is one. */
  uuid: string | null
  /** As that person's latest item has them. */
  name: string | null
  email: string | null
  verified: boolean
  /** Items. */
  count: number
  /** When the latest was said, ISO 8601. */
  lastAt: string
}

/** Who spoke for an account, the most talkative first. */
export interface AccountPeople {
  items: AccountSpeaker[]
  /** How many items were looked at, the latest first; not exact where there are more. */
  looked: Total
}

/**
 * `GET /v1/people/{id}`: everything about somebody, page by page, spam and merged items included; what
 * `DELETE /v1/people/{id}` would erase.
 */
export interface PersonView {
  /** With the first page: who is meant. Empty where only items name the address or the anonymous id. */
  people: PersonRecord[]
  /** Everything they said, newest first. */
  items: Feedback[]
  /** Give it back as `cursor`; null on the last page. */
  next: string | null
  total: Total
  /**
   * What was done to them (with the first page) and to the items of this page, the oldest first. It is the audit log's,
   * which needs `admin`: null without.
   */
  history: PersonHistory[] | null
  /**
   * To whom the items of this page were told, the oldest first; deliveries are kept for 30 days. Webhooks need `admin`, too:
   * null without.
   */
  deliveries: PersonDelivery[] | null
}

/** What was done to a person, or to something they said; by whom the audit log says. */
export type PersonHistory = Pick<AuditEntry, 'at' | 'action' | 'target' | 'summary' | 'before' | 'after'>

/** An item that was told to a webhook, or is to be. */
export interface PersonDelivery extends Pick<Delivery, 'event' | 'feedback' | 'state' | 'at' | 'attempts'> {
  /** What the webhook is called. */
  webhook: string
}

/** `PUT /v1/people/{id}`: what the team knows of somebody. What is left out stays; null removes. */
export interface PersonInput {
  name?: string | null
  email?: string | null
  /** Added to the traits there are; a trait that is null goes. */
  traits?: Record<string, Tags[string] | null>
  /** The account's id. */
  account?: string | null
}

/** `PUT /v1/accounts/{id}`: what the team knows of an account. What is left out stays; null removes. */
export interface AccountInput {
  name?: string | null
  plan?: string | null
  /** Revenue a year in the project's currency. */
  revenue?: number | null
  traits?: Record<string, Tags[string] | null>
}

/** The answer to `DELETE /v1/people/{id}`. Ask again while something remains. */
export interface Erasure {
  /** Items erased by this request. */
  items: number
  /** Persons forgotten by this request. */
  people: number
  /** Items that one request could not take. */
  remaining: number
}
