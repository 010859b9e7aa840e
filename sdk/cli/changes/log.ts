import { constants } from 'node:fs'
import { open } from 'node:fs/promises'
import type { FileHandle } from 'node:fs/promises'
import { Failure } from '../failure.ts'

/** Where changes are written down. */
export interface Log {
  /** Resolves when it is out of our hands: on the disk, or with whoever reads the pipe. */
  write(text: string): Promise<void>
  close(): Promise<void>
}

export function toPipe(stream: NodeJS.WritableStream): Log {
  return {
    close: async () => {},
    write: (text) =>
      new Promise((resolve, reject) => {
        stream.write(text, (error) => {
          if (!error) resolve()
          else reject(new Failure('incomplete', `The changes cannot be written: ${error.message}.`, { cause: error }))
        })
      }),
  }
}

/** Adds at the end of a file. A line that was cut when an earlier run broke off is taken away; it comes again. */
export async function addTo(path: string): Promise<Log> {
  const file = await open(path, constants.O_RDWR | constants.O_CREAT).catch((error: NodeJS.ErrnoException) => {
    throw new Failure('wrongUse', `${path} cannot be written (${error.code}).`, { cause: error })
  })
  // A pipe or a device of that name has no end to go on from.
  const isFile = (await file.stat()).isFile()
  let end = isFile ? await endOfLines(file) : 0
  if (isFile) await file.truncate(end)
  return {
    async write(text) {
      try {
        const bytes = Buffer.from(text)
        // A disk may take less at once.
        for (let taken = 0; taken < bytes.length;) {
          const { bytesWritten } = await file.write(bytes, taken, null, isFile ? end : null)
          taken += bytesWritten
          end += bytesWritten
        }
        if (isFile) await file.sync()
      } catch (error) {
        const reason = error instanceof Error ? error.message : String(error)
        throw new Failure('incomplete', `The changes cannot be written: ${reason}.`, { cause: error })
      }
    },
    close: () => file.close(),
  }
}

const newline = 10
const stepBytes = 65_536

/** Behind the last line that is whole. */
async function endOfLines(file: FileHandle): Promise<number> {
  const buffer = Buffer.alloc(stepBytes)
  let { size: end } = await file.stat()
  while (end > 0) {
    const start = Math.max(0, end - stepBytes)
    await file.read(buffer, 0, end - start, start)
    const at = buffer.subarray(0, end - start).lastIndexOf(newline)
    if (at >= 0) return start + at + 1
    end = start
  }
  return 0
}
