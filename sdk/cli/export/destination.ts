import { createWriteStream } from 'node:fs'
import { rename, rm, stat } from 'node:fs/promises'
import { dirname } from 'node:path'
import { once } from 'node:events'
import { Failure } from '../failure.ts'

/** Where an export goes. */
export interface Destination {
  write(chunk: Uint8Array): Promise<void>
  /** Everything arrived: the file gets its name. */
  keep(): Promise<void>
  /** Something is missing. @returns where what arrived lies, or null */
  giveUp(): Promise<string | null>
}

/** A file that has its name only once it is whole; a file of that name that was there before stays until then. */
export async function openFile(path: string): Promise<Destination> {
  const found = await stat(path).catch(() => null)
  if (found?.isDirectory()) throw new Failure('wrongUse', `${path} is a folder. Give a file: -o ${path}/feedback.csv`)
  const part = `${path}.part`
  const stream = createWriteStream(part, { flush: true })
  await once(stream, 'open').catch((error: NodeJS.ErrnoException) => {
    throw new Failure('wrongUse', `${part} cannot be written in ${dirname(path)} (${error.code}).`, { cause: error })
  })
  const close = async () => {
    stream.end()
    await once(stream, 'close')
  }
  return {
    write: (chunk) => writeTo(stream, chunk),
    async keep() {
      await close()
      await rename(part, path)
    },
    async giveUp() {
      await close()
      if (stream.bytesWritten > 0) return part
      await rm(part)
      return null
    },
  }
}

export function toStream(stream: NodeJS.WritableStream): Destination {
  return { write: (chunk) => writeTo(stream, chunk), keep: async () => {}, giveUp: async () => null }
}

function writeTo(stream: NodeJS.WritableStream, chunk: Uint8Array): Promise<void> {
  return new Promise((resolve, reject) => {
    stream.write(chunk, (error) => {
      if (!error) resolve()
      else reject(new Failure('incomplete', `The export cannot be written: ${error.message}.`, { cause: error }))
    })
  })
}
