import type { Widget } from 'earshot/widget'
import type { Primitive } from '../wire/index.ts'
import type { EarshotProps, Mounted } from './mounted.ts'

/** Says who speaks, from now on, whenever it is called with a person. One for each element. */
export function createSpeaker(): (mounted: Mounted, person: EarshotProps['person']) => void {
  let spoke = false
  return ({ speak }, person) => {
    // An element that never named anybody says nothing of who is there: another one may.
    if ((spoke ||= person !== undefined)) speak(person ?? null)
  }
}

/** Says tags and context for as long as they hold; gives what takes them back. */
export function describe(earshot: Widget, tags: EarshotProps['tags'], context: EarshotProps['context']): () => void {
  const values = Object.entries(tags ?? {}).filter((entry): entry is [string, Primitive] => entry[1] != null)
  const objects = Object.entries(context ?? {})
  const say = () => {
    earshot.tag(Object.fromEntries(values))
    for (const [name, value] of objects) earshot.context(name, value)
  }
  say()
  // Who forgets the person forgets these as well, and they still hold.
  const off = earshot.on('reset', say)
  return () => {
    off()
    for (const [name] of values) earshot.untag(name)
    for (const [name] of objects) earshot.context(name, null)
  }
}

let unreadable = 0

/** Two values with the same JSON are equal. One that has none, such as a cycle, equals nothing. */
export function textOf(value: unknown): string {
  try {
    return JSON.stringify(value) ?? ''
  } catch {
    return `${unreadable++}`
  }
}
