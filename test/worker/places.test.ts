import { describe, expect, it } from 'vitest'
import { findItem, insertItem } from '../../worker/storage/items.ts'
import { restoreItems, type RestoredItem } from '../../worker/storage/restore.ts'
import { docsPerMs } from '../../worker/storage/selection.ts'
import { begin, itemOf } from '../support/counted.ts'
import { openDatabase } from '../support/sqlite.ts'

const millisecond = (doc: number): number => Math.floor(doc / docsPerMs)

/** Items of a backup that hold the first and the last place of each of some milliseconds. */
const holding = (from: number, count: number, createdAt?: number): RestoredItem[] =>
  Array.from({ length: count }, (_, n) => from + n).flatMap((at) =>
    [0, docsPerMs - 1].map((place) => ({ ...itemOf({ createdAt: createdAt ?? at }), doc: at * docsPerMs + place })),
  )

describe('places in time, which all projects share', () => {
  it('are those of before for what is restored', async () => {
    const { db } = openDatabase()
    const items = holding(begin - 5_000, 3)
    expect((await restoreItems(db, 'shop', items, begin)).size).toBe(6)
    for (const { id, doc } of items) expect((await findItem(db, 'shop', id))?.doc).toBe(doc)
  })

  it.each([
    ['a time to come', begin + 60_000, begin + 60_000],
    ['another time than its own', begin - 5_000, 1],
  ])('are not taken by what is restored for %s', async (_name, at, createdAt) => {
    const { db } = openDatabase()
    const items = holding(at, 20, createdAt)
    expect((await restoreItems(db, 'shop', items, begin)).size).toBe(40)
    const said = itemOf({ project: 'other', createdAt: at })
    expect(await insertItem(db, said)).toBe(true)
    expect(millisecond((await findItem(db, 'other', said.id))?.doc ?? 0)).toBe(at)
  })

  it('are found nearby for what somebody says while those of some seconds are held', async () => {
    const { db } = openDatabase()
    await restoreItems(db, 'shop', holding(begin - 3_000, 2_000), begin)
    const said = itemOf({ project: 'other', createdAt: begin - 2_900 })
    expect(await insertItem(db, said)).toBe(true)
    const at = millisecond((await findItem(db, 'other', said.id))?.doc ?? 0)
    expect(at - said.createdAt).toBeGreaterThan(1_000)
    expect(at - said.createdAt).toBeLessThan(60_000)
  })
})
