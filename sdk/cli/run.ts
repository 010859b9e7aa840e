import { readFileSync } from 'node:fs'
import { Failure, exitCodes } from './failure.ts'
import { runExport } from './export/command.ts'
import { runImport } from './import/command.ts'
import type { Terminal } from './terminal.ts'
import { exportHelp, help, importHelp } from './usage.ts'

/**
 * Runs one command.
 *
 * @param words what stands after `earshot`
 * @returns the exit code: see `exitCodes`
 */
export async function run(words: string[], terminal: Terminal): Promise<number> {
  const [command, ...rest] = words
  try {
    if (command === undefined || command === 'help' || command === '--help' || command === '-h') {
      terminal.stdout.write(helpOn(command === 'help' ? rest[0] : undefined))
      return command === undefined ? exitCodes.wrongUse : exitCodes.good
    }
    if (command === '--version' || command === '-V') {
      terminal.stdout.write(`${version()}\n`)
      return exitCodes.good
    }
    if (command === 'import') return await runImport(rest, terminal)
    if (command === 'export') return await runExport(rest, terminal)
    throw new Failure('wrongUse', `There is no command "${command}". "earshot --help" lists them.`)
  } catch (error) {
    if (!(error instanceof Failure)) throw error
    terminal.stderr.write(`earshot: ${error.message}\n`)
    return exitCodes[error.exit]
  }
}

function helpOn(command: string | undefined): string {
  return command === 'import' ? importHelp : command === 'export' ? exportHelp : help
}

/** The package's own, two folders up both in the source and in `dist/package`. */
function version(): string {
  const manifest: unknown = JSON.parse(readFileSync(new URL('../../package.json', import.meta.url), 'utf8'))
  return (manifest as { version: string }).version
}
