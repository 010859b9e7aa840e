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
  /** When it stops by itself; null where it does not, and once it has (`revokedAt` says when). */
  expiresAt: string | null
  revokedAt: string | null
}

/** `POST /v1/projects/{id}/keys`. With `expiresAt` (ISO 8601, to come) the key stops by itself. */
export type NewKey =
  | { type: 'publishable'; name: string; environment?: string; expiresAt?: string | null }
  | { type: 'secret'; name: string; scopes: Scope[]; expiresAt?: string | null }
  | { type: 'identity'; name: string; expiresAt?: string | null }

/** `PATCH /v1/projects/{id}/keys/{key}`: a key that has stopped stays as it is. */
export interface KeyPatch {
  name?: string
  /** ISO 8601, to come; null: it does not stop by itself. */
  expiresAt?: string | null
}

/** `POST /v1/projects/{id}/keys/{key}/rotate`: a new key of the same type, name and rights; the old one stops by itself. */
export interface KeyRotation {
  /** How long the old key goes on working: 0 to 7,776,000 (90 days); 86,400 (a day) unless told. */
  graceSeconds?: number
}

/**
 * `GET /v1/projects/{id}/signing`, and the answer to `POST /v1/projects/{id}/signing/rotate` with a `KeyRotation`: what
 * receipts and links to images are signed with. Nobody sees the secret itself.
 */
export interface SigningState {
  /** ISO 8601; null where it is the first one. */
  replacedAt: string | null
  /** Until when what the one before has signed is believed; null where nothing of it is any more. */
  oldExpiresAt: string | null
}

/** The answer to `NewKey`: the one time that the key itself is shown. */
export interface CreatedKey extends Key {
  key: string
}

/** The answer to `KeyRotation`. */
export interface RotatedKey extends CreatedKey {
  /** The old key, with the time at which it stops. */
  replaced: Key
}

/** Whose project a key or a signed-in member works in, and what they may do there: `GET /v1/access`. */
export interface Access {
  project: { id: string; name: string }
  scopes: Scope[]
}

/**
 * `POST /v1/sign-in-links`. A member gets a link for themselves unless told; a key, or an admin for somebody else, only for
 * members all of whose projects they are admin of: a link must not lead into another's project.
 */
export interface NewSignInLink {
  /** A member's id; an admin of the project where a key asks without it. */
  member?: string
}

/** The answer to `NewSignInLink`: a link that signs a member in, once. */
export interface SignInLink {
  url: string
  /** ISO 8601. */
  expiresAt: string
  /** Who is signed in by it. */
  member: { id: string; name: string; email: string | null }
}

/** `POST /v1/projects`: a further project of a signed-in member who is an admin already, and becomes its admin. */
export interface NewProject {
  name: string
}

/** The answer to `NewProject`. */
export interface CreatedProject {
  id: string
  name: string
  /** Of the environment `production`. */
  publishableKey: string
}
