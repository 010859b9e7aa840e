import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type RawSystem, serveRaw } from '../bench/raw/serve.mjs'
import { newId } from '../support/system.ts'

const dayMs = 86_400_000
let raw: RawSystem
beforeAll(async () => {
  raw = await serveRaw({ quiet: true })
})
afterAll(() => raw.stop())

type Caller = Pick<RawSystem, 'project' | 'secretKey'>
const call = ({ secretKey }: Caller, path: string, init: RequestInit = {}) =>
  fetch(`${raw.origin}${path}`, {
    ...init,
    headers: { authorization: `Bearer ${secretKey}`, ...(init.headers as Record<string, string> | undefined) },
  })
const read = async <T>(of: Caller, path: string) => {
  const response = await call(of, path)
  expect(response.status).toBe(200)
  return (await response.json()) as T
}
const set = async (of: Caller, retention: object | null) =>
  call(of, `/v1/projects/${of.project}`, {
    method: 'PATCH',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ retention }),
  })
const countOf = async (of: Caller, query = '') =>
  (await read<{ count: number }>(of, `/v1/feedback/count?spam=with&${query}`)).count
const ago = (days: number) => new Date(Date.now() - days * dayMs).toISOString()
const importLines = async (of: Caller, lines: readonly object[]) => {
  const body = lines.map((line) => JSON.stringify({ id: newId(), message: 'Said', ...line })).join('\n')
  expect(await (await call(of, '/v1/import', { method: 'POST', body })).text()).not.toContain('refused')
}
/** Runs the schedule until nothing is left to do, as of now or another time. */
const keep = async (now = Date.now()) => {
  for (let runs = 0; runs < 50; runs++) {
    await raw.schedule(now)
    const waiting = await raw.rowsOf(`SELECT 1 FROM project LEFT JOIN retention ON retention.project = project.id
      WHERE project.settings ->> '$.retention.days' IS NOT NULL AND coalesce(retention.rest_until, 0) <= ${now}`)
    if (waiting.length === 0) return
  }
  throw new Error('The retention does not come to its end.')
}
const old = (word: string, days: number) => ({
  message: `${word} said`,
  createdAt: ago(days),
  person: { id: `u_${word}`, verified: true },
  tags: { note: `${word} tag` },
})

describe('a retention', () => {
  it('goes on where it was cut off, at whichever call, and takes a bounded part at a time', async () => {
    const of = await raw.another('Cut off')
    await importLines(
      of,
      Array.from({ length: 450 }, (_, n) => ({ createdAt: ago(60), tags: { n } })),
    )
    await importLines(
      of,
      Array.from({ length: 450 }, () => ({ createdAt: ago(61) })),
    )
    await importLines(
      of,
      Array.from({ length: 300 }, (_, n) => ({ createdAt: ago(62 + (n % 3)) })),
    )
    await importLines(of, [old('kept', 1)])
    await raw.schedule()
    await set(of, { days: 30, keep: 'nothing' })
    await raw.schedule()
    expect(await countOf(of)).toBe(201)
    await keep()
    expect(await countOf(of)).toBe(1)
    for (let n = 1, status = 500; status === 500; n++) {
      await importLines(of, [old('cormorant', 50), { message: 'cormorant', createdAt: ago(51), kind: 'bug' }])
      await set(of, { days: 30 + n, keep: n % 2 === 0 ? 'scores' : 'nothing' })
      const headers = { 'bench-interrupt': JSON.stringify({ call: n }) }
      ;({ status } = await fetch(`${raw.origin}/bench/schedule`, { headers }))
      await Promise.all([keep(), keep()])
      expect([n, await countOf(of, 'q=cormorant')]).toEqual([n, 0])
      expect([n, await countOf(of)]).toEqual([n, n % 2 === 0 ? 3 : 1])
    }
    expect(await raw.rowsOf('SELECT * FROM rollup WHERE count < 0')).toEqual([])
  })
})
