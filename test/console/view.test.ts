import { describe, expect, it } from 'vitest'
import {
  filterQuery,
  readView,
  sameFilters,
  withNegated,
  withToggled,
  writeView,
} from '../../worker/console/address/view.ts'

describe('the address bar', () => {
  it.each([
    '',
    '?status=new',
    '?status=new&status=open&q=waiting+time&item=a1',
    '?tag.plan=pro&not.label=ux&scale=nps&min=0&max=6',
    '?tag.gr%C3%B6%C3%9Fe=%26%3D%3F&project=p1&item=a1',
  ])('says the same after reading and writing %s', (search) => {
    expect(writeView(readView(search))).toBe(search)
  })

  it('keeps the open item and the project out of what the collector is asked', () => {
    const { filters, item, project } = readView('?item=a1&status=new&project=p1')
    expect(filterQuery(filters).toString()).toBe('status=new')
    expect({ item, project }).toEqual({ item: 'a1', project: 'p1' })
  })

  it('passes a filter it does not know on to the collector, so that it is refused and not ignored', () => {
    expect(filterQuery(readView('?colour=red').filters).toString()).toBe('colour=red')
  })

  it('leaves out empty values and values said twice', () => {
    expect(filterQuery(readView('?q=&status=new&status=new').filters).toString()).toBe('status=new')
  })
})

describe('changing filters', () => {
  it('takes a value out again when it is toggled twice, and the name with the last value', () => {
    const once = withToggled(new Map(), 'label', 'ux')
    expect(filterQuery(withToggled(once, 'label', 'exports')).toString()).toBe('label=ux&label=exports')
    expect(withToggled(once, 'label', 'ux').size).toBe(0)
  })

  it('turns "is" into "is not" and back, in the same place', () => {
    const { filters } = readView('?kind=bug&status=new&status=open&path=%2F')
    const negated = withNegated(filters, 'status')
    expect(filterQuery(negated).toString()).toBe('kind=bug&not.status=new&not.status=open&path=%2F')
    expect(filterQuery(withNegated(negated, 'not.status')).toString()).toBe(filterQuery(filters).toString())
  })

  it('takes the same filters in another order for the same view', () => {
    const [one, other] = ['?a=1&a=2&b=3', '?b=3&a=2&a=1'].map((search) => readView(search).filters)
    expect(one && other && sameFilters(one, other)).toBe(true)
    expect(one && sameFilters(one, new Map([['a', ['1']]]))).toBe(false)
  })
})
