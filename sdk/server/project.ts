import type {
  Access,
  CreatedKey,
  Key,
  KeyPatch,
  KeyRotation,
  KnownName,
  KnownValue,
  NewKey,
  Project,
  ProjectPatch,
  OriginList,
  OutcomeList,
  ProjectUsage,
  RotatedKey,
  SigningState,
  SignInLink,
  WidgetSettings,
} from '../wire/index.ts'
import type { Connection } from './connection.ts'
import { getItems, getJson, part, remove, sendJson } from './json.ts'
import { invitationCalls, memberCalls } from './members.ts'
import type { InvitationCalls, MemberCalls } from './members.ts'
import { done } from './problem.ts'
import type { Result } from './problem.ts'
import type { CallOptions } from './request.ts'

/** The project's settings. Reading needs the scope `read`, changing `admin`. */
export interface ProjectCalls {
  get(options?: CallOptions): Promise<Result<Project>>
  update(patch: ProjectPatch, options?: CallOptions): Promise<Result<Project>>
  /** What the widget is set to, defaults included; `update({ widget })` changes it. */
  widget(options?: CallOptions): Promise<Result<WidgetSettings>>
  /** How many items stand in each status, carry each label and are of each kind, in all environments. */
  usage(options?: CallOptions): Promise<Result<ProjectUsage>>
  /** Which origins may send, and which were refused; `update({ origins })` allows them. */
  origins(options?: CallOptions): Promise<Result<OriginList>>
  /** Since when receipts and links to images are signed as they are. Needs `admin`. */
  signing(options?: CallOptions): Promise<Result<SigningState>>
  /** Signs them with another secret; those from before are believed for `graceSeconds` (a day unless told). */
  rotateSigning(rotation?: KeyRotation, options?: CallOptions): Promise<Result<SigningState>>
}

/** The project's keys. All of it needs the scope `admin`. */
export interface KeyCalls {
  /** Revoked ones too, oldest first. */
  list(options?: CallOptions): Promise<Result<Key[]>>
  /**
   * Makes a key, which is shown in this answer and never again.
   *
   * @example
   * await earshot.keys.create({ type: 'secret', name: 'Warehouse', scopes: ['export'] })
   */
  create(key: NewKey, options?: CallOptions): Promise<Result<CreatedKey>>
  /** Names a key, or says when it stops by itself. */
  update(id: string, patch: KeyPatch, options?: CallOptions): Promise<Result<Key>>
  /**
   * Makes a new key of the same type, name and rights, shown in this answer and never again. The old one goes on working
   * for `graceSeconds` (a day unless told), then it stops by itself.
   *
   * @example
   * const { key, replaced } = unwrap(await earshot.keys.rotate(id, { graceSeconds: 7 * 86_400 }))
   */
  rotate(id: string, rotation?: KeyRotation, options?: CallOptions): Promise<Result<RotatedKey>>
  /** From then on the key is refused: a publishable one within a minute, the others at once. It cannot be undone. */
  revoke(id: string, options?: CallOptions): Promise<Result<null>>
}

/** What is asked of the project as a whole. */
export interface ProjectRoom {
  /** Which project the key is for, and what it may do there. Any key may ask. */
  access(options?: CallOptions): Promise<Result<Access>>
  project: ProjectCalls
  keys: KeyCalls
  members: MemberCalls
  invitations: InvitationCalls
  /**
   * A link that signs a member in to the console, once, within a day: an admin who works in this project alone, or the
   * `member` of that id, who must not work in another one. Needs the scope `admin`.
   */
  signInLink(options?: CallOptions & { member?: string | undefined }): Promise<Result<SignInLink>>
  /**
   * What became of everything that was sent, by day (UTC): accepted, repeated, refused by code, dropped by reason. The
   * last 30 days of `production` unless told.
   *
   * @example
   * await earshot.outcomes({ from: '2026-11-01' })
   */
  outcomes(
    narrower?: { from?: string; to?: string; environment?: string },
    options?: CallOptions,
  ): Promise<Result<OutcomeList>>
  /** The tags, traits, contexts and questions that were seen, as filters and columns name them; 500 of each and more that came slowly. */
  names(options?: CallOptions): Promise<Result<KnownName[]>>
  /**
   * The values of a name, most frequent first.
   *
   * @example
   * await earshot.values('tag.plan', { prefix: 'p' })
   */
  values(
    name: string,
    narrower?: { prefix?: string; environment?: string },
    options?: CallOptions,
  ): Promise<Result<KnownValue[]>>
}

