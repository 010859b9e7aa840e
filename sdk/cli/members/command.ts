import type { Client } from '../../server/index.ts'
import { roles } from '../../wire/index.ts'
import type { Member, Role } from '../../wire/index.ts'
import { collectorFrom, valueOf } from '../collector.ts'
import { inColumns, printable } from '../columns.ts'
import { makeCommand } from '../command.ts'
import { confirm } from '../confirm.ts'
import { Failure, exitCodes } from '../failure.ts'
import { say } from '../terminal.ts'
import { membersHelp } from '../usage.ts'
import { findMember } from './find.ts'
import { remains } from './remains.ts'

const options = {
  json: { type: 'boolean' },
  yes: { type: 'boolean', short: 'y' },
  'revoke-keys': { type: 'boolean' },
  'keep-invitations': { type: 'boolean' },
  passkeys: { type: 'boolean' },
} as const

/** `earshot members`: lists them, changes a role, takes one out, signs one out everywhere. */
export const membersCommand = makeCommand(
  'members',
  membersHelp,
  options,
  async ({ values, positionals }, terminal) => {
    const [action = 'list', who, role, ...more] = positionals
    const isWhole = { list: !who, role: role !== undefined, remove: who && !role, signout: who && !role }[action]
    if (!isWhole || more.length > 0) {
      throw new Failure(
        'wrongUse',
        'It is "earshot members", "members role WHO ROLE", "members remove WHO" or "members signout WHO".',
      )
    }
    const misplaced = misplacedOption(action, values)
    if (misplaced !== undefined) throw new Failure('wrongUse', misplaced)
    const wanted = role === undefined ? undefined : roles.find((one) => one === role)
    if (role !== undefined && !wanted) {
      throw new Failure('wrongUse', `There is no role "${role}": ${roles.join(', ')}.`)
    }
    const collector = collectorFrom(values, terminal)
    const { project } = valueOf(await collector.access())
    const members = valueOf(await collector.members.list())
    if (who === undefined) {
      terminal.stdout.write(
        values.json
          ? `${JSON.stringify({ project, items: members })}\n`
          : `${printable(project.name)}, project ${project.id}\n\n${tableOf(members)}`,
      )
      return exitCodes.good
    }
    const member = findMember(members, who)
    if (action === 'remove' && !values.yes) {
      const isMeant = await confirm(`Take ${member.assignee} out of ${project.name}?`, terminal)
      if (!isMeant) throw new Failure('wrongUse', 'Nothing was changed.')
    }
    const said =
      action === 'signout'
        ? await signOut(collector, member, values.passkeys === true)
        : await release(collector, member, wanted ?? null, {
            keys: values['revoke-keys'] === true,
            invitations: values['keep-invitations'] !== true,
          })
    if (values.json)
      terminal.stdout.write(`${JSON.stringify({ project, member: { ...member, ...(wanted && { role: wanted }) } })}\n`)
    else say(terminal, said)
    return exitCodes.good
  },
)

function misplacedOption(
  action: string,
  values: { 'revoke-keys'?: boolean; 'keep-invitations'?: boolean; passkeys?: boolean },
): string | undefined {
  const isLeaving = action === 'remove' || action === 'role'
  if (values.passkeys && action !== 'signout') return '--passkeys belongs to "members signout".'
  if (values['revoke-keys'] && !isLeaving) return '--revoke-keys belongs to "members remove" and "members role".'
  if (values['keep-invitations'] && !isLeaving)
    return '--keep-invitations belongs to "members remove" and "members role".'
  return undefined
}

async function signOut(collector: Client, { id, assignee }: Member, withPasskeys: boolean): Promise<string> {
  valueOf(await collector.members.signOut(id, { passkeys: withPasskeys ? 'close' : 'keep' }))
  return withPasskeys
    ? `${assignee} is signed out everywhere, and passkeys of theirs do not open the project any more. To let them in again: earshot invite`
    : `${assignee} is signed out everywhere. Passkeys go on working; --passkeys closes the project to them.`
}

/** Takes a member out (no role), or gives another role; says what they made and what became of it. */
async function release(
  collector: Client,
  member: Member,
  role: Role | null,
  revoked: { keys: boolean; invitations: boolean },
): Promise<string> {
  const { id, assignee } = member
  if (role === 'admin' && revoked.keys) throw new Failure('wrongUse', '--revoke-keys does not go with the role admin.')
  const isNoAdmin = role !== 'admin' && (member.role === 'admin' || role === null || revoked.keys)
  const made = isNoAdmin ? valueOf(await collector.members.made(id)) : null
  const revocation = {
    invitations: revoked.invitations ? ('revoke' as const) : ('keep' as const),
    revokeKeys: revoked.keys ? (made?.keys ?? []).map((key) => key.id) : [],
  }
  if (role === null) valueOf(await collector.members.remove(id, revocation))
  else valueOf(await collector.members.setRole(id, role, isNoAdmin ? revocation : {}))
  const done =
    role === null
      ? `${assignee} is out of the project.`
      : `${assignee} is ${role === 'viewer' ? 'a' : 'an'} ${role} now.`
  return [done, ...(made === null ? [] : remains(made, revoked))].join('\n')
}

const tableOf = (members: readonly Member[]): string =>
  inColumns([
    ['NAME', 'E-MAIL', 'ROLE', 'ID'],
    ...members.map(({ name, email, role, id }) => [name, email ?? '', role, id]),
  ])
