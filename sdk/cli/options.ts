import { parseArgs } from 'node:util'
import type { ParseArgsConfig } from 'node:util'
import { Failure } from './failure.ts'

/** Options of every command that talks to a collector. */
export const collectorOptions = {
  endpoint: { type: 'string' },
  key: { type: 'string' },
  project: { type: 'string' },
  help: { type: 'boolean', short: 'h' },
} as const satisfies ParseArgsConfig['options']

/** `parseArgs`, its complaints turned into ours. */
export function parse<T extends NonNullable<ParseArgsConfig['options']>>(words: string[], options: T, help: string) {
  try {
    return parseArgs({ args: words, options, allowPositionals: true, strict: true })
  } catch (error) {
    const reason = error instanceof Error ? error.message.split('. To specify')[0] : String(error)
    throw new Failure('wrongUse', `${reason}. "earshot ${help} --help" says what there is.`, { cause: error })
  }
}

/** An option that is one of a few words. */
export function oneOf<T extends string>(name: string, value: string | undefined, allowed: readonly T[]): T | undefined {
  if (value === undefined) return undefined
  const found = allowed.find((word) => word === value)
  if (!found) throw new Failure('wrongUse', `--${name} is one of ${allowed.join(', ')}, not "${value}".`)
  return found
}
