import { describe, expect, it } from 'vitest'
import type { Crumb } from '../../sdk/wire/index.ts'
import { crumbKind, dataInWords, firstLine, isTrouble } from '../../worker/console/pane/crumb.ts'
import { accountChange, accountForm, personChange, personForm, traitValue } from '../../worker/console/people/input.ts'
import { fileName, isConfirmed, nameOf, selectorOf } from '../../worker/console/people/who.ts'

const person = personForm({ name: 'Ada', email: 'ada@example.com', traits: { role: 'owner', seats: 5 } })
const account = accountForm({ name: 'Acme', plan: 'pro', revenue: 1200, traits: {} })

describe('what the team changes', () => {
  it('is sent alone, and what was emptied is taken away', () => {
    expect(personChange(person, person)).toEqual({})
    expect(personChange(person, { ...person, name: ' Ada Okafor ', email: ' ', account: 'acme' })).toEqual({
      name: 'Ada Okafor',
      email: null,
      account: 'acme',
    })
  })

  it('keeps traits that stay, adds, changes and removes the others', () => {
    const traits = [
      { name: 'role', value: 'owner' },
      { name: 'vip', value: 'true' },
      { name: '', value: 'nameless' },
    ]
    expect(personChange(person, { ...person, traits })).toEqual({ traits: { seats: null, vip: true } })
    expect(personChange(person, { ...person, traits: [{ name: 'role', value: '' }] })).toEqual({
      traits: { role: null, seats: null },
    })
  })

  it('reads revenue as people write it, and says so where it is no number', () => {
    expect(accountChange(account, { ...account, revenue: '12 000' })).toEqual({ revenue: 12_000 })
    expect(accountChange(account, { ...account, revenue: '' })).toEqual({ revenue: null })
    expect(accountChange(account, { ...account, revenue: 'a lot' })).toBe('Revenue is a number, such as 12000.')
  })

  it.each([
    ['12', 12],
    ['-0.5', -0.5],
    ['007', '007'],
    ['1234567890123456', '1234567890123456'],
    ['true', true],
    ['yes', 'yes'],
    ['1e5', '1e5'],
  ])('takes the trait %s for %s', (text, value) => {
    expect(traitValue(text)).toBe(value)
  })
})

describe('who is meant', () => {
  it('is the UUID, else an address, else a device, else nobody', () => {
    const verified = false
    expect(selectorOf({ person: { uuid: 'u', email: 'a@b.example', verified } })).toBe('u')
    expect(selectorOf({ person: { anonymousId: 'x', verified }, email: 'a@b.example' })).toBe('email:a@b.example')
    expect(selectorOf({ person: { anonymousId: 'x', verified } })).toBe('anonymous:x')
    expect(selectorOf({ person: null })).toBeNull()
    expect(nameOf({ person: { id: 'u_1', verified }, email: 'a@b.example' })).toBe('a@b.example')
  })

  it('is confirmed by name in any case, or by an exact number', () => {
    const total = { count: 12, exact: true }
    expect(['ada okafor ', '12'].map((typed) => isConfirmed(typed, 'Ada Okafor', total))).toEqual([true, true])
    expect(['', ' ', 'Ada', '1'].some((typed) => isConfirmed(typed, 'Ada Okafor', total))).toBe(false)
    expect(isConfirmed('12', 'Ada', { count: 12, exact: false })).toBe(false)
  })

  it('names a file in any script', () => {
    expect(fileName('Ada Okafor (Acme)')).toBe('earshot-ada-okafor-acme')
    expect(fileName('佐藤 美咲')).toBe('earshot-佐藤-美咲')
    expect(fileName('…')).toBe('earshot-person')
  })
})

describe('a crumb', () => {
  const crumb = (extra: Partial<Crumb>): Crumb => ({ at: '2026-11-22T09:30:00Z', message: 'x', ...extra })

  it('is trouble when it is an error or an answer that says so', () => {
    expect(isTrouble(crumb({ type: 'error' }))).toBe(true)
    expect(isTrouble(crumb({ type: 'request', data: { status: 503 } }))).toBe(true)
    expect(isTrouble(crumb({ type: 'request', data: { status: 0 } }))).toBe(true)
    expect(isTrouble(crumb({ type: 'request', data: { status: 204 } }))).toBe(false)
    expect(isTrouble(crumb({ type: 'console', data: { status: '500' } }))).toBe(false)
  })

  it('says its first line, whole where it is short and without half a character where it is long', () => {
    expect(firstLine('one line')).toBe('one line')
    expect(firstLine('TypeError: x\n    at y')).toBe('TypeError: x …')
    expect(firstLine(`${'a'.repeat(139)}😀 and more`)).toBe(`${'a'.repeat(139)}…`)
  })

  it('is named in a word, with its data by name', () => {
    expect([crumb({}), crumb({ type: 'navigation' }), crumb({ type: 'own' })].map(crumbKind)).toEqual([
      'Note',
      'Page',
      'own',
    ])
    expect(dataInWords({ status: 500, path: '/a', list: [1] })).toEqual([
      ['status', '500'],
      ['path', '/a'],
      ['list', '[1]'],
    ])
  })
})
