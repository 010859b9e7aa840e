/** From where to where in a text, in UTF-16 code units. */
export type Span = readonly [from: number, to: number]

const blank = /[\s,:]*/y
const string = /"(?:[^"\\]|\\.)*"/y
const plain = /[^\s,\]}]+/y

/**
 * Where the value stands that a path names, such as `questions[1].next[0].go`; where it is missing, what it is missing
 * from. Null where the text does not follow.
 *
 * @example findPlace('{"a": [1, 22]}', 'a[1]') // [10, 12]
 */
export function findPlace(text: string, path: string): Span | null {
  const parts = path.match(/[^.[\]]+/g) ?? []
  return text.trim() === '' ? null : descend(text, skip(text, 0, blank), parts)
}

function skip(text: string, at: number, what: RegExp): number {
  what.lastIndex = at
  return what.test(text) ? what.lastIndex : at
}

function descend(text: string, from: number, parts: readonly string[]): Span | null {
  const [part, ...rest] = parts
  if (part !== undefined) {
    for (const [name, at] of entriesOf(text, from)) if (name === part) return descend(text, at, rest)
  }
  const to = endOf(text, from)
  return to > from ? [from, to] : null
}

/** The names of an object, or the numbers of an array, each with where its value begins. */
function* entriesOf(text: string, from: number): Generator<[name: string, at: number]> {
  const open = text[from]
  if (open !== '{' && open !== '[') return
  let at = skip(text, from + 1, blank)
  for (let index = 0; at < text.length && text[at] !== '}' && text[at] !== ']'; index++) {
    let name = String(index)
    if (open === '{') {
      const end = skip(text, at, string)
      if (end === at) return
      name = text.slice(at + 1, end - 1)
      at = skip(text, end, blank)
    }
    yield [name, at]
    const end = endOf(text, at)
    if (end === at) return
    at = skip(text, end, blank)
  }
}

/** Just behind the value that begins here. */
function endOf(text: string, from: number): number {
  const open = text[from]
  if (open === '"') return skip(text, from, string)
  if (open !== '{' && open !== '[') return skip(text, from, plain)
  let last = from + 1
  for (const [, at] of entriesOf(text, from)) last = endOf(text, at)
  const end = skip(text, last, blank)
  return text[end] === '}' || text[end] === ']' ? end + 1 : last
}
