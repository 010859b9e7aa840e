import type { Client } from '../../server/index.ts'
import { roles } from '../../wire/index.ts'
import type { Member, Role } from '../../wire/index.ts'
import { collectorFrom, valueOf } from '../collector.ts'
import { inColumns } from '../columns.ts'
import { makeCommand } from '../command.ts'
import { confirm } from '../confirm.ts'
import { Failure, exitCodes } from '../failure.ts'
import type { Terminal } from '../terminal.ts'
import { membersHelp } from '../usage.ts'
import { findMember } from './find.ts'

const options = { json: { type: 'boolean' }, yes: { type: 'boolean', short: 'y' } } as const

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
          : `${project.name}, project ${project.id}\n\n${tableOf(members)}`,
      )
      return exitCodes.good
    }
    const member = findMember(members, who)
    if (action === 'remove' && !values.yes) {
      const isMeant = await confirm(`Take ${member.assignee} out of ${project.name}?`, terminal)
      if (!isMeant) throw new Failure('wrongUse', 'Nothing was changed.')
    }
    const said = await act(collector, action, member, wanted)
    if (values.json)
      terminal.stdout.write(`${JSON.stringify({ project, member: { ...member, ...(wanted && { role: wanted }) } })}\n`)
    else tell(terminal, said)
    return exitCodes.good
  },
)

async function act(collector: Client, action: string, member: Member, role: Role | undefined): Promise<string> {
  const { id, assignee } = member
  if (role) {
    valueOf(await collector.members.setRole(id, role))
    return `${assignee} is ${role === 'viewer' ? 'a' : 'an'} ${role} now.`
  }
  if (action === 'remove') {
    valueOf(await collector.members.remove(id))
    return `${assignee} is out of the project.`
  }
  valueOf(await collector.members.signOut(id))
  return `${assignee} is signed out everywhere. Passkeys go on working.`
}

const tell = (terminal: Terminal, text: string) => void terminal.stderr.write(`${text}\n`)

const tableOf = (members: readonly Member[]): string =>
  inColumns([
    ['NAME', 'E-MAIL', 'ROLE', 'ID'],
    ...members.map(({ name, email, role, id }) => [name, email ?? '', role, id]),
  ])
