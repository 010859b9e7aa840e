import { collectorFrom, valueOf } from '../collector.ts'
import { makeCommand } from '../command.ts'
import { Failure, exitCodes } from '../failure.ts'
import { findMember } from '../members/find.ts'
import { say } from '../terminal.ts'
import { signInHelp } from '../usage.ts'

const options = { json: { type: 'boolean' } } as const

/** `earshot signin`: a link to the console, for whoever has no passkey yet or lost it. */
export const signInCommand = makeCommand('signin', signInHelp, options, async ({ values, positionals }, terminal) => {
  const [who, ...more] = positionals
  if (more.length > 0) throw new Failure('wrongUse', 'One member at a time: "earshot signin WHO".')
  const collector = collectorFrom(values, terminal)
  const member = who === undefined ? undefined : findMember(valueOf(await collector.members.list()), who).id
  const link = valueOf(await collector.signInLink({ member }))
  terminal.stdout.write(values.json ? `${JSON.stringify(link)}\n` : `${link.url}\n`)
  if (!values.json) say(terminal, `It signs ${link.member.name} in, once, until ${link.expiresAt}.`)
  return exitCodes.good
})
