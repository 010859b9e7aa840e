import { beforeEach, describe, expect, it } from 'vitest'
import { namesMax, valuesMax } from '../../worker/storage/cells.ts'
import { deleteItems } from '../../worker/storage/delete.ts'
import type { NewItem } from '../../worker/storage/items.ts'
import { countOthers } from '../../worker/storage/others.ts'
import { begin, type Counted, itemOf, openCounted } from '../support/counted.ts'

const day = 86_400_000
let counted: Counted
beforeEach(() => {
  counted = openCounted()
})

const flood = (from: number, to: number, name = 'order', more: Partial<NewItem> = {}) =>
  Array.from({ length: to - from }, (_, i) => itemOf({ tags: { [name]: `v${from + i}` }, ...more }))

describe('values that pages make up', () => {
  it('have cells of their own up to a number, and count as others beyond it', async () => {
    await counted.add(flood(0, valuesMax + 40))
    expect(counted.valuesOf('tag.order').size).toBe(valuesMax)
    expect(
      await countOthers(counted.db, { project: 'shop', environments: ['production'], dimension: 'tag.order' }),
    ).toBe(40)
    expect(counted.agrees()).toBe(40)
    // What is known goes on being counted by itself, on other days too.
    await counted.add([
      ...flood(0, 3, 'order', { createdAt: begin + day }),
      ...flood(9_000, 9_005, 'order', { createdAt: begin + day }),
    ])
    expect(counted.valuesOf('tag.order').size).toBe(valuesMax)
    expect(counted.agrees()).toBe(45)
    // No other name, environment or project is the worse for it.
    await counted.add([...flood(0, 5, 'plan'), ...flood(9_000, 9_005, 'order', { environment: 'staging' })])
    expect(counted.valuesOf('tag.plan').size).toBe(5)
    expect(counted.agrees()).toBe(45)
  })

  it('are taken back from where they were counted, and make room', async () => {
    const items = flood(0, valuesMax + 40)
    await counted.add(items)
    const ids = items.map(({ id }) => id)
    await deleteItems(counted.db, 'shop', ids.slice(-60), begin)
    expect(counted.agrees()).toBe(0)
    expect(counted.valuesOf('tag.order').size).toBe(valuesMax - 20)
    await counted.add(flood(5_000, 5_030))
    expect(counted.valuesOf('tag.order').size).toBe(valuesMax)
    expect(counted.agrees()).toBe(10)
    const all = counted.sqlite.prepare('SELECT id FROM item').all() as { id: string }[]
    await deleteItems(
      counted.db,
      'shop',
      all.map(({ id }) => id),
      begin,
    )
    expect(counted.rollups()).toEqual([])
  })

  it('go on working where more had cells before there was a limit', async () => {
    await counted.add(flood(0, 20))
    const insert = counted.sqlite.prepare(
      "INSERT INTO rollup VALUES ('shop', 'production', 'tag.order', ?, '2026-10-01', 1)",
    )
    for (let i = 0; i < valuesMax + 500; i++) insert.run(`old${i}`)
    await counted.add([...flood(0, 5), ...flood(6_000, 6_003), itemOf({ tags: { order: 'old7' } })])
    const today = counted.rollups().filter((cell) => cell.dimension === 'tag.order' && cell.day === '2026-11-01')
    expect(Object.fromEntries(today.map(({ value, count }) => [value, count]))).toMatchObject({ v0: 2, old7: 1, '': 3 })
  })

  it('that a survey is, which there is, count by themselves always', async () => {
    counted.sqlite.exec(
      "INSERT INTO survey (project, id, version, name, state, targeting, created_at, updated_at) VALUES ('shop', 'nps', 1, 'NPS', 'live', '{}', 0, 0)",
    )
    const answer = (id: string) => itemOf({ survey: { id, version: 1, answers: [] } })
    await counted.add(Array.from({ length: valuesMax + 3 }, (_, i) => answer(`made-up-${i}`)))
    await counted.add([answer('nps'), answer('other')])
    expect(counted.valuesOf('survey').has('nps')).toBe(true)
    expect(counted.valuesOf('survey').has('other')).toBe(false)
  })
})

describe('names that pages make up', () => {
  const named = (from: number, to: number, more: Partial<NewItem> = {}) =>
    Array.from({ length: to - from }, (_, i) => itemOf({ tags: { [`n${from + i}`]: 'x' }, ...more }))

  it('come into the catalogue freely up to a number, then a few a day, then no more', async () => {
    await counted.add(named(0, namesMax.freely + 100))
    expect(counted.namesOf('tag.')).toHaveLength(namesMax.freely)
    expect(counted.agrees()).toBe(100)
    let from = 1_000
    for (let d = 1; counted.namesOf('tag.').length < namesMax.most; d++) {
      const before = counted.namesOf('tag.').length
      await counted.add(named(from, from + 30, { createdAt: begin + d * day, receivedAt: begin + d * day }))
      from += 30
      expect(counted.namesOf('tag.').length).toBe(Math.min(before + namesMax.perDay, namesMax.most))
    }
    await counted.add(named(50_000, 50_010, { receivedAt: begin + 900 * day }))
    expect(counted.namesOf('tag.')).toHaveLength(namesMax.most)
    counted.agrees()
    // Every kind of name has a catalogue of its own.
    await counted.add([
      itemOf({
        context: { cart: { total: 1 } },
        survey: { id: 's', version: 1, answers: [{ question: 'q1', value: 1 }] },
      }),
    ])
    expect([...counted.namesOf('context.'), ...counted.namesOf('question.')]).toEqual(['context.cart', 'question.q1'])
  })

  it('of contexts and questions are limited like those of tags and traits', async () => {
    const context = (from: number) =>
      Object.fromEntries(Array.from({ length: 40 }, (_, i) => [`c${from + i}`, { a: 1 }]))
    const answers = (from: number) => Array.from({ length: 40 }, (_, i) => ({ question: `q${from + i}`, value: 1 }))
    const traits = (from: number) => Object.fromEntries(Array.from({ length: 40 }, (_, i) => [`t${from + i}`, 'x']))
    await counted.add(
      Array.from({ length: 20 }, (_, i) =>
        itemOf({
          context: context(i * 40),
          survey: { id: 's', version: 1, answers: answers(i * 40) },
          person: { verified: false, traits: traits(i * 40) },
        }),
      ),
    )
    for (const kind of ['context.', 'question.', 'trait.']) expect(counted.namesOf(kind)).toHaveLength(namesMax.freely)
    expect(counted.agrees()).toBe(300)
  })
})
