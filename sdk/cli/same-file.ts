import { statSync } from 'node:fs'
import { resolve } from 'node:path'

/** Whether two paths lead to one file, by links too: what is written to the one would be lost in the other. */
export function isSameFile(one: string, other: string): boolean {
  if (resolve(one) === resolve(other)) return true
  const [a, b] = [one, other].map((path) => statSync(path, { bigint: true, throwIfNoEntry: false }))
  return a !== undefined && b !== undefined && a.ino === b.ino && a.dev === b.dev
}
