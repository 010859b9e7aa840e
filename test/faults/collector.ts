import { expect } from 'vitest'
import type { Feedback, Receipt, Submission } from '../../sdk/wire/index.ts'
import type { RawSystem } from '../bench/raw/serve.mjs'

/** What may be asked of the raw collector at its n-th call to the database; see `test/bench/raw/worker.ts`. */
export interface Interruption {
  call: number
  words?: string
  waitMs?: number
  isAfter?: boolean
  isCrash?: boolean
  error?: string
}

export const interruptedBy = (interruption: Interruption) => ({ 'bench-interrupt': JSON.stringify(interruption) })

/** Sends as a page does. */
export const submit = (
  raw: RawSystem,
  body: Partial<Submission>,
  headers: Record<string, string> = {},
  key = raw.publishableKey,
) => fetch(`${raw.origin}/v1/feedback?key=${key}`, { method: 'POST', body: JSON.stringify(body), headers })

export const receiptOf = async (response: Response) => (await response.json()) as Receipt

/** The item as the collector has it. */
export async function find(raw: RawSystem, id: string): Promise<Feedback | null> {
  const response = await raw.call(`/v1/feedback/${id}`)
  return response.ok ? ((await response.json()) as Feedback) : null
}

/** Asks a private route with JSON. */
export const ask = (
  raw: RawSystem,
  method: string,
  path: string,
  body?: object,
  headers: Record<string, string> = {},
): Promise<Response> =>
  raw.call(path, {
    method,
    body: body === undefined ? null : JSON.stringify(body),
    headers: { 'content-type': 'application/json', ...headers },
  })

/** The rows of one statement. */
export async function rows<Row>(raw: RawSystem, sql: string): Promise<Row[]> {
  const [answer] = (await raw.sql(sql)) as { results: Row[] }[]
  return answer?.results ?? []
}

/** The ids of all items, each as often as it stands there. */
export const idsOf = async (raw: RawSystem) =>
  (await rows<{ id: string }>(raw, 'SELECT id FROM item')).map(({ id }) => id)

const counted = `SELECT project, environment, pair.value ->> 0 AS dimension, pair.value ->> 1 AS value,
    date(created_at / 1000, 'unixepoch') AS day, count(*) AS count
  FROM item, json_each(item.facets) AS pair WHERE pair.value ->> 0 <> 'person' GROUP BY 1, 2, 3, 4, 5`
const rollups = 'SELECT project, environment, dimension, value, day, count FROM rollup WHERE count > 0'

/** What must be empty: how what is derived differs from the items. */
const differences = {
  'counted too often, or what is gone': `${rollups} EXCEPT ${counted}`,
  'not counted': `${counted} EXCEPT ${rollups}`,
  'found by no filter': 'SELECT id FROM item WHERE doc NOT IN (SELECT rowid FROM facet)',
  'filtered, and gone': 'SELECT rowid FROM facet WHERE rowid NOT IN (SELECT doc FROM item)',
  'found by no word': 'SELECT id FROM item WHERE doc NOT IN (SELECT rowid FROM words)',
  'searched, and gone': 'SELECT rowid FROM words WHERE rowid NOT IN (SELECT doc FROM item)',
  'scored, and gone': 'SELECT doc FROM answer WHERE doc NOT IN (SELECT doc FROM item)',
  'erased, and there': 'SELECT id FROM item JOIN tombstone USING (project, id)',
}

/** As if half a minute had passed: whoever died with a lease has it no more. */
export const endLeases = (raw: RawSystem) => raw.sql('UPDATE consumer SET lease = NULL, lease_until = 0')

/** Lets the consumers catch up, whoever held their leases, and looks whether all that is derived is what the items say. */
export async function agrees(raw: RawSystem): Promise<void> {
  const behind = `SELECT name FROM consumer WHERE name IN ('search', 'counts', 'people')
    AND change < max((SELECT coalesce(max(change), 0) FROM item), (SELECT coalesce(max(change), 0) FROM tombstone))`
  // A poke that has a lease just now is left alone by the schedule, which goes on with the next tick.
  await expect
    .poll(async () => {
      await endLeases(raw)
      await raw.schedule()
      return rows(raw, behind)
    })
    .toEqual([])
  for (const [what, sql] of Object.entries(differences)) expect([what, await rows(raw, sql)]).toEqual([what, []])
}
