import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { PassThrough, Readable, Writable } from 'node:stream'
import { run } from '../../sdk/cli/run.ts'

export const key = `sec_${'a'.repeat(40)}`

/** What a command said and how it ended. */
export interface Outcome {
  code: number
  stdout: string
  stderr: string
}

/** Runs the CLI as a shell would, in this process, its ends in pipes. */
export function cli(words: string[], env: Record<string, string> = { EARSHOT_KEY: key }): Promise<Outcome> {
  return runIn(words, env, Readable.from([]), false)
}

/** The same on a terminal, where somebody types `typed`; null where the terminal is closed instead. */
export function onTerminal(words: string[], env: Record<string, string>, typed: string | null = ''): Promise<Outcome> {
  const stdin = new PassThrough()
  if (typed === null) stdin.end()
  else stdin.write(typed)
  return runIn(words, env, stdin, true)
}

async function runIn(words: string[], env: Record<string, string>, stdin: Readable, isTTY: boolean): Promise<Outcome> {
  const stdout = sink()
  const stderr = sink()
  const ends = { stdin: Object.assign(stdin, { isTTY }), stdout: Object.assign(stdout, { isTTY }) }
  const code = await run(words, { ...ends, stderr: Object.assign(stderr, { isTTY, columns: 80 }), env })
  return { code, stdout: stdout.text(), stderr: stderr.text() }
}

function sink(): Writable & { text(): string } {
  const chunks: Buffer[] = []
  const stream = new Writable({
    write(chunk: Buffer | string, _encoding, done) {
      chunks.push(Buffer.from(chunk))
      done()
    },
  })
  return Object.assign(stream, { text: () => Buffer.concat(chunks).toString() })
}

/** A folder for a test's files. */
export async function scratch() {
  const folder = await mkdtemp(join(tmpdir(), 'earshot-cli-'))
  return {
    folder,
    path: (name: string) => join(folder, name),
    async file(name: string, content: string | Uint8Array): Promise<string> {
      const path = join(folder, name)
      await writeFile(path, content)
      return path
    },
    remove: () => rm(folder, { recursive: true }),
  }
}
