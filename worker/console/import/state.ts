import { computed, signal } from '@preact/signals'
import type { KnownSource } from '../../../sdk/mapping/sources.ts'
import { flawOf } from '../../../sdk/mapping/targets.ts'
import { project } from '../collector/session.ts'
import { type Column, mappingOf, type Settings, suggestAll } from './matching.ts'
import { type Chosen, detect, type Reading, readTable, refusalOf, type Table } from './table.ts'

/** A file on its way in. It stays while somebody looks at another part of the console. */
export const chosen = signal<Chosen | null>(null)
export const reading = signal<Reading | null>(null)
export const table = signal<Table | null>(null)
export const columns = signal<readonly Column[]>([])
export const settings = signal<Settings | null>(null)
export const knownSource = signal<KnownSource | null>(null)
/** Why the file that was chosen cannot be used. */
export const refusal = signal<string | null>(null)

export const mapping = computed(() => {
  const [found, given] = [table.value, settings.value]
  return found && given ? mappingOf(found.headers, columns.value, given) : null
})
export const flaw = computed(() => (mapping.value ? flawOf(mapping.value.assignments) : null))

/** Each new file, and each other way to read it, ends what was begun with the one before. */
let turn = 0

export async function choose(file: File): Promise<void> {
  forget()
  const mine = ++turn
  try {
    const bytes = new Uint8Array(await file.arrayBuffer())
    if (mine !== turn) return
    const found: Chosen = { name: file.name, bytes }
    refusal.value = refusalOf(found)
    if (refusal.value !== null) return
    chosen.value = found
    await read(detect(found))
  } catch {
    // The browser cannot hold it, or it went away while it was read.
    refusal.value =
      'The file could not be read. If it is very large, import it from the command line: npx earshot import FILE.'
  }
}

/** Reads the file anew; what was matched by hand stays where the columns are the same. */
export async function read(how: Reading): Promise<void> {
  const file = chosen.peek()
  if (file === null) return
  const mine = ++turn
  reading.value = how
  const before = table.peek()
  table.value = null
  const found = await readTable(file, how, () => mine === turn)
  if (found === null || mine !== turn) return
  const isSame = before !== null && before.headers.join('\n') === found.headers.join('\n')
  if (!isSame) {
    const zone = project.peek()?.timeZone ?? 'UTC'
    const suggested = suggestAll(found, { fileName: file.name, zone })
    columns.value = suggested.columns
    settings.value = suggested.settings
    knownSource.value = suggested.known
  }
  table.value = found
}

export function setColumn(at: number, column: Column): void {
  columns.value = columns.value.with(at, column)
}

export function change(next: Partial<Settings>): void {
  if (settings.value) settings.value = { ...settings.value, ...next }
}

export function forget(): void {
  turn++
  chosen.value = null
  reading.value = null
  table.value = null
  settings.value = null
  columns.value = []
  knownSource.value = null
  refusal.value = null
}
