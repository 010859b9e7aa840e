import { constants } from 'node:fs'
import { access, open, readFile, rename } from 'node:fs/promises'
import { dirname, resolve } from 'node:path'
import { Failure } from '../failure.ts'

/** Remembers how far a copy has come. */
export interface CursorFile {
  /** Undefined where there is no file yet. */
  cursor: string | undefined
  /** Whole or not at all: a crash leaves the old one. */
  write(cursor: string): Promise<void>
}

/** Reads the file now, so that one that cannot be used costs nothing. */
export async function openCursorFile(path: string): Promise<CursorFile> {
  const text = await readFile(path, 'utf8').catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return ''
    throw new Failure('wrongUse', `${path} cannot be read (${error.code}).`, { cause: error })
  })
  const cursor = text.trim()
  if (!/^\w*$/.test(cursor)) {
    throw new Failure('wrongUse', `${path} holds no cursor. Give another file, or delete it to begin anew.`)
  }
  const folder = dirname(resolve(path))
  await access(folder, constants.W_OK).catch((error: NodeJS.ErrnoException) => {
    throw new Failure('wrongUse', `${path} cannot be written in ${folder} (${error.code}).`, { cause: error })
  })
  return {
    cursor: cursor === '' ? undefined : cursor,
    async write(next) {
      const part = `${path}.part`
      const file = await open(part, 'w')
      await file.writeFile(`${next}\n`)
      await file.sync()
      await file.close()
      await rename(part, path)
    },
  }
}
