import { once } from 'node:events'
import { createInterface } from 'node:readline/promises'
import { Failure } from './failure.ts'
import type { Terminal } from './terminal.ts'

/**
 * Asks on a terminal before something that cannot be undone. Only `yes` is a yes.
 *
 * @throws Failure where there is nobody to ask
 */
export async function confirm(question: string, terminal: Terminal): Promise<boolean> {
  const { stdin, stderr } = terminal
  if (stdin.isTTY !== true || stderr.isTTY !== true) {
    throw new Failure('wrongUse', 'There is nobody here to ask, and nothing was done. Give --yes if it is meant.')
  }
  const lines = createInterface({ input: stdin, output: stderr, terminal: true })
  try {
    // An input that ends is no answer.
    const answer = await Promise.race([lines.question(`${question} Type yes: `), once(lines, 'close')])
    return typeof answer === 'string' && answer.trim().toLowerCase() === 'yes'
  } finally {
    lines.close()
  }
}
