import { Failure, exitCodes } from './failure.ts'
import { runBackup } from './backup/command.ts'
import { runChanges } from './changes/command.ts'
import { runDoctor } from './doctor/command.ts'
import { runErase } from './erase/command.ts'
import { runExport } from './export/command.ts'
import { runImport } from './import/command.ts'
import { runKeys } from './keys/command.ts'
import { runRestore } from './restore/command.ts'
import { runSignIn } from './signin/command.ts'
import type { Terminal } from './terminal.ts'
import {
  backupHelp,
  changesHelp,
  doctorHelp,
  eraseHelp,
  exportHelp,
  help,
  importHelp,
  keysHelp,
  restoreHelp,
  signInHelp,
} from './usage.ts'
import { version } from './version.ts'

const commands = new Map([
  ['import', { run: runImport, help: importHelp }],
  ['export', { run: runExport, help: exportHelp }],
  ['changes', { run: runChanges, help: changesHelp }],
  ['backup', { run: runBackup, help: backupHelp }],
  ['restore', { run: runRestore, help: restoreHelp }],
  ['keys', { run: runKeys, help: keysHelp }],
  ['erase', { run: runErase, help: eraseHelp }],
  ['doctor', { run: runDoctor, help: doctorHelp }],
  ['signin', { run: runSignIn, help: signInHelp }],
])

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
      const [subject] = command === 'help' ? rest : []
      terminal.stdout.write(subject === undefined ? help : commandOf(subject).help)
      return command === undefined ? exitCodes.wrongUse : exitCodes.good
    }
    if (command === '--version' || command === '-V') {
      terminal.stdout.write(`${version()}\n`)
      return exitCodes.good
    }
    return await commandOf(command).run(rest, terminal)
  } catch (error) {
    if (!(error instanceof Failure)) throw error
    terminal.stderr.write(`earshot: ${error.message}\n`)
    return exitCodes[error.exit]
  }
}

function commandOf(name: string) {
  const command = commands.get(name)
  if (command) return command
  throw new Failure('wrongUse', `There is no command "${name}". "earshot --help" lists them.`)
}
