import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type RawSystem, serveRaw } from '../bench/raw/serve.mjs'
import { endLeases, idsOf, rows } from './collector.ts'
import { type Following, following } from './following.ts'
import { holds, record } from './record.ts'

let raw: RawSystem
let consumers: Following
beforeAll(async () => {
  // It says in its log what was made to fail.
  raw = await serveRaw({ quiet: true })
  consumers = following(raw)
})
afterAll(() => raw.stop())

describe('a consumer', () => {
  it.each([
    ['before its work', false],
    ['after its work, before it knows of its mark', true],
  ])('that dies %s, at any call, is followed by one that does it once', async (_, isAfter) => {
    const acknowledged: string[] = []
    let runs = 0
    for (let status = 500; status === 500; runs++) {
      const run = `dies${String(isAfter)}${runs}`
      acknowledged.push(...(await consumers.saySomething(run)))
      ;({ status } = await consumers.schedule({ call: runs + 1, isAfter }))
      await consumers.isFollowed(run)
    }
    expect(runs).toBeGreaterThan(6)
    holds({ runs: runs - 1, acknowledged, rows: (await idsOf(raw)).filter((id) => acknowledged.includes(id)) })
  })
})

describe('an item that no consumer can digest', () => {
  const skips = async () =>
    Object.fromEntries(
      (
        await rows<{ name: string; change: number }>(
          raw,
          "SELECT name, change FROM consumer WHERE name LIKE '%:skipped'",
        )
      ).map(({ name, change }) => [name, change]),
    )

  it('because the database will not take it: is skipped, counted and logged, and all others are found', async () => {
    const [, id = ''] = await consumers.saySomething('pill')
    await raw.sql(`UPDATE item SET message = 'Number 1, a poison pill' WHERE id = '${id}'`)
    const pill = { call: 0, words: 'poison pill', error: 'D1_ERROR: string or blob too big: SQLITE_TOOBIG' }
    expect((await consumers.schedule(pill)).status).toBe(200)
    // By filters all are, and who erases its person finds it too; by its words it is not.
    expect((await consumers.list('tag.run=pill')).total.count).toBe(4)
    expect((await consumers.list('tag.run=pill&q=number')).total.count).toBe(3)
    expect(await skips()).toEqual({ 'search:skipped': 1 })
    const line =
      raw
        .log()
        .split('\n')
        .find((one) => one.includes('item skipped')) ?? ''
    expect(JSON.parse(line)).toMatchObject({ consumer: 'search', skipped: 1, error: expect.stringContaining('TOOBIG') })
    expect(line).not.toContain('poison pill')
    record({
      acknowledged: 4,
      stored: (await consumers.list('limit=200')).items.filter((item) => item.tags['run'] === 'pill').length,
    })
    // When what was wrong is mended, everything is read once more.
    await raw.sql("UPDATE consumer SET change = 0 WHERE name = 'search'")
    await consumers.isFollowed('pill')
  })

  it('because it cannot be read: holds up neither its own consumer nor the others, and is read once it is mended', async () => {
    const [, id = ''] = await consumers.saySomething('torn')
    const [before] = await rows<{ facets: string }>(raw, `SELECT facets FROM item WHERE id = '${id}'`)
    await raw.sql(`UPDATE item SET facets = '[["tag.run"' WHERE id = '${id}'`)
    expect((await consumers.schedule()).status).toBe(200)
    expect((await consumers.list('tag.run=torn')).total.count).toBe(3)
    expect(await skips()).toEqual({ 'search:skipped': 2, 'counts:skipped': 1 })
    const later = await consumers.saySomething('after')
    expect((await consumers.schedule()).status).toBe(200)
    expect((await consumers.list('tag.run=after')).total.count).toBe(later.length)
    expect(await (await raw.call('/v1/feedback/count?tag.run=after')).json()).toEqual({ count: 4, exact: true })
    await raw.sql(
      `UPDATE item SET facets = '${before?.facets.replaceAll("'", "''")}' WHERE id = '${id}'`,
      "UPDATE consumer SET change = 0 WHERE name IN ('search', 'counts')",
      'DELETE FROM rollup',
      'UPDATE item SET born = change',
    )
    await consumers.isFollowed('torn')
    await consumers.isFollowed('after')
    record({ acknowledged: 8, stored: (await idsOf(raw)).filter((one) => [id, ...later].includes(one)).length + 3 })
  })

  it('is not what the database is when it is out of reach: nothing is skipped then', async () => {
    const before = await skips()
    await consumers.saySomething('outage')
    for (const error of [
      'D1_ERROR: D1 DB is overloaded. Requests queued for too long.',
      'D1_ERROR: Network connection lost.',
    ])
      for (let n = 0; n < 3; n++) {
        expect((await consumers.schedule({ call: 0, words: 'INSERT', error })).status).toBe(500)
        await endLeases(raw)
      }
    expect(await skips()).toEqual(before)
    await consumers.isFollowed('outage')
  })
})
