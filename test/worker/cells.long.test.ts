import { describe, expect, it } from 'vitest'
import { namesMax, valuesMax } from '../../worker/storage/cells.ts'
import { deleteItems } from '../../worker/storage/delete.ts'
import { insertItems } from '../../worker/storage/items.ts'
import { reduceItems } from '../../worker/storage/reduce.ts'
import { findWhole, listWhole, reviseItem } from '../../worker/storage/revise.ts'
import type { ItemBody } from '../../worker/storage/row.ts'
import { random } from '../bench/sample.mjs'
import { begin, itemOf, openCounted } from '../support/counted.ts'

const day = 86_400_000

describe('whatever is said, changed and deleted in whatever order', () => {
  it.each([3, 4, 5, 6])(
    'the rollups are what the items say, as far as they say it (%i)',
    async (seed) => {
      const counted = openCounted()
      const next = random(seed)
      const below = (n: number) => Math.floor(next() * n)
      const bodyOf = (): Pick<ItemBody, 'tags' | 'person'> => ({
        tags: Object.fromEntries(
          Array.from({ length: below(14) }, () => [
            `n${below(next() < 0.5 ? 4 : 700)}`,
            `v${below(next() < 0.5 ? 3 : 4_000)}`,
          ]),
        ),
        person:
          next() < 0.5
            ? null
            : { verified: false, traits: { [`t${below(700)}`]: `v${below(3)}`, role: `r${below(2_000)}` } },
      })
      const alive: string[] = []
      let beyond = 0
      for (let round = 0; round < 12; round++) {
        const items = Array.from({ length: 350 }, () => {
          const at = begin + below(3) * day
          return itemOf({
            ...bodyOf(),
            createdAt: at,
            receivedAt: at,
            environment: next() < 0.8 ? 'production' : 'staging',
          })
        })
        await insertItems(counted.db, items)
        alive.push(...items.map(({ id }) => id))
        const some = (n: number) =>
          Array.from({ length: Math.min(n, alive.length) }, () => alive.splice(below(alive.length), 1)[0] ?? '')
        // Some go, and change, before they are counted.
        await deleteItems(counted.db, 'shop', some(20), begin)
        await counted.count()
        await deleteItems(counted.db, 'shop', some(below(400)), begin)
        for (let i = 0; i < 10; i++) {
          const row = await findWhole(counted.db, 'shop', alive[below(alive.length)] ?? '')
          if (row !== null)
            expect(
              await reviseItem(
                counted.db,
                row,
                { body: { ...(JSON.parse(row.body) as ItemBody), ...bodyOf() }, message: 'New' },
                begin,
              ),
            ).toBe(true)
        }
        const reduced = await listWhole(counted.db, 'shop', alive.slice(0, 10))
        await reduceItems(counted.db, reduced, begin, () => [])
        beyond += counted.agrees()
      }
      expect(beyond).toBeGreaterThan(1_000)
      for (const dimension of new Set(counted.rollups().map((cell) => cell.dimension)))
        expect(counted.valuesOf(dimension).size).toBeLessThanOrEqual(valuesMax)
      expect(counted.namesOf('tag.').length).toBeLessThanOrEqual(namesMax.most)
      await deleteItems(counted.db, 'shop', alive, begin)
      await counted.count()
      expect(counted.rollups()).toEqual([])
    },
    180_000,
  )
})
