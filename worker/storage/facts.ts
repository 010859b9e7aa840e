import type { FactSource, Primitive, Tags } from '../../sdk/wire/index.ts'
import { addressOf } from './facets.ts'

/**
 * Something that is known, and since when: the value (null: known to be nothing), the time of receipt in epoch ms and,
 * where that is the same, the item's `doc`. Of an e-mail address also the form by which it is found.
 */
export type Fact = readonly [value: Primitive | object | null, at: number, doc: number, found?: string]

/** Facts by name: `name`, `email`, `account`, `plan`, `revenue`, `trait.NAME`. */
export type Facts = Record<string, Fact>

/** When something was learned. */
export interface Learned {
  at: number
  doc: number
}

/** What the team says now comes after everything that was received up to now. */
export const saidByTeam = (now: number): Learned => ({ at: now, doc: Number.MAX_SAFE_INTEGER })

/** Traits that a person or an account keeps, those that are gone included: the latest. A page may make up any number. */
export const keptTraitsMax = 100
const otherFactsMax = 3

/** Makes facts of what is said; what is left out says nothing. */
export function factsOf(
  said: Record<string, Primitive | object | null | undefined>,
  traits: Record<string, Primitive | null> | undefined,
  { at, doc }: Learned,
): Facts {
  const facts: Facts = {}
  for (const [name, value] of Object.entries(said)) {
    if (value === undefined) continue
    const isAddress = name === 'email' && typeof value === 'string'
    facts[name] = isAddress ? [value, at, doc, addressOf(value)] : [value, at, doc]
  }
  for (const [name, value] of Object.entries(traits ?? {})) facts[`trait.${name}`] = [value, at, doc]
  return facts
}

/** What the facts say now. */
export function valuesOf(facts: Facts): { said: Record<string, Primitive | object>; traits: Tags } {
  const said: Record<string, Primitive | object> = {}
  const traits: [string, Primitive][] = []
  for (const [name, [value]] of Object.entries(facts)) {
    if (value === null) continue
    if (!name.startsWith('trait.')) said[name] = value
    else if (typeof value !== 'object') traits.push([name.slice('trait.'.length), value])
  }
  return { said, traits: Object.fromEntries(traits) }
}

/** Who said what stands now; `signed` where the record learns from proven items alone. */
export function sourcesOf(facts: Facts, isProven: boolean): Record<string, FactSource> {
  const said = Object.entries(facts).filter(([, [value]]) => value !== null)
  return Object.fromEntries(
    said.map(([name, [, at, doc]]): [string, FactSource] => {
      const by = doc === Number.MAX_SAFE_INTEGER ? 'team' : isProven ? 'signed' : 'page'
      return [name, { by, at: new Date(at).toISOString() }]
    }),
  )
}

/** What two lots of facts make together, as SQL: of each fact the latest stays, in whatever order they come. */
export const latest = (known: string, fresh: string): string => `(SELECT json_group_object(key, json(value)) FROM (
    SELECT key, value FROM (
      SELECT key, value, row_number() OVER (PARTITION BY key ORDER BY value ->> 1 DESC, value ->> 2 DESC) AS place
      FROM (SELECT key, value FROM json_each(${known}) UNION ALL SELECT key, value FROM json_each(${fresh})))
    WHERE place = 1 ORDER BY key GLOB 'trait.*', value ->> 1 DESC, value ->> 2 DESC
    LIMIT ${keptTraitsMax + otherFactsMax}))`

/** The end of an INSERT into a table with `facts`: the latest stay, and a row is written only where a value changes. */
export const learn = (table: 'person' | 'account'): string => `ON CONFLICT (project, id) DO UPDATE SET
  facts = ${latest(`${table}.facts`, 'excluded.facts')},
  created_at = min(created_at, excluded.created_at), updated_at = max(updated_at, excluded.updated_at)
  WHERE EXISTS (SELECT 1 FROM json_each(excluded.facts) AS fresh
    LEFT JOIN json_each(${table}.facts) AS known ON known.key = fresh.key
    WHERE known.key IS NULL OR (known.value -> 0 <> fresh.value -> 0
      AND (fresh.value ->> 1, fresh.value ->> 2) > (known.value ->> 1, known.value ->> 2)))`
