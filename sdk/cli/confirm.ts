import { createInterface } from 'node:readline'
import { printable } from './columns.ts'
import { Failure } from './failure.ts'
import type { Terminal } from './terminal.ts'

/**
 * Asks on a terminal before something that cannot be undone. Only `yes` is a yes; a closed input, Ctrl-C and Ctrl-D are a no.
 *
 * @throws Failure where there is nobody to ask
 */
export async function confirm(question: string, terminal: Terminal): Promise<boolean> {
  const { stdin, stderr } = terminal
  if (stdin.isTTY !== true || stderr.isTTY !== true) {
    throw new Failure('wrongUse', 'There is nobody here to ask, and nothing was done. Give --yes if it is meant.')
  }
  const lines = createInterface({ input: stdin, output: stderr, terminal: true })
  const answer = await new Promise<string | null>((resolve) => {
    lines.once('close', () => resolve(null))
    lines.question(`${printable(question)} Type yes: `, resolve)
  })
  lines.close()
  if (answer === null) stderr.write('\n')
  return answer?.trim().toLowerCase() === 'yes'
}
