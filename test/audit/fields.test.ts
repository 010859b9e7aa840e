import { describe, expect, it } from 'vitest'
import { keepFields } from '../../worker/audit/fields.ts'

const bytesOf = (value: unknown) => new TextEncoder().encode(JSON.stringify(value)).byteLength

describe('what the audit log keeps of a change', () => {
  it('is the fields that differ, of both sides', () => {
    const before = { status: 'new', labels: ['ux'], assignee: null }
    const after = { status: 'done', labels: ['ux'], assignee: null, spam: true }
    expect(keepFields(before, after, 1_000)).toEqual({
      before: { status: 'new' },
      after: { status: 'done', spam: true },
    })
  })

  it('is the whole of a thing that came or went, and nothing where nothing differs', () => {
    expect(keepFields(null, { name: 'Ours' }, 1_000)).toEqual({ before: null, after: { name: 'Ours' } })
    expect(keepFields({ name: 'Ours' }, null, 1_000)).toEqual({ before: { name: 'Ours' }, after: null })
    expect(keepFields({ name: 'Ours' }, { name: 'Ours' }, 1_000)).toEqual({ before: null, after: null })
  })

  it.each([
    [`sec_${'a'.repeat(40)}`, 'sec_…'],
    [`text\nidn_${'Z9'.repeat(20)}`, 'text\nidn_…'],
    ['whsec_c2VjcmV0c2VjcmV0/+=', 'whsec_…'],
    ['https://hooks.slack.com/services/T0/B0/XXXX', 'https://hooks.slack.com/…'],
    ['https://a.example/console/sign-in?token=abc123&x=1', 'https://a.example/console/sign-in?token=…&x=1'],
    ['/x?key=a"b', '/x?key=…"b'],
    ['/x?key="', '/x?key="'],
    ['/x?key=a\\b', '/x?key=…\\b'],
    ['sec_aB3dE6', 'sec_aB3dE6'],
    ['secret santa', 'secret santa'],
  ])('has no secret, whoever forgot to leave it out: %s', (given, kept) => {
    expect(keepFields(null, { deep: [{ given }] }, 1_000).after).toEqual({ deep: [{ given: kept }] })
  })

  it('is bounded: the largest values go first and leave their size', () => {
    const after = { ids: Array.from({ length: 5_000 }, (_, i) => i), patch: { status: 'done' }, big: 'ß'.repeat(100) }
    const kept = keepFields(null, after, 500).after
    expect(kept).toMatchObject({ ids: { omittedBytes: bytesOf(after.ids) }, patch: { status: 'done' } })
    expect(bytesOf(kept)).toBeLessThanOrEqual(500)
  })

  it('does not reach into prototypes', () => {
    const given = JSON.parse('{"__proto__":{"admin":true},"name":"x"}') as object
    const { after } = keepFields(null, given, 1_000)
    expect(JSON.stringify(after)).toContain('"name":"x"')
    expect(({} as { admin?: boolean }).admin).toBeUndefined()
  })
})
