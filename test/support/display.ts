import type { Readable } from 'node:stream'
import { startProgram } from './program.ts'

const startsWithinMs = 10_000

/** A virtual display for a browser that draws nowhere else, on a number that is free. */
export interface Display {
  /** Such as `:99`. */
  name: string
  stop(): Promise<void>
}

/** Starts Xvfb, which picks the number itself and says which. */
export async function startDisplay(xvfb: string): Promise<Display> {
  const args = ['-displayfd', '3', '-screen', '0', '1280x900x24', '-nolisten', 'tcp']
  const program = startProgram(xvfb, args)
  const number = await new Promise<string | undefined>((resolve) => {
    const said = program.child.stdio[3] as Readable
    said.once('data', (chunk: Buffer) => resolve(chunk.toString().trim()))
    program.child.once('close', () => resolve(undefined))
    program.child.once('error', () => resolve(undefined))
    AbortSignal.timeout(startsWithinMs).addEventListener('abort', () => resolve(undefined))
  })
  if (!number) {
    await program.stop()
    throw new Error(`${xvfb} gave no display.`)
  }
  return { name: `:${number}`, stop: () => program.stop() }
}
