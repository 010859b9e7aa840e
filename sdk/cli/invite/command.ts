import { roles } from '../../wire/index.ts'
import type { Invitation, NewInvitation } from '../../wire/index.ts'
import { collectorFrom, valueOf } from '../collector.ts'
import { dayOf, inColumns } from '../columns.ts'
import { makeCommand } from '../command.ts'
import { Failure, exitCodes } from '../failure.ts'
import { inviteHelp } from '../usage.ts'

const options = {
  email: { type: 'string' },
  days: { type: 'string' },
  json: { type: 'boolean' },
} as const

/** `earshot invite`: makes an invitation, lists those that are open, takes one back. */
export const inviteCommand = makeCommand('invite', inviteHelp, options, async ({ values, positionals }, terminal) => {
  const [word, id, ...more] = positionals
  if (word === undefined || more.length > 0 || (id !== undefined) !== (word === 'revoke')) {
    throw new Failure('wrongUse', 'It is "earshot invite ROLE", "earshot invite list" or "earshot invite revoke ID".')
  }
  const wish = word === 'list' || word === 'revoke' ? null : wishOf(word, values)
  const collector = collectorFrom(values, terminal)
  if (id !== undefined) {
    valueOf(await collector.invitations.revoke(id))
    if (values.json) terminal.stdout.write(`${JSON.stringify({ revoked: id })}\n`)
    else terminal.stderr.write('The invitation is taken back. Its link works no more.\n')
    return exitCodes.good
  }
  if (wish === null) {
    const items = valueOf(await collector.invitations.list())
    terminal.stdout.write(values.json ? `${JSON.stringify({ items })}\n` : tableOf(items))
    return exitCodes.good
  }
  const made = valueOf(await collector.invitations.create(wish))
  terminal.stdout.write(values.json ? `${JSON.stringify(made)}\n` : `${made.url}\n`)
  if (!values.json) {
    terminal.stderr.write(
      `Send this link to whom you invite: whoever opens it joins, once, until ${made.expiresAt}. It is shown this once.\n`,
    )
  }
  return exitCodes.good
})

function wishOf(
  word: string,
  { email, days }: { email?: string | undefined; days?: string | undefined },
): NewInvitation {
  const role = roles.find((one) => one === word)
  if (!role) throw new Failure('wrongUse', `There is no role "${word}": ${roles.join(', ')}.`)
  if (days !== undefined && !/^([1-9]|[12]\d|30)$/.test(days)) {
    throw new Failure('wrongUse', `--days is a whole number from 1 to 30, not "${days}".`)
  }
  return { role, ...(email !== undefined && { email }), ...(days !== undefined && { days: Number(days) }) }
}

const tableOf = (invitations: readonly Invitation[]): string =>
  inColumns([
    ['FOR', 'ROLE', 'INVITED BY', 'UNTIL', 'ID'],
    ...invitations.map(({ email, role, invitedBy, expiresAt, id }) => [
      email ?? 'whoever has the link',
      role,
      invitedBy,
      dayOf(expiresAt),
      id,
    ]),
  ])
