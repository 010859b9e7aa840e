import { describe, expect, it } from 'vitest'
import { lineSchema, rowSchemas, settingsSchema } from '../../worker/backup/schema.ts'

const at = Date.parse('2026-11-22T09:00:00Z')
const item = {
  doc: 1,
  id: '018f4d3e-0000-7000-8000-000000000001',
  change: 1,
  environment: 'production',
  kind: 'bug',
  status: 'new',
  labels: [],
  assignee: null,
  spam: false,
  mergedInto: null,
  createdAt: at,
  receivedAt: at,
  updatedAt: at,
  message: 'It said so',
  body: { tags: {}, person: null, page: null, source: 'widget' },
}
const isTaken = (changes: object) => lineSchema.safeParse({ type: 'item', row: { ...item, ...changes } }).success

describe('a backup that somebody has written by hand', () => {
  it('holds no times that have no date', () => {
    expect(isTaken({})).toBe(true)
    for (const name of ['createdAt', 'receivedAt', 'updatedAt']) {
      const taken = [Date.parse('9999-12-31T23:59:59.999Z'), 253_402_300_800_000, Number.MAX_SAFE_INTEGER].map((time) =>
        isTaken({ [name]: time }),
      )
      expect([name, ...taken]).toEqual([name, true, false, false])
    }
    expect(rowSchemas.erasure.safeParse({ mark: 'm', at: Number.MAX_SAFE_INTEGER }).success).toBe(false)
  })

  it('sets no time zone that nobody knows, but what a later release knows', () => {
    expect(settingsSchema.safeParse({ timeZone: 'Europe/Berlin', later: { of: 'ours' } }).success).toBe(true)
    expect(settingsSchema.safeParse({ timeZone: 'Mars/Olympus' }).success).toBe(false)
  })
})
