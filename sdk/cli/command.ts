import type { ParseArgsConfig } from 'node:util'
import { exitCodes } from './failure.ts'
import { collectorOptions, parse } from './options.ts'
import type { Terminal } from './terminal.ts'

/** A command of `earshot`. */
export interface Command {
  help: string
  /** @returns the exit code: see `exitCodes` */
  run(words: string[], terminal: Terminal): Promise<number>
}

type Options = NonNullable<ParseArgsConfig['options']>
type Given<T extends Options> = ReturnType<typeof parse<T & typeof collectorOptions>>

/** Makes a command that talks to a collector: reads its options, answers `--help`, and does what it is for. */
export function makeCommand<T extends Options>(
  name: string,
  help: string,
  options: T,
  work: (given: Given<T>, terminal: Terminal) => Promise<number>,
): Command {
  return {
    help,
    async run(words, terminal) {
      const given = parse(words, { ...collectorOptions, ...options }, name)
      if ((given.values as { help?: boolean }).help !== true) return work(given, terminal)
      terminal.stdout.write(help)
      return exitCodes.good
    },
  }
}
