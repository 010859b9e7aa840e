import { beforeAll, describe, expect, it } from 'vitest'
import { newId, startSystem, type System } from '../support/system.ts'

let system: System
beforeAll(async () => {
  system = await startSystem('Consumers')
})

const valuesOf = async (name: string) => {
  const { items } = (await (await system.call(`/v1/names/values?name=${name}`)).json()) as {
    items: { value: string; count: number }[]
  }
  return Object.fromEntries(items.map(({ value, count }) => [value, count]))
}

describe('what follows the change numbers', () => {
  it('counts every item once, while others are triaged and deleted and several schedules run at the same time', async () => {
    const ids = Array.from({ length: 150 }, newId)
    const patch = (id: string) =>
      system.call(`/v1/feedback/${id}`, {
        method: 'PATCH',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify({ status: 'open', addLabels: ['seen'] }),
      })
    const whatHappens = ids.map(async (id, i) => {
      await system.submit({ id, message: `Item ${i}`, tags: { group: i % 3 === 0 ? 'a' : 'b' } })
      if (i % 2 === 0) await patch(id)
      if (i % 5 === 0) await system.runSchedule()
      if (i % 10 === 0) await system.call(`/v1/feedback/${id}`, { method: 'DELETE' })
      if (i % 7 === 0) await patch(id)
    })
    await Promise.all([...whatHappens, system.runSchedule(), system.runSchedule(), system.runSchedule()])
    await system.runSchedule()
    const kept = ids.map((_, i) => i).filter((i) => i % 10 !== 0)
    const inA = kept.filter((i) => i % 3 === 0).length
    expect(await valuesOf('tag.group')).toEqual({ a: inA, b: kept.length - inA })
    expect((await system.list('?tag.group=a')).total.count).toBe(inA)
    expect((await system.list('?status=open&label=seen')).total.count).toBe(
      kept.filter((i) => i % 2 === 0 || i % 7 === 0).length,
    )
    expect((await system.list('?q=item')).total.count).toBe(kept.length)
    expect((await system.list()).total.count).toBe(kept.length)
  })

  it('finds an item by its words soon after its receipt, without the schedule', async () => {
    const id = newId()
    await system.submit({ id, message: 'narwhal' })
    await expect
      .poll(
        async () =>
          ((await (await system.call('/v1/feedback?q=narwhal')).json()) as { total: { count: number } }).total.count,
      )
      .toBe(1)
  })

  it('leaves nothing out of an export or an exact count that begins right after a receipt', async () => {
    const id = newId()
    await system.submit({ id, message: 'axolotl', tags: { fresh: 'yes' } })
    const [count, csv] = await Promise.all([
      system.call('/v1/feedback/count?tag.fresh=yes').then((response) => response.json()),
      system.call('/v1/export?format=csv&tag.fresh=yes').then((response) => response.text()),
    ])
    expect(count).toEqual({ count: 1, exact: true })
    expect(csv).toContain('axolotl')
    expect(csv.split('\r\n')[0]).toContain('Tag: fresh')
  })
})
