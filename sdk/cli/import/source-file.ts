import { createReadStream } from 'node:fs'
import { open, stat } from 'node:fs/promises'
import { Failure } from '../failure.ts'

/** A file that can be read: what it is, and how. */
export interface SourceFile {
  path: string
  bytes: number
  form: 'csv' | 'ndjson'
  encoding: string
}

const peekBytes = 65_536

/** Looks at a file before anything is read from it in earnest; what cannot be an import is refused with what to do. */
export async function inspect(path: string, encoding: string): Promise<SourceFile> {
  if (!isEncoding(encoding)) throw new Failure('wrongUse', `There is no encoding "${encoding}".`)
  const found = await stat(path).catch(() => null)
  if (!found) throw new Failure('wrongUse', `There is no file ${path}.`)
  if (found.isDirectory()) throw new Failure('wrongUse', `${path} is a folder. Give a CSV or NDJSON file.`)
  if (found.size === 0) throw new Failure('wrongUse', `${path} is empty.`)
  const head = await readHead(path)
  const start = head.subarray(0, 4).toString('latin1')
  if (start.startsWith('PK')) {
    throw new Failure('wrongUse', `${path} is a workbook or an archive, not CSV. Save the sheet as "CSV UTF-8" first.`)
  }
  if (encoding === 'utf-8' && (start.startsWith('\u00ff\u00fe') || start.startsWith('\u00fe\u00ff'))) {
    throw new Failure('wrongUse', `${path} is UTF-16. Give --encoding utf-16le, or save it as "CSV UTF-8".`)
  }
  if (!encoding.startsWith('utf-16') && head.includes(0)) {
    throw new Failure('wrongUse', `${path} is binary, not CSV: there is a zero byte at ${head.indexOf(0)}.`)
  }
  const text = new TextDecoder(encoding).decode(head)
  const first = text.trimStart()
  if (first === '') throw new Failure('wrongUse', `${path} holds nothing but blanks.`)
  if (first.startsWith('[')) {
    throw new Failure('wrongUse', `${path} is JSON. Export it again with --format ndjson, one item a line.`)
  }
  const form = first.startsWith('{') ? 'ndjson' : 'csv'
  return { path, bytes: found.size, form, encoding }
}

/**
 * The file's text in pieces, without its byte order mark.
 *
 * @throws Failure naming the line where the bytes are not what the encoding allows
 */
export async function* readText(file: SourceFile): AsyncGenerator<string> {
  const decoder = new TextDecoder(file.encoding, { fatal: true })
  let lines = 1
  const decode = (chunk: Uint8Array | undefined) => {
    try {
      return decoder.decode(chunk, { stream: chunk !== undefined })
    } catch (error) {
      const advice =
        file.encoding === 'utf-8'
          ? 'Save it as "CSV UTF-8", or give --encoding windows-1252'
          : 'Give another --encoding'
      const line = lines + (chunk ? linesBeforeFault(chunk, file.encoding) : 0)
      throw new Failure('wrongUse', `${file.path} is not ${file.encoding}: see line ${line}. ${advice}.`, {
        cause: error,
      })
    }
  }
  for await (const chunk of createReadStream(file.path)) {
    const text = decode(chunk as Buffer)
    yield text
    lines += countNewlines(text)
  }
  yield decode(undefined)
}

async function readHead(path: string): Promise<Buffer> {
  const handle = await open(path).catch((error: NodeJS.ErrnoException) => {
    throw new Failure('wrongUse', `${path} cannot be read (${error.code}).`, { cause: error })
  })
  try {
    const { buffer, bytesRead } = await handle.read(Buffer.alloc(peekBytes), 0, peekBytes, 0)
    return buffer.subarray(0, bytesRead)
  } finally {
    await handle.close()
  }
}

function isEncoding(name: string): boolean {
  try {
    return new TextDecoder(name).encoding !== ''
  } catch {
    // The constructor is the only way to ask.
    return false
  }
}

function linesBeforeFault(chunk: Uint8Array, encoding: string): number {
  const text = new TextDecoder(encoding).decode(chunk, { stream: true })
  return countNewlines(text.slice(0, text.indexOf('\ufffd') + 1))
}

function countNewlines(text: string): number {
  let count = 0
  for (let at = text.indexOf('\n'); at >= 0; at = text.indexOf('\n', at + 1)) count++
  return count
}
