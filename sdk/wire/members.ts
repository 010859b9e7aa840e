import type { Key } from './access.ts'
import type { Role } from './feedback.ts'

/** Every role, from the one that may do least. */
export const roles = ['viewer', 'editor', 'admin'] as const satisfies readonly Role[]

/** `PATCH /v1/members/{id}`: takes effect with the member's next request. A project keeps one admin at least. */
export interface MemberPatch extends Revocation {
  role: Role
}

/**
 * What is revoked in the same step where a member is taken out, or is an admin no more: `DELETE /v1/members/{id}` has it
 * in its query, with `revokeKeys` once for each.
 */
export interface Revocation {
  /** Invitations that the member made and nobody has accepted; `revoke` unless told. */
  invitations?: 'revoke' | 'keep'
  /** Ids of keys out of `MadeByMember`; none unless told, because servers may depend on them. */
  revokeKeys?: string[]
}

/** `GET /v1/members/{id}/made`: what a member made, and what goes on working without them. */
export interface MadeByMember {
  /** Secret keys and identity secrets that they made or replaced, and have therefore seen. Oldest first. */
  keys: Key[]
  /** Those that nobody has accepted yet. */
  invitations: Invitation[]
  /** Those that they made, changed, or replaced the secret of: look where they go. */
  webhooks: { id: string; name: string }[]
}

/** `POST /v1/invitations`. */
export interface NewInvitation {
  role: Role
  /** Whom it is meant for; becomes the e-mail address of a new member. It proves nothing, and nothing is mailed. */
  email?: string | null
  /** 1 to 30; 7 unless told. */
  days?: number
}

/** An invitation that nobody has accepted yet: `GET /v1/invitations`. */
export interface Invitation {
  id: string
  email: string | null
  role: Role
  /** Who made it: a member's e-mail address or name, or how a key begins. */
  invitedBy: string
  /** ISO 8601. */
  createdAt: string
  /** ISO 8601; one that is past stays on the list for a month. */
  expiresAt: string
}

/** The answer to `NewInvitation`: the one time that its link is shown. */
export interface CreatedInvitation extends Invitation {
  /** Opens a page that says what it is about, and is accepted there once. */
  url: string
}

/** How a session began. */
export const sessionMethods = ['link', 'invitation', 'passkey'] as const
export type SessionMethod = (typeof sessionMethods)[number]

/** Where a member is signed in. */
export interface MemberSession {
  id: string
  /** Browser and system, such as `Firefox on Linux`; `''` where nothing is known. */
  browser: string
  method: SessionMethod
  /** ISO 8601. */
  createdAt: string
  /** ISO 8601; written once an hour. */
  lastUsedAt: string
  /** ISO 8601. */
  expiresAt: string
  /** Whether it is the one that asks. */
  current: boolean
}

/** `GET /v1/sessions`: those that open no more projects than the one that asks. */
export interface SessionList {
  /** The latest used first. */
  items: MemberSession[]
  /** How many open more: they are seen and ended from a session that opens as much. */
  hidden: number
}

/** `GET /v1/passkeys`: those that open no more projects than the session that asks. */
export interface PasskeyList {
  /** Oldest first. */
  items: Passkey[]
  /** How many open more: they are seen and removed from a session that opens as much. */
  hidden: number
}

/** A passkey of the member who asks. */
export interface Passkey {
  id: string
  name: string
  /** Whether its maker keeps a copy for the member's other devices. */
  synced: boolean
  /**
   * Whether it signs in to every project that this session sees. One that was added before the member came to a further
   * project does not, until the member says so: somebody else may have added it.
   */
  opensAll: boolean
  /** ISO 8601. */
  createdAt: string
  lastUsedAt: string | null
}

/** `PATCH /v1/passkeys/{id}`. */
export interface PasskeyPatch {
  name?: string
  /** It is mine: let it sign in to every project that this session sees. */
  opensAll?: true
}

/**
 * What a browser is asked with: `POST /v1/passkeys/options` (`navigator.credentials.create`) and
 * `POST /v1/sign-in/options` (`navigator.credentials.get`). The JSON of WebAuthn Level 3, bytes as base64url, as
 * `PublicKeyCredential.parseCreationOptionsFromJSON` takes it. Its challenge works once, for five minutes.
 */
export interface PasskeyOptions {
  publicKey: Record<string, unknown>
}

/** `POST /v1/passkeys`: what `navigator.credentials.create` gave, as its `toJSON()` says it. */
export interface NewPasskey {
  name: string
  credential: {
    id: string
    rawId: string
    type: 'public-key'
    response: { clientDataJSON: string; attestationObject: string; transports?: string[] }
  }
}

/** `POST /v1/sign-in`: what `navigator.credentials.get` gave. Answers with the `Session`, and its cookie. */
export interface PasskeySignIn {
  credential: {
    id: string
    rawId: string
    type: 'public-key'
    response: { clientDataJSON: string; authenticatorData: string; signature: string; userHandle?: string | null }
  }
}