export function projectRoom(connection: Connection): ProjectRoom {
  const access: ProjectRoom['access'] = (options = {}) =>
    getJson(connection, '/v1/access', {}, options, ['project', 'scopes'])
  let known = connection.project
  /** The project stands in some paths; a key is for one, so it is asked for once. */
  const at = async <T>(options: CallOptions, call: (path: string) => Promise<Result<T>>): Promise<Result<T>> => {
    const id = known === undefined ? await access(options) : done({ project: { id: known } })
    if (!id.ok) return id
    known = id.value.project.id
    return call(`/v1/projects/${part(known)}`)
  }
  return {
    access,
    project: {
      get: (options = {}) => at(options, (path) => getJson(connection, path, {}, options)),
      update: (patch, { signal } = {}) =>
        at({ signal }, (path) => sendJson(connection, { method: 'PATCH', path, repeatable: true, signal }, patch)),
      widget: (options = {}) => at(options, (path) => getJson(connection, `${path}/widget`, {}, options)),
      usage: (options = {}) => at(options, (path) => getJson(connection, `${path}/usage`, {}, options)),
      origins: (options = {}) => at(options, (path) => getJson(connection, `${path}/origins`, {}, options)),
      signing: (options = {}) => at(options, (path) => getJson(connection, `${path}/signing`, {}, options)),
      // Asked twice, it would take the first one's receipts away.
      rotateSigning: (rotation = {}, { signal } = {}) =>
        at({ signal }, (path) =>
          sendJson(connection, { method: 'POST', path: `${path}/signing/rotate`, repeatable: false, signal }, rotation),
        ),
    },
    keys: {
      list: (options = {}) => at(options, (path) => getItems(connection, `${path}/keys`, {}, options)),
      create: (key, { signal } = {}) =>
        at({ signal }, (path) =>
          // Asked twice, it makes two, one of which nobody has seen.
          sendJson(connection, { method: 'POST', path: `${path}/keys`, repeatable: false, signal }, key, ['key']),
        ),
      update: (id, patch, { signal } = {}) =>
        at({ signal }, (path) =>
          sendJson(connection, { method: 'PATCH', path: `${path}/keys/${part(id)}`, repeatable: true, signal }, patch),
        ),
      rotate: (id, rotation = {}, { signal } = {}) =>
        at({ signal }, (path) =>
          sendJson(
            connection,
            { method: 'POST', path: `${path}/keys/${part(id)}/rotate`, repeatable: false, signal },
            rotation,
            ['key', 'replaced'],
          ),
        ),
      revoke: (id, options = {}) => at(options, (path) => remove(connection, `${path}/keys/${part(id)}`, options)),
    },
    // A link whose answer was lost is of no use to anybody, and ends by itself.
    signInLink: ({ signal, member } = {}) =>
      sendJson(
        connection,
        { method: 'POST', path: '/v1/sign-in-links', repeatable: true, signal },
        member === undefined ? undefined : { member },
        ['url', 'member'],
      ),
    members: memberCalls(connection),
    invitations: invitationCalls(connection),
    outcomes: (narrower = {}, options = {}) => getJson(connection, '/v1/outcomes', narrower, options),
    names: (options = {}) => getItems(connection, '/v1/names', {}, options),
    values: (name, { prefix, environment } = {}, options = {}) =>
      getItems(connection, '/v1/names/values', { name, prefix, environment }, options),
  }
}
