import { spawn } from 'node:child_process'
import type { ChildProcess } from 'node:child_process'

/** A program that was started for a test. */
export interface Program {
  child: ChildProcess
  /** Ends it with all that it started, and waits until it is gone. */
  stop(): Promise<void>
}

/** Starts a program in a group of its own, which also ends with this process. */
export function startProgram(file: string, args: string[], env: Record<string, string> = {}): Program {
  const child = spawn(file, args, {
    env: { ...process.env, ...env },
    stdio: ['ignore', 'ignore', 'ignore', 'pipe'],
    detached: true,
  })
  const end = () => {
    try {
      process.kill(-(child.pid as number), 'SIGKILL')
    } catch {
      // It has ended already, with its group.
    }
  }
  const gone = new Promise<void>((resolve) => child.once('close', () => resolve()).once('error', () => resolve()))
  process.once('exit', end)
  return {
    child,
    stop() {
      process.off('exit', end)
      end()
      return gone
    },
  }
}
