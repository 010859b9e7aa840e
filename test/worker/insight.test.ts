import { beforeAll, describe, expect, it } from 'vitest'
import type { Period, PeriodUnit, Scores, Volume } from '../../sdk/wire/index.ts'
import { random } from '../bench/sample.mjs'
import { newId, startSystem, type System } from '../support/system.ts'

const day = 86_400_000
/** Long enough for both changes of the clocks of a year. */
const begin = Date.parse('2026-01-05T00:00:00Z')
const end = Date.parse('2026-11-20T00:00:00Z')
const next = random(5)
const pick = <T>(list: readonly T[]): T => list[Math.floor(next() * list.length)] as T

const items = Array.from({ length: 2_400 }, (_, i) => {
  // Some are said at the very edge of an hour, where days of some zone begin.
  const said = Math.floor(begin + next() * (end - begin))
  const createdAt = i % 5 === 0 ? Math.round(said / 1_800_000) * 1_800_000 - (i % 2) : said
  const person = Math.floor(next() ** 2 * 300)
  return {
    id: newId(),
    kind: pick(['bug', 'bug', 'idea', 'praise']),
    message: next() < 0.1 ? 'The zeppelin is late' : `Item ${i}`,
    status: pick(['new', 'open', 'done']),
    labels: pick([[], [], ['checkout'], ['checkout', 'mobile'], ['login']]),
    environment: next() < 0.9 ? 'production' : 'staging',
    createdAt: new Date(createdAt).toISOString(),
    receivedAt: new Date(createdAt + (next() < 0.2 ? next() * 30 * day : 500)).toISOString(),
    release: `1.${Math.floor(next() ** 2 * 60)}.0`,
    tags: { screen: `s${Math.floor(next() ** 3 * 90)}` },
    page: { url: `https://app.example.com/p/${Math.floor(next() ** 2 * 50)}` },
    spam: next() < 0.05,
    person:
      i % 4 === 0
        ? { anonymousId: `a${person}` }
        : i % 4 === 1
          ? null
          : { id: `u${person}`, account: { id: `c${person % 9}`, plan: pick(['free', 'pro']) } },
    ...(next() < 0.7 ? { rating: { scale: pick(['nps', 'nps', 'csat']), value: 1 + Math.floor(next() * 5) } } : {}),
  }
})
type Item = (typeof items)[number]
const at = (item: Item) => Date.parse(item.createdAt)
const seen = items.filter((item) => !item.spam && item.environment === 'production')

let system: System
beforeAll(async () => {
  system = await startSystem('Insight')
  for (let i = 0; i < items.length; i += 480) {
    const results = await system.importLines(items.slice(i, i + 480))
    expect(results.filter(({ result }) => result !== 'stored')).toEqual([])
  }
})

const get = async <T>(path: string): Promise<T> => {
  const response = await system.call(path)
  if (response.status !== 200) throw new Error(`${path}: ${response.status} ${await response.text()}`)
  return (await response.json()) as T
}

const setProject = async (settings: object) => {
  const response = await system.call(`/v1/projects/${system.project}`, {
    method: 'PATCH',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(settings),
  })
  expect(response.status).toBe(200)
}

/** The date of an instant in a zone, as another formatter gives it. */
const dateOf = (zone: string) => {
  const format = new Intl.DateTimeFormat('sv-SE', { timeZone: zone })
  return (instant: number) => format.format(instant)
}
const isWithin = (date: string, { from, to }: Period) => from <= date && date <= to

function firstOf(date: string, by: PeriodUnit, weekStart: string): string {
  const noon = new Date(`${date}T12:00:00Z`)
  if (by === 'month') noon.setUTCDate(1)
  while (by === 'week' && noon.getUTCDay() !== (weekStart === 'monday' ? 1 : 0)) noon.setUTCDate(noon.getUTCDate() - 1)
  return noon.toISOString().slice(0, 10)
}

interface View {
  zone: string
  weekStart: string
  by: PeriodUnit
  from: string
  to: string
}
const views: View[] = [
  { zone: 'UTC', weekStart: 'monday', by: 'week', from: '2026-03-04', to: '2026-06-10' },
  { zone: 'UTC', weekStart: 'sunday', by: 'day', from: '2026-07-01', to: '2026-07-31' },
  { zone: 'Asia/Kolkata', weekStart: 'monday', by: 'week', from: '2026-02-02', to: '2026-05-31' },
  { zone: 'Asia/Kolkata', weekStart: 'sunday', by: 'day', from: '2026-06-01', to: '2026-08-12' },
  { zone: 'America/Los_Angeles', weekStart: 'sunday', by: 'week', from: '2026-02-18', to: '2026-11-08' },
  { zone: 'America/Los_Angeles', weekStart: 'monday', by: 'day', from: '2026-10-20', to: '2026-11-10' },
  { zone: 'Europe/Berlin', weekStart: 'monday', by: 'month', from: '2026-02-01', to: '2026-10-31' },
  { zone: 'Pacific/Auckland', weekStart: 'monday', by: 'week', from: '2026-03-30', to: '2026-04-12' },
]
const selections: [query: string, fits: (item: Item) => boolean][] = [
  ['', () => true],
  ['&kind=bug', (item) => item.kind === 'bug'],
  ['&not.kind=bug&status=open', (item) => item.kind !== 'bug' && item.status === 'open'],
  ['&plan=pro', (item) => item.person?.account?.plan === 'pro'],
  ['&q=zeppelin', (item) => item.message.includes('zeppelin')],
]
const dimensions: [name: string, valuesOf: (item: Item) => (string | undefined)[]][] = [
  ['kind', (item) => [item.kind]],
  ['status', (item) => [item.status]],
  ['label', (item) => item.labels],
  ['path', (item) => [new URL(item.page.url).pathname]],
  ['release', (item) => [item.release]],
  ['plan', (item) => [item.person?.account?.plan]],
  ['tag.screen', (item) => [item.tags.screen]],
  ['account', (item) => [item.person?.account?.id]],
]

