import { expect, it } from 'vitest'
import { timeUntil } from '../../worker/console/setup/time-until.ts'

it.each([
  ['2026-11-30T12:00:00Z', 'in 7 days'],
  ['2026-11-24T11:59:59Z', 'in 24 hours'],
  ['2026-11-23T12:29:40Z', 'in 30 minutes'],
  ['2026-11-23T12:00:05Z', 'in 1 minute'],
])('says of %s, seen from noon: %s', (at, said) => {
  expect(timeUntil(at, Date.parse('2026-11-23T12:00:00Z'), 'en')).toBe(said)
})
