import type { Scope } from './feedback.ts'

/** The kinds of keys; see the wire's documentation for what each may do. */
export const keyTypes = ['publishable', 'secret', 'identity'] as const
export type KeyType = (typeof keyTypes)[number]

/** A key as lists show it: `GET /v1/projects/{id}/keys`. The key itself is shown once, when it is made. */
export interface Key {
  id: string
  type: KeyType
  name: string
  /** Its first characters, to tell keys apart. */
  hint: string
  /** Of publishable keys; elsewhere it says nothing. */
  environment: string
  /** Of secret keys only. */
  scopes: Scope[]
  /** ISO 8601. */
  createdAt: string
  lastUsedAt: string | null
  revokedAt: string | null
}

/** `POST /v1/projects/{id}/keys`. */
export type NewKey =
  | { type: 'publishable'; name: string; environment?: string }
  | { type: 'secret'; name: string; scopes: Scope[] }
  | { type: 'identity'; name: string }

/** The answer to `NewKey`: the one time that the key itself is shown. */
export interface CreatedKey extends Key {
  key: string
}

/** Whose project a key or a signed-in member works in, and what they may do there: `GET /v1/access`. */
export interface Access {
  project: { id: string; name: string }
  scopes: Scope[]
}

/** The answer to `POST /v1/sign-in-links`: a link that signs an admin in, once. */
export interface SignInLink {
  url: string
  /** ISO 8601. */
  expiresAt: string
}
