import { toJson } from '../context.ts'
import { scrub } from '../scrub.ts'
import { mask } from './mask.ts'
import { patch, safely } from './patch.ts'
import type { Note } from './index.ts'

/** The console's methods that can be recorded. */
export type ConsoleLevel = 'debug' | 'log' | 'info' | 'warn' | 'error'

/** Notes what is said in the console. Texts and errors as they are, everything else as bounded JSON. */
export function recordConsole(note: Note, levels: readonly ConsoleLevel[]): () => void {
  let busy = false
  const undo = levels.map((level) =>
    patch(globalThis.console, level, (proceed, args) => {
      // A getter that is read here may itself write to the console; what we say ourselves is no news.
      if (!busy && !(typeof args[0] === 'string' && args[0].startsWith('earshot:'))) {
        busy = true
        safely(() => note('console', mask(args.map(readArgument).join(' ')), { level }))
        busy = false
      }
      return proceed()
    }),
  )
  return () => undo.forEach((one) => one())
}

function readArgument(value: unknown): string {
  if (value instanceof Error) return `${value.name}: ${value.message}`
  return typeof value === 'string' ? value : toJson(scrub(value))
}
