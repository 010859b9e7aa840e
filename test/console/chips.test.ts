import { describe, expect, it } from 'vitest'
import type { Project } from '../../sdk/wire/index.ts'
import { filterQuery, readView } from '../../worker/console/address/view.ts'
import { chipsOf } from '../../worker/console/filters/chips.ts'
import { datePresets, withDays, withoutDays, withSince } from '../../worker/console/filters/date.ts'
import { learnLabels } from '../../worker/console/filters/labels.ts'
import { bandOf, bands, withBand, withoutScore, withRange } from '../../worker/console/filters/rating.ts'
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
  origins: [],
  quota: { perDay: 50_000 },
  retention: null,
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

describe('filters as sentences', () => {
  it.each([
    ['?has=screenshot&not.has=email', ['Item has an image', 'Item does not have an e-mail address']],
    ['?verified=false&merged=without', ['Person is not verified', 'Merged items are left out']],
    ['?label=none&not.assignee=none', ['Label is none', 'Assignee is not nobody']],
    ['?min=3&max=3', ['Rating is any scale 3']],
    ['?not.scale=nps', ['Scale is not NPS']],
    ['?theme=late&not.idea=i1', ['Theme is late', 'Idea is not i1']],
    ['?from=2026-11-01&tz=Europe/Berlin', ['Said since 1 Nov 2026']],
    ['?from=2026-11-07&to=2026-11-07&tz=UTC', ['Said on 7 Nov 2026']],
    ['?since=2026-11-22', ['Received since 22 Nov 2026']],
    ['?spam=only', ['Spam is all that is listed']],
  ])('%s', (search, sentences) => {
    const inBritish = (text: string) => text.replace(/Nov (\d+), (\d{4})/, '$1 Nov $2')
    expect(inWords(search).map(inBritish)).toEqual(sentences)
  })

  it('say that no score was given as one, and turn around what can be turned', () => {
    const none = filterQuery(withoutScore(new Map([['scale', ['nps']]]))).toString()
    expect(inWords(`?${none}`)).toEqual(['Rating is not given'])
    const [chip] = chipsOf(readView('?not.label=ux').filters, project)
    expect(chip).toMatchObject({ verb: 'is not', opposite: 'is' })
    expect(chip?.negated && filterQuery(chip.negated).toString()).toBe('label=ux')
  })

  it('call people and surveys by what the collector says of them', () => {
    learnLabels('person', [{ value: 'u_1', label: 'Ada', count: 3 }])
    expect(inWords('?person=u_1&not.survey=s1')).toEqual(['Person is Ada', 'Survey is not s1'])
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

  it('begin and end months by the calendar', () => {
    const days = (key: string, today: string) => datePresets.find((preset) => preset.key === key)?.days(today)
    expect(days('this-month', '2026-11-22')).toEqual({ from: '2026-11-01' })
    expect(days('last-month', '2026-03-31')).toEqual({ from: '2026-02-01', to: '2026-02-28' })
    expect(days('last-month', '2026-01-01')).toEqual({ from: '2025-12-01', to: '2025-12-31' })
  })

  it('share their zone with the moment of receipt, and take it along when the last of them goes', () => {
    const both = withSince(withDays(new Map(), { from: '2026-11-01' }, 'Asia/Tokyo'), '2026-11-03', 'Asia/Tokyo')
    expect(filterQuery(withoutDays(both)).toString()).toBe('tz=Asia%2FTokyo&since=2026-11-03')
    expect(filterQuery(withoutDays(withSince(both, '2026-11-03T09:00:00Z', 'Asia/Tokyo'))).toString()).toBe(
      'since=2026-11-03T09%3A00%3A00Z',
    )
  })

  it('stand beside a range of scores, of one scale or of all', () => {
    expect(filterQuery(withRange(new Map([['not.scale', ['nps']]]), 'nps', '2', '4')).toString()).toBe(
      'scale=nps&min=2&max=4',
    )
    expect(filterQuery(withRange(new Map(), '', '', '1')).toString()).toBe('max=1')
  })
})
