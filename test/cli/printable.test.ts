import { describe, expect, it } from 'vitest'
import { inColumns } from '../../sdk/cli/columns.ts'
import { fault, linesOf } from '../../sdk/cli/doctor/finding.ts'

// What a terminal obeys: clear the screen, set its title, turn the direction of text.
const orders = ['\u001b[2J', '\u001b]0;title\u0007', '\u009b31m', '\u202e', '\r', '\b']
const obeyed = /[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u202e]/

describe('what somebody else wrote', () => {
  it.each(orders)('gives a terminal no orders from a table: %j', (order) => {
    const table = inColumns([
      ['NAME', 'ROLE'],
      [`Ada${order}Lovelace`, 'admin'],
    ])
    expect(table).not.toMatch(obeyed)
    expect(table.split('\n')).toHaveLength(3)
    expect(table).toMatch(/Ada.*Lovelace/)
  })

  it.each(orders)('gives a terminal no orders from a check: %j', (order) => {
    const lines = linesOf([fault('key', `Wrong${order}`, `Change it${order}\n  to another`)])
    expect(lines).not.toMatch(obeyed)
    expect(lines.split('\n')).toHaveLength(4)
  })
})
