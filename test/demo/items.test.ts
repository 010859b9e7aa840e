import { describe, expect, it } from 'vitest'
import { builtInKinds, builtInStatuses, limits, ratingScales } from '../../sdk/wire/index.ts'
import type { Feedback } from '../../sdk/wire/index.ts'
import { demoItems } from '../../examples/demo/items.ts'

const now = new Date('2026-11-22T18:00:00Z')
const items = demoItems(now) as (Partial<Feedback> & { id: string })[]

describe('the demo project’s items', () => {
  it('are the same, ids included, when made twice for the same moment', () => {
    expect(demoItems(now)).toEqual(items)
  })

  it('have ids of their own that are version 7 and carry the time', () => {
    expect(new Set(items.map((item) => item.id)).size).toBe(items.length)
    for (const { id, createdAt } of items) {
      expect(id).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/)
      expect(parseInt(id.replace('-', '').slice(0, 12), 16)).toBe(Date.parse(createdAt ?? ''))
    }
  })

  it('say something, each within the limits and the scales of the wire', () => {
    const statuses: string[] = builtInStatuses.map((status) => status.key)
    for (const item of items) {
      expect(Boolean(item.message) || Boolean(item.rating)).toBe(true)
      expect(builtInKinds).toContain(item.kind)
      expect(statuses).toContain(item.status)
      expect(JSON.stringify(item).length).toBeLessThan(limits.submissionMaxBytes)
      if (!item.rating) continue
      const { min, max } = ratingScales[item.rating.scale]
      expect(item.rating.value).toBeGreaterThanOrEqual(min)
      expect(item.rating.value).toBeLessThanOrEqual(max)
      expect(Number.isInteger(item.rating.value)).toBe(true)
    }
  })

  it('lie within the last 60 days, the oldest first, with something from the last hour', () => {
    const times = items.map((item) => Date.parse(item.createdAt ?? ''))
    expect(times).toEqual(times.toSorted((a, b) => a - b))
    expect(times[0]).toBeGreaterThan(now.getTime() - 61 * 86_400_000)
    expect(times.at(-1)).toBeLessThanOrEqual(now.getTime())
    expect(times.filter((time) => time > now.getTime() - 8 * 3_600_000).length).toBeGreaterThanOrEqual(7)
    expect(times.at(-1)).toBeGreaterThan(now.getTime() - 3_600_000)
  })

  it('vary: more than 200 different messages in nine languages', () => {
    expect(new Set(items.map((item) => item.message)).size).toBeGreaterThan(200)
    const languages = new Set(items.map((item) => item.page?.locale?.slice(0, 2)))
    expect(languages).toEqual(new Set(['ar', 'de', 'en', 'es', 'fr', 'ja', 'ko', 'pt', 'zh']))
  })

  it('show one spike: the days of release 4.2.0 are about its blank labels', () => {
    const inRelease = items.filter((item) => item.release === '4.2.0')
    const aboutLabels = inRelease.filter((item) => item.tags?.['area'] === 'labels')
    expect(aboutLabels.length).toBeGreaterThan(inRelease.length / 3)
  })

  it('grow and shrink with the count asked for', () => {
    expect(demoItems(now, 1000)).toHaveLength(1000)
    expect(demoItems(now, 10)).toHaveLength(10)
  })
})
