import type { Crumb, Json } from '../../../sdk/wire/index.ts'

/** As much of a crumb as one line says; the rest is folded away. */
const lineMaxChars = 140

const kinds: ReadonlyMap<string, string> = new Map([
  ['click', 'Click'],
  ['navigation', 'Page'],
  ['request', 'Request'],
  ['console', 'Console'],
  ['error', 'Error'],
  ['manual', 'Note'],
])

/** What a crumb is, in a word. */
export function crumbKind({ type = 'manual' }: Crumb): string {
  return kinds.get(type) ?? type
}

/** Whether something went wrong: an error, or an answer that says so. */
export function isTrouble({ type, data }: Crumb): boolean {
  const status = data?.['status']
  return type === 'error' || (typeof status === 'number' && (status >= 400 || status === 0))
}

/** The first line, cut where it is long; the whole text where nothing had to go. */
export function firstLine(message: string): string {
  const [line = ''] = message.split(/\r?\n/, 1)
  if (line.length <= lineMaxChars) return line === message ? message : `${line} …`
  const cut = line.slice(0, lineMaxChars)
  // No half of a pair of surrogates at the end.
  return `${cut.isWellFormed() ? cut : cut.slice(0, -1)}…`
}

/** What came with a crumb, a name and a value a line. */
export function dataInWords(data: { [key: string]: Json }): [name: string, value: string][] {
  return Object.entries(data).map(([name, value]) => [name, typeof value === 'string' ? value : JSON.stringify(value)])
}
