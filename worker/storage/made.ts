import type { MadeByMember } from '../../sdk/wire/index.ts'
import type { Database } from './database.ts'
import { invitationColumns, type InvitationRecord } from './invitations.ts'
import { type KeyRecord, type KeyRow, toKey } from './keys.ts'
import { isOpenTo } from './opening.ts'

/** What a member made in a project that goes on working without them. */
export interface Made extends Pick<MadeByMember, 'webhooks'> {
  /** Secret keys and identity secrets that are not revoked. */
  keys: KeyRecord[]
  /** Those that may still be accepted. */
  invitations: InvitationRecord[]
}

interface Maker {
  project: string
  member: string
  /** Epoch ms. */
  now: number
}

/** Things of a table with this member's name to one of these actions in the audit log, which says who made what. */
const isTheirs = (table: string, actions: string): string =>
  `id IN (SELECT target FROM audit WHERE project = ?1 AND target IN (SELECT id FROM ${table} WHERE project = ?1)
    AND action IN (${actions}) AND actor_type = 'member' AND actor = ?2)`

/** A key that took the place of another was seen by whoever replaced it. */
const isReplacement = (table: string): string =>
  `id IN (SELECT after ->> 'replacedBy' FROM audit WHERE project = ?1 AND action = 'key.rotate'
    AND target IN (SELECT id FROM ${table} WHERE project = ?1) AND actor_type = 'member' AND actor = ?2)`

const isKnown = (table: string): string =>
  `project = ?1 AND (revoked_at IS NULL OR revoked_at > ?3) AND (${isTheirs(table, "'key.create'")} OR ${isReplacement(table)})`

/** Lists what a member made in a project and what goes on without them, oldest first. */
export async function listMade(db: Database, { project, member, now }: Maker): Promise<Made> {
  const [keys, invitations, webhooks] = await db.batch([
    db
      .prepare(
        `SELECT id, project, type, name, hint, environment, scopes, created_at, last_used_at, revoked_at FROM api_key
        WHERE type = 'secret' AND ${isKnown('api_key')}
        UNION ALL SELECT id, project, 'identity', name, hint, 'production', '[]', created_at, last_used_at, revoked_at
        FROM identity_secret WHERE ${isKnown('identity_secret')} ORDER BY created_at, id`,
      )
      .bind(project, member, now),
    db
      .prepare(
        `SELECT ${invitationColumns} FROM invitation WHERE project = ?1 AND expires_at > ?3
        AND ${isTheirs('invitation', "'invitation.create'")} ORDER BY created_at, id`,
      )
      .bind(project, member, now),
    db
      .prepare(
        `SELECT id, name FROM webhook WHERE project = ?1
        AND ${isTheirs('webhook', "'webhook.create', 'webhook.update', 'webhook.rotate'")} ORDER BY name, id`,
      )
      .bind(project, member),
  ])
  return {
    keys: ((keys?.results ?? []) as KeyRow[]).map(toKey),
    invitations: (invitations?.results ?? []) as InvitationRecord[],
    webhooks: (webhooks?.results ?? []) as MadeByMember['webhooks'],
  }
}

/** What is revoked together with a member's leave, or with their being an admin no more. */
export interface Revoked {
  /** Ids of keys and identity secrets. */
  keys: readonly string[]
  /** Ids. */
  invitations: readonly string[]
  /** Epoch ms: sign-in links for others that they made since then are cancelled; older ones have expired. */
  linksSince: number
  /** Epoch ms. */
  now: number
}

/** The statements that revoke it, behind the one that takes the member's role away; they do nothing while it is `admin`. */
export function revokeStatements(
  db: Database,
  { project, member }: Pick<Maker, 'project' | 'member'>,
  { keys, invitations, linksSince, now }: Revoked,
): D1PreparedStatement[] {
  const isNoAdmin =
    "NOT EXISTS (SELECT 1 FROM membership WHERE membership.project = ?1 AND membership.member = ?2 AND role = 'admin')"
  const isLive = '(revoked_at IS NULL OR revoked_at > ?4)'
  const ofThese = 'project = ?1 AND id IN (SELECT value FROM json_each(?3))'
  const revoke = (table: string, also: string) =>
    db
      .prepare(`UPDATE ${table} SET revoked_at = ?4${also} WHERE ${ofThese} AND ${isLive} AND ${isNoAdmin}`)
      .bind(project, member, JSON.stringify(keys), now)
  return [
    revoke('api_key', ''),
    revoke('identity_secret', ', secret = NULL'),
    db
      .prepare(`DELETE FROM invitation WHERE ${ofThese} AND ${isNoAdmin}`)
      .bind(project, member, JSON.stringify(invitations)),
    db
      .prepare(
        `DELETE FROM member_link WHERE member <> ?2 AND ${isOpenTo('member_link.projects', '?1')} AND ${isNoAdmin}
        AND member IN (SELECT target FROM audit WHERE project = ?1 AND at > ?3 AND action = 'sign-in-link.create'
          AND actor_type = 'member' AND actor = ?2)`,
      )
      .bind(project, member, linksSince),
  ]
}
