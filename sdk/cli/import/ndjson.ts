import { Failure } from '../failure.ts'
import { readText } from './source-file.ts'
import type { SourceFile } from './source-file.ts'

/** One line of an NDJSON file: an item as it stands, or the end mark of our own exports. */
export type JsonLine =
  | { line: number; text: string; value: Record<string, unknown> }
  | { line: number; text: string; reason: string }
  | { line: number; end: number }

/** Reads NDJSON line by line; an item's text is handed on untouched, so nothing of it can be lost. */
export async function* readNdjson(file: SourceFile): AsyncGenerator<JsonLine> {
  let rest = ''
  let line = 0
  for await (const piece of readText(file)) {
    const lines = (rest + piece).split('\n')
    rest = lines.pop() ?? ''
    for (const text of lines) {
      line++
      if (text.trim() !== '') yield readLine(text, line)
    }
  }
  if (rest.trim() !== '') yield readLine(rest, line + 1)
}

function readLine(raw: string, line: number): JsonLine {
  const text = raw.trim()
  let value: unknown
  try {
    value = JSON.parse(text)
  } catch (error) {
    return { line, text, reason: `is no JSON (${error instanceof Error ? error.message : String(error)})` }
  }
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    return { line, text, reason: 'is no object: an item is {…}' }
  }
  if ('end' in value && value.end === true && 'count' in value) return { line, end: Number(value.count) }
  return { line, text, value: value as Record<string, unknown> }
}

/** Holds what an export says it has against what is there. */
export function checkEnd(file: SourceFile, count: number, end: number | null): void {
  if (end === null || end === count) return
  throw new Failure(
    'wrongUse',
    `${file.path} says it holds ${end} items and holds ${count}: it was cut or edited. Export again; without its last line it is taken as it is.`,
  )
}
