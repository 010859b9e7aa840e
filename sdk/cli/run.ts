import type { Command } from './command.ts'
import { Failure, exitCodes } from './failure.ts'
import { backupCommand } from './backup/command.ts'
import { changesCommand } from './changes/command.ts'
import { doctorCommand } from './doctor/command.ts'
import { eraseCommand } from './erase/command.ts'
import { exportCommand } from './export/command.ts'
import { importCommand } from './import/command.ts'
import { inviteCommand } from './invite/command.ts'
import { keysCommand } from './keys/command.ts'
import { membersCommand } from './members/command.ts'
import { restoreCommand } from './restore/command.ts'
import { signInCommand } from './signin/command.ts'
import { say, type Terminal } from './terminal.ts'
import { help } from './usage.ts'
import { version } from './version.ts'

const commands = new Map<string, Command>([
  ['import', importCommand],
  ['export', exportCommand],
  ['changes', changesCommand],
  ['backup', backupCommand],
  ['restore', restoreCommand],
  ['keys', keysCommand],
  ['members', membersCommand],
  ['invite', inviteCommand],
  ['erase', eraseCommand],
  ['doctor', doctorCommand],
  ['signin', signInCommand],
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
    say(terminal, `earshot: ${error.message}`)
    return exitCodes[error.exit]
  }
}

function commandOf(name: string): Command {
  const command = commands.get(name)
  if (command) return command
  throw new Failure('wrongUse', `There is no command "${name}". "earshot --help" lists them.`)
}
