import { describe, expect, it } from 'vitest'
import { readOpen, writeOpen } from '../../worker/console/inbox/group.ts'

describe('open groups in the address', () => {
  it.each([[['bug']], [['', null]], [['/a,b', '=', '*', 'none', '100 %']], [[]], [[null]]] as (string | null)[][][])(
    'come back as they were: %j',
    (values) => {
      expect([...(readOpen(writeOpen(values)) ?? ['nothing said'])]).toEqual(values)
    },
  )

  it('are the first alone where the address says nothing, and survive what was mistyped', () => {
    expect(readOpen(null)).toBeNull()
    expect([...(readOpen('=%E0%A4%A') ?? [])]).toEqual(['%E0%A4%A'])
  })
})
