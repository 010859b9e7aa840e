import { collectorFrom, valueOf } from '../collector.ts'
import { Failure, exitCodes } from '../failure.ts'
import { collectorOptions, parse } from '../options.ts'
import type { Terminal } from '../terminal.ts'
import { signInHelp } from '../usage.ts'

const options = { ...collectorOptions, json: { type: 'boolean' } } as const

/** `earshot signin`: a link to the console, for whoever has no passkey yet or lost it. */
export async function runSignIn(words: string[], terminal: Terminal): Promise<number> {
  const { values, positionals } = parse(words, options, 'signin')
  if (values.help) {
    terminal.stdout.write(signInHelp)
    return exitCodes.good
  }
  if (positionals.length > 0) throw new Failure('wrongUse', `"${positionals[0]}" is not needed: the key says who.`)
  const link = valueOf(await collectorFrom(values, terminal).signInLink())
  terminal.stdout.write(values.json ? `${JSON.stringify(link)}\n` : `${link.url}\n`)
  if (!values.json) terminal.stderr.write(`It signs an admin in, once, until ${link.expiresAt}.\n`)
  return exitCodes.good
}
