import { describe, expect, it } from 'vitest'
import type { Project } from '../../sdk/wire/index.ts'
import { filterQuery, readView } from '../../worker/console/address/view.ts'
import { chipsOf } from '../../worker/console/filters/chips.ts'
import { datePresets, withDays } from '../../worker/console/filters/date.ts'
import { bandOf, bands, withBand } from '../../worker/console/filters/rating.ts'
import { ratingScales } from '../../sdk/wire/index.ts'

const project: Project = {
  id: 'p1',
  name: 'Clinic desk',
  statuses: [{ key: 'done', label: 'Shipped', stage: 'closed' }],
  labels: [],
  kinds: [{ key: 'bug', label: 'Problem' }],
  environments: ['production'],
  timeZone: 'Europe/Berlin',
  weekStart: 'monday',
  revision: 0,
}

function inWords(search: string): string[] {
  return chipsOf(readView(search).filters, project).map(({ label, verb, value }) => `${label} ${verb} ${value}`)
}

describe('filters in words', () => {
  it('uses the project’s own names for statuses and kinds', () => {
    expect(inWords('?status=done&status=waiting&not.kind=bug')).toEqual([
      'Status is Shipped or waiting',
      'Kind is not Problem',
    ])
  })

  it('says scale, lowest and highest score as one filter, removed as one', () => {
    const [chip, ...others] = chipsOf(readView('?scale=nps&min=0&max=6&status=done').filters, project)
    expect(chip).toMatchObject({ label: 'Rating', value: 'NPS 0 to 6' })
    expect(chip && filterQuery(chip.removed).toString()).toBe('status=done')
    expect(others).toHaveLength(1)
  })

  it('leaves search and order to their own fields', () => {
    expect(inWords('?q=late&sort=oldest')).toEqual([])
  })

  it('names tags without the prefix of the wire, and languages in words', () => {
    expect(inWords('?tag.plan=pro&locale=pt-BR')).toEqual(['plan is pro', 'Language is Brazilian Portuguese'])
  })

  it('offers no "is not" where a filter has two sides of its own', () => {
    const [chip] = chipsOf(readView('?verified=false').filters, project)
    expect(chip?.negated).toBeNull()
  })
})

describe('ratings in bands', () => {
  it('puts every value of every scale in exactly one band', () => {
    for (const [scale, { min, max }] of Object.entries(ratingScales)) {
      for (let value = min; value <= max; value += 1) {
        const fitting = bands.filter((band) => band.scale === scale && value >= band.min && value <= band.max)
        expect(fitting, `${scale} ${value}`).toHaveLength(1)
      }
    }
  })

  it('replaces one band by another', () => {
    const detractors = bandOf('nps', 3)
    const happy = bandOf('csat', 5)
    if (!detractors || !happy) throw new Error('no band')
    expect(filterQuery(withBand(withBand(new Map(), detractors), happy)).toString()).toBe('scale=csat&min=4&max=5')
  })
})

describe('dates', () => {
  it('counts both ends of the last seven days and puts the zone beside them', () => {
    const week = datePresets.find(({ key }) => key === 'week')
    const filters = withDays(new Map(), week?.days('2026-11-03') ?? {}, 'Europe/Berlin')
    expect(filterQuery(filters).toString()).toBe('from=2026-10-28&tz=Europe%2FBerlin')
  })
})
