import { open, rename, rm, stat } from 'node:fs/promises'
import { dirname } from 'node:path'
import { Failure } from '../failure.ts'

/** Where an export goes. */
export interface Destination {
  write(chunk: Uint8Array): Promise<void>
  /** Where what was written can be read; null for a pipe. */
  readonly path: string | null
  /** How much was written, in bytes. */
  readonly bytes: number
  /** Takes back what was written after so many bytes; false where that cannot be done. */
  rewind(bytes: number): Promise<boolean>
  /** Waits until the disk has it. */
  flush(): Promise<void>
  /** Everything arrived: the file gets its name. */
  keep(): Promise<void>
  /** Something is missing. @returns where what arrived lies, or null */
  giveUp(): Promise<string | null>
}

/** The name of a file until it is whole. */
export const partOf = (path: string): string => `${path}.part`

/**
 * A file that has its name only once it is whole; a file of that name that was there before stays until then.
 *
 * @param resumeAt where an earlier run is gone on from, in bytes
 */
export async function openFile(path: string, resumeAt: number | null = null): Promise<Destination> {
  const found = await stat(path).catch(() => null)
  if (found?.isDirectory()) throw new Failure('wrongUse', `${path} is a folder. Give a file: -o ${path}/feedback.csv`)
  const part = partOf(path)
  const file = await open(part, resumeAt === null ? 'w' : 'r+').catch((error: NodeJS.ErrnoException) => {
    throw new Failure('wrongUse', `${part} cannot be written in ${dirname(path)} (${error.code}).`, { cause: error })
  })
  let end = resumeAt ?? 0
  if (resumeAt !== null) await file.truncate(resumeAt)
  return {
    path: part,
    get bytes() {
      return end
    },
    async write(chunk) {
      // A disk may take less at once.
      for (let taken = 0; taken < chunk.length;) {
        const { bytesWritten } = await file.write(chunk, taken, null, end).catch((error: Error) => {
          throw unwritable(error)
        })
        taken += bytesWritten
        end += bytesWritten
      }
    },
    async rewind(bytes) {
      await file.truncate(bytes)
      end = bytes
      return true
    },
    flush: () => file.sync(),
    async keep() {
      await file.sync()
      await file.close()
      await rename(part, path)
    },
    async giveUp() {
      await file.close()
      if (end > 0) return part
      await rm(part)
      return null
    },
  }
}

/** A pipe: what is out is out. */
export function toStream(stream: NodeJS.WritableStream): Destination {
  let bytes = 0
  return {
    path: null,
    get bytes() {
      return bytes
    },
    write: (chunk) =>
      new Promise((resolve, reject) => {
        bytes += chunk.length
        stream.write(chunk, (error) => (error ? reject(unwritable(error)) : resolve()))
      }),
    rewind: async (to) => to === bytes,
    flush: async () => {},
    keep: async () => {},
    giveUp: async () => null,
  }
}

const unwritable = (error: Error) =>
  new Failure('incomplete', `The export cannot be written: ${error.message}.`, { cause: error })
