import { collectorFrom, valueOf } from '../collector.ts'
import { makeCommand } from '../command.ts'
import { Failure, exitCodes } from '../failure.ts'
import { signInHelp } from '../usage.ts'

const options = { json: { type: 'boolean' } } as const

/** `earshot signin`: a link to the console, for whoever has no passkey yet or lost it. */
export const signInCommand = makeCommand('signin', signInHelp, options, async ({ values, positionals }, terminal) => {
  if (positionals.length > 0) throw new Failure('wrongUse', `"${positionals[0]}" is not needed: the key says who.`)
  const link = valueOf(await collectorFrom(values, terminal).signInLink())
  terminal.stdout.write(values.json ? `${JSON.stringify(link)}\n` : `${link.url}\n`)
  if (!values.json) terminal.stderr.write(`It signs an admin in, once, until ${link.expiresAt}.\n`)
  return exitCodes.good
})
