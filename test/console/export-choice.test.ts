import { describe, expect, it } from 'vitest'
import { delimiterHere, exportQuery } from '../../worker/console/export/choice.ts'

const standard = { format: 'csv', shape: 'wide', delimiter: null, zone: null, columns: null, images: false } as const
const queryOf = (more: object) =>
  exportQuery(new URLSearchParams('kind=bug&sort=newest'), { ...standard, ...more }, 'UTC')

describe('what stands between two cells', () => {
  it.each([
    ['en-GB', 'comma'],
    ['ja', 'comma'],
    ['de-CH', 'comma'],
    ['de', 'semicolon'],
    ['fr', 'semicolon'],
    ['pt-BR', 'semicolon'],
  ])('is in %s what Excel expects: a %s', (locale, delimiter) => expect(delimiterHere(locale)).toBe(delimiter))

  it('is asked for where it is no comma, and of a CSV alone', () => {
    expect(queryOf({ delimiter: 'comma' }).toString()).toBe('kind=bug&tz=UTC')
    expect(queryOf({ delimiter: 'semicolon' }).get('delimiter')).toBe('semicolon')
    for (const format of ['xlsx', 'ndjson', 'json']) {
      expect(queryOf({ delimiter: 'semicolon', format }).has('delimiter')).toBe(false)
    }
  })
})
