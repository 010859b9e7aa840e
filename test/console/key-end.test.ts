import { describe, expect, it } from 'vitest'
import { expiryOf, faultOf, formOf, isSameEnd } from '../../worker/console/setup/keys/end.ts'

const now = Date.parse('2026-11-23T12:00:00Z')
const day = 86_400_000

describe('when a key stops by itself', () => {
  it('is days from now, or a time in the reader’s own zone, or never', () => {
    expect(expiryOf({ choice: '30', at: '' }, now)).toBe(new Date(now + 30 * day).toISOString())
    expect(expiryOf({ choice: 'never', at: '2027-01-01T00:00' }, now)).toBeNull()
    expect(expiryOf({ choice: 'at', at: '2027-01-31T18:00' }, now)).toBe(new Date(2027, 0, 31, 18).toISOString())
  })

  it('is shown as it was given, to the minute', () => {
    const expiresAt = new Date(2027, 2, 1, 9, 5).toISOString()
    expect(formOf(expiresAt)).toEqual({ choice: 'at', at: '2027-03-01T09:05' })
    expect(expiryOf(formOf(expiresAt), now)).toBe(expiresAt)
    expect(formOf(null).choice).toBe('never')
    expect(isSameEnd(formOf(null), { choice: 'never', at: 'whatever stood there' })).toBe(true)
    expect(isSameEnd(formOf(expiresAt), { choice: 'at', at: '2027-03-01T09:06' })).toBe(false)
  })

  it.each([
    ['', 'Say the day and the time.'],
    ['2026-11-01T00:00', 'Choose a time to come. To stop the key now, revoke it.'],
    ['2199-01-01T00:00', 'Choose a time within ten years.'],
    ['2027-01-01T00:00', null],
  ])('at “%s”: %s', (at, fault) => {
    expect(faultOf({ choice: 'at', at }, now)).toBe(fault)
    expect(faultOf({ choice: '7', at }, now)).toBeNull()
  })
})
