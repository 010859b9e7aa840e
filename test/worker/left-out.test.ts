import { beforeAll, describe, expect, it } from 'vitest'
import type { KnownName, KnownValue, Volume } from '../../sdk/wire/index.ts'
import { namesMax, valuesMax } from '../../worker/storage/cells.ts'
import { newId, startSystem, type System } from '../support/system.ts'

let system: System
const createdAt = '2026-11-10T12:00:00Z'
const line = (more: object) => ({
  id: newId(),
  kind: 'bug',
  message: 'Hello',
  createdAt,
  receivedAt: createdAt,
  ...more,
})
const get = async <T>(path: string): Promise<T> => (await (await system.call(path)).json()) as T
const import_ = async (lines: object[]) => {
  for (let i = 0; i < lines.length; i += 400) await system.importLines(lines.slice(i, i + 400))
}
const volume = (more: string) => get<Volume>(`/v1/insight/volume?from=2026-11-01&to=2026-11-20&by=week&tz=UTC&${more}`)
const totals = ({ series }: Volume) => Object.fromEntries(series.map(({ value, total }) => [value ?? 'rest', total]))
const values = (more: string) => get<{ items: KnownValue[]; more?: boolean }>(`/v1/names/values?name=tag.order&${more}`)

beforeAll(async () => {
  system = await startSystem('Left out')
  await import_(Array.from({ length: valuesMax }, (_, i) => line({ tags: { order: `v${i}` } })))
  await import_([
    ...Array.from({ length: 30 }, () => line({ tags: { order: 'late' } })),
    ...Array.from({ length: 5 }, () => line({ tags: { order: 'v3' } })),
    ...Array.from({ length: 3 }, () => line({ tags: { order: 'later' }, createdAt: '2026-11-18T12:00:00Z' })),
    line({ tags: {} }),
  ])
})

describe('where pages made up more values than are counted by themselves', () => {
  it('a chart shows the largest ones all the same, and adds up', async () => {
    const chart = await volume('dimension=tag.order&limit=3')
    expect(totals(chart)).toEqual({ late: 30, v3: 6, later: 3, rest: 1_000 })
    expect(chart.total.total).toBe(1_039)
    const filtered = await volume('dimension=tag.order&limit=3&kind=bug')
    expect(totals(filtered)).toEqual(totals(chart))
  })

  it('filters find every item', async () => {
    expect((await system.list('?tag.order=late')).total.count).toBe(30)
    expect((await system.list('?tag.order=v3')).total.count).toBe(6)
    expect((await system.list('?not.tag.order=late')).total.count).toBe(1_009)
  })

  it('suggestions are counted, say that there are more, and find what is typed whole', async () => {
    const usual = await values('')
    expect(usual.more).toBe(true)
    expect(usual.items.slice(0, 3)).toEqual([
      { value: 'late', count: 30 },
      { value: 'v3', count: 6 },
      { value: 'later', count: 3 },
    ])
    expect((await values('contains=later')).items).toEqual([{ value: 'later', count: 3 }])
    expect((await values('contains=nobody-said-this')).items).toEqual([])
    expect((await get<{ more?: boolean }>('/v1/names/values?name=kind')).more).toBeUndefined()
  })

  it('what goes is taken back from where it stood', async () => {
    const { items } = await system.list('?tag.order=late&limit=10')
    for (const { id } of items) await system.call(`/v1/feedback/${id}`, { method: 'DELETE' })
    expect(totals(await volume('dimension=tag.order&limit=2'))).toEqual({ late: 20, v3: 6, rest: 1_003 })
  })
})

describe('where pages made up more names than are listed', () => {
  const names = () => get<{ items: KnownName[]; more?: boolean }>('/v1/names')

  it('the list says so, and what has no name in it is split, filtered and exported all the same', async () => {
    expect((await names()).more).toBeUndefined()
    const many = (from: number) => Object.fromEntries(Array.from({ length: 40 }, (_, i) => [`n${from + i}`, 'x']))
    await import_(Array.from({ length: namesMax.freely / 40 + 2 }, (_, i) => line({ tags: many(i * 40) })))
    await import_([line({ tags: { zebra: 'stripes' }, message: 'Horse' }), line({ tags: { zebra: 'dots' } })])
    const { items, more } = await names()
    expect(more).toBe(true)
    expect(items.filter(({ name }) => name.startsWith('tag.'))).toHaveLength(namesMax.freely)
    expect(items.some(({ name }) => name === 'tag.zebra')).toBe(false)
    expect(totals(await volume('dimension=tag.zebra'))).toMatchObject({ stripes: 1, dots: 1 })
    expect((await system.list('?tag.zebra=stripes')).total.count).toBe(1)
    const csv = await (await system.call('/v1/export?format=csv&tag.zebra=stripes')).text()
    expect(csv).toContain('{""tag.zebra"":""stripes""}')
  })
})
