import { existsSync } from 'node:fs'
import { resolve } from 'node:path'
import { describe, expect, it } from 'vitest'
import { faults } from './list.mjs'
import { tableOf, type Told } from './table.mjs'

const list: Parameters<typeof tableOf>[0] = [
  { fault: 'a cut', tests: [['a.test.ts', /cut/]] },
  { fault: 'a clock', tests: [['b.test.ts']] },
]
const ran = [
  { file: 'a.test.ts', test: 'after any fault it is cut', status: 'passed' },
  { file: 'a.test.ts', test: 'after any fault it is closed', status: 'passed' },
  { file: 'b.test.ts', test: 'the clock is off', status: 'passed' },
]
const told = (more: Partial<Told> = {}): Told => ({
  file: 'a.test.ts',
  test: 'after any fault > it is cut',
  runs: 3,
  acknowledged: 40,
  stored: 41,
  ...more,
})
const held = (tallies: Told[], tests = ran) => tableOf(list, tests, tallies)

describe('the table of faults', () => {
  it('adds what the tests of a fault counted; a test that counted nothing made it once', () => {
    const { text, isWhole } = held([told(), told({ dropped: 2, counted: 2, doubled: 0, lost: 0 })])
    const lines = text.split('\n')
    expect(lines[0]?.split(/\s{2,}/)).toEqual([
      'fault',
      'runs',
      'acknowledged',
      'stored',
      'doubled',
      'lost',
      'dropped',
      'counted',
      'tests',
    ])
    expect(lines[1]?.split(/\s{2,}/)).toEqual(['a cut', '6', '80', '82', '0', '0', '2', '2', '1 passed'])
    expect(lines[2]?.split(/\s{2,}/)).toEqual(['a clock', '1', '–', '–', '–', '–', '–', '–', '1 passed'])
    expect([lines.at(-1), isWhole]).toEqual(['All 2 faults that were made were survived.', true])
  })

  it.each<[string, Told[], typeof ran]>([
    ['something acknowledged is lost', [told({ lost: 1 })], ran],
    ['something is doubled', [told({ doubled: 1 })], ran],
    ['a drop is not counted', [told({ dropped: 2, counted: 1 })], ran],
    ['a test fails', [told()], ran.map((one, n) => (n === 0 ? { ...one, status: 'failed' } : one))],
    ['no test makes it', [], ran.slice(1)],
  ])('names a fault as not survived where %s', (_, tallies, tests) => {
    const { text, isWhole } = held(tallies, tests)
    expect([text.split('\n').at(-1), isWhole]).toEqual(['Not survived: a cut.', false])
  })

  it('says which could not be made on this machine', () => {
    const { text, isWhole } = held(
      [],
      ran.map((one, n) => (n === 0 ? { ...one, status: 'skipped' } : one)),
    )
    expect(text).toContain('Left out, because this machine lacks what it takes: a cut.')
    expect([text.includes('All 1 faults'), isWhole]).toEqual([true, true])
  })

  it('names files that are there', () => {
    const root = resolve(import.meta.dirname, '../..')
    const gone = faults
      .flatMap(({ tests }) => tests.map(([file]) => file))
      .filter((file) => !existsSync(resolve(root, file)))
    expect(gone).toEqual([])
  })
})
