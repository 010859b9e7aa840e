import { expect } from 'vitest'
import { countNext, takeLease } from '../../worker/storage/consumers.ts'
import { insertItems, type NewItem } from '../../worker/storage/items.ts'
import { openDatabase, type TestDatabase } from './sqlite.ts'

/** When the items of these tests were said, unless told otherwise. */
export const begin = Date.parse('2026-11-01T00:00:00Z')
let made = 0

/** An item of a shop; `more` says what is different. */
export const itemOf = (more: Partial<NewItem> = {}): NewItem => ({
  project: 'shop',
  id: `0198c5a2-7d1e-7c3a-9b52-${String(made++).padStart(12, '0')}`,
  environment: 'production',
  kind: 'bug',
  status: 'new',
  labels: [],
  assignee: null,
  spam: false,
  mergedInto: null,
  createdAt: begin,
  receivedAt: begin,
  updatedAt: begin,
  message: 'Hello',
  tags: {},
  person: null,
  page: null,
  source: 'widget',
  ...more,
})

interface Cell {
  environment: string
  dimension: string
  value: string
  day: string
  count: number
}
const kindOf = (dimension: string) => /^(tag|trait)\./.exec(dimension)?.[0] ?? dimension

/** A database whose rollups can be held against its items. */
export interface Counted extends TestDatabase {
  /** Inserts items and counts them. */
  add(items: readonly NewItem[]): Promise<void>
  /** Lets the consumer catch up. */
  count(): Promise<void>
  rollups(): Cell[]
  namesOf(kind: string): string[]
  valuesOf(dimension: string): Set<string>
  /** Fails where the rollups break the rule of `cells.ts`; answers with how many cells are beyond the limits. */
  agrees(): number
}

export function openCounted(): Counted {
  const opened = openDatabase()

  async function add(items: readonly NewItem[]): Promise<void> {
    for (let i = 0; i < items.length; i += 500) await insertItems(opened.db, items.slice(i, i + 500))
    await count()
  }

  /** Lets the consumer catch up, in batches of 500. */
  async function count(): Promise<void> {
    for (;;) {
      const lease = await takeLease(opened.db, 'counts', { holder: 'me', now: 1, untilMs: 1, backlog: 1 })
      if (lease === null) return
      await countNext(opened.db, lease, 500)
      opened.sqlite.exec('UPDATE consumer SET lease = NULL, lease_until = 0')
    }
  }

  const rollups = () => opened.sqlite.prepare('SELECT * FROM rollup').all() as unknown as Cell[]
  const namesOf = (kind: string) =>
    (opened.sqlite.prepare("SELECT name FROM name WHERE name LIKE ? || '%'").all(kind) as { name: string }[]).map(
      ({ name }) => name,
    )
  const valuesOf = (dimension: string) =>
    new Set(rollups().flatMap((cell) => (cell.dimension === dimension && cell.value !== '' ? [cell.value] : [])))

  /** What stands in the items, cell by cell, without anything of the rollups. */
  function actual(): Map<string, number> {
    const rows = opened.sqlite.prepare('SELECT environment, created_at, facets FROM item').all() as {
      environment: string
      created_at: number
      facets: string
    }[]
    const counts = new Map<string, number>()
    for (const { environment, created_at: at, facets } of rows) {
      for (const [name, value] of JSON.parse(facets) as [string, string][]) {
        if (name === 'person') continue
        const key = JSON.stringify([environment, name, new Date(at).toISOString().slice(0, 10), value])
        counts.set(key, (counts.get(key) ?? 0) + 1)
      }
    }
    return counts
  }

  /** The rule of `cells.ts`, held against every item. Answers with how many cells were beyond. */
  function agrees(): number {
    const cells = new Map(
      rollups().map((cell) => [JSON.stringify([cell.environment, cell.dimension, cell.day, cell.value]), cell.count]),
    )
    const at = (...key: string[]) => cells.get(JSON.stringify(key)) ?? 0
    const left = new Map<string, number>()
    let beyond = 0
    const known = actual()
    for (const [key, count] of known) {
      const [environment = '', dimension = '', date = '', value = ''] = JSON.parse(key) as string[]
      const own = at(environment, dimension, date, value)
      const others =
        at(environment, dimension, date, '') +
        (kindOf(dimension) === dimension ? 0 : at(environment, kindOf(dimension), date, ''))
      if (own > count || own + others < count) throw new Error(`${key}: ${own} to ${own + others}, not ${count}`)
      if (own < count) beyond++
      const sum = JSON.stringify([environment, kindOf(dimension), date])
      left.set(sum, (left.get(sum) ?? 0) + count)
    }
    for (const { environment, dimension, day: date, value, count } of rollups()) {
      if (value !== '' && !known.has(JSON.stringify([environment, dimension, date, value])))
        throw new Error(`${dimension}=${value} is gone`)
      const sum = JSON.stringify([environment, kindOf(dimension), date])
      left.set(sum, (left.get(sum) ?? 0) - count)
      if (count <= 0) throw new Error(`${dimension}=${value} is ${count}`)
    }
    expect([...left.values()].filter((rest) => rest !== 0)).toEqual([])
    return beyond
  }

  return Object.assign(opened, { add, count, rollups, namesOf, valuesOf, agrees })
}