describe.each(views)('in $zone from $from to $to by $by, weeks from $weekStart', (view) => {
  const { zone, weekStart, by, from, to } = view
  const dated = dateOf(zone)
  const dates = new Map(items.map((item) => [item, dated(at(item))]))
  const lateDates = new Map(items.map((item) => [item, dated(Date.parse(item.receivedAt) - day)]))
  const date = (item: Item) => dates.get(item)!
  const range = `by=${by}&from=${from}&to=${to}`
  beforeAll(() => setProject({ timeZone: zone, weekStart }))

  it('volume is what the list counts, by every dimension', async () => {
    for (const [n, [dimension, valuesOf]] of dimensions.entries()) {
      // Days of UTC stand in the rollups, where nothing is filtered.
      const [query, fits] = selections[zone === 'UTC' ? 0 : n % selections.length]!
      const chart = await get<Volume>(`/v1/insight/volume?${range}&dimension=${dimension}&limit=4${query}`)
      expect(chart).toMatchObject({ timeZone: zone, weekStart, by, dimension })
      const fitting = seen.filter(fits)
      const countIn = (list: Item[], period: Period) => list.filter((item) => isWithin(date(item), period)).length
      const inRange = fitting.filter((item) => isWithin(date(item), { from, to }))
      expect(chart.total.counts).toEqual(chart.periods.map((period) => countIn(fitting, period)))
      expect(chart.total.total).toBe(inRange.length)
      expect(chart.total.previous).toBe(countIn(fitting, chart.previous))
      // The largest values, and what has none of them.
      const sizes = new Map<string, number>()
      for (const value of inRange.flatMap(valuesOf)) if (value) sizes.set(value, (sizes.get(value) ?? 0) + 1)
      const largest = [...sizes].sort((a, b) => b[1] - a[1] || (a[0] < b[0] ? -1 : 1)).slice(0, 4)
      const named = chart.series.filter(({ value }) => value !== null)
      expect(named.map(({ value, total }) => [value, total])).toEqual(largest)
      const shown = largest.map(([value]) => value)
      for (const series of chart.series) {
        const { value } = series
        const own = fitting.filter((item) =>
          value === null ? !valuesOf(item).some((v) => v && shown.includes(v)) : valuesOf(item).includes(value),
        )
        expect(series.counts).toEqual(chart.periods.map((period) => countIn(own, period)))
        expect(series.previous).toBe(countIn(own, chart.previous))
      }
    }
  })

  it('periods are whole but at the ends, and the items behind each number are found by its dates', async () => {
    const [query] = selections[1]!
    const { periods, total } = await get<Volume>(`/v1/insight/volume?${range}${query}`)
    expect(periods[0]!.from).toBe(from)
    expect(periods.at(-1)!.to).toBe(to)
    for (const period of periods.slice(1)) expect(firstOf(period.from, by, weekStart)).toBe(period.from)
    for (const i of [0, Math.floor(periods.length / 2), periods.length - 1]) {
      const ends = `from=${periods[i]!.from}&to=${periods[i]!.to}&tz=${zone}`
      const { count } = await get<{ count: number }>(`/v1/feedback/count?${ends}${query}`)
      expect(total.counts[i]).toBe(count)
    }
  })

  it('scores take the latest answer of each person and period', async () => {
    for (const [n, [query, fits]] of selections.entries()) {
      const scale = n % 2 === 0 ? 'nps' : 'csat'
      const chart = await get<Scores>(`/v1/insight/scores?${range}&scale=${scale}${query}`)
      const answered = seen.filter((item) => fits(item) && item.rating?.scale === scale)
      for (const score of [...chart.periods, chart.total, chart.previous]) {
        const own = answered.filter((item) => isWithin(date(item), score.period))
        const latest = new Map<string, Item>()
        for (const item of own.toSorted((a, b) => at(a) - at(b))) {
          latest.set(item.person?.id ?? item.person?.anonymousId ?? item.id, item)
        }
        const values = [...latest.values()].map((item) => item.rating!.value)
        expect(score.n).toBe(values.length)
        expect(score.answers).toBe(own.length)
        for (const [value, count] of Object.entries(score.counts)) {
          expect(count).toBe(values.filter((given) => String(given) === value).length)
        }
        const content = values.filter((value) => value >= (scale === 'nps' ? 9 : 4)).length
        const detractors = scale === 'nps' ? values.filter((value) => value <= 6).length : 0
        const expected = ((scale === 'nps' ? 100 : 1) * (content - detractors)) / values.length
        if (values.length === 0) expect(score).toMatchObject({ value: null, interval: null })
        else expect(score.value).toBeCloseTo(expected, 9)
        const isLate = (item: Item) => lateDates.get(item)! > score.period.to
        expect(score.late).toBe(own.filter(isLate).length)
      }
      const [first, second] = chart.periods
      if (first!.n > 0 && second!.n > 0) expect(second!.change!.value).toBeCloseTo(second!.value! - first!.value!, 9)
    }
  })
})
