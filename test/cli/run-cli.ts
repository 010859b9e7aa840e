import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Readable, Writable } from 'node:stream'
import { run } from '../../sdk/cli/run.ts'

export const key = `sec_${'a'.repeat(40)}`

/** What a command said and how it ended. */
export interface Outcome {
  code: number
  stdout: string
  stderr: string
}

/** Runs the CLI as a shell would, in this process. */
export async function cli(words: string[], env: Record<string, string> = { EARSHOT_KEY: key }): Promise<Outcome> {
  const stdout = sink()
  const stderr = sink()
  const code = await run(words, { stdin: Readable.from([]), stdout, stderr, env })
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
