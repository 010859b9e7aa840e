import type { AccountInput, AccountRecord, PersonInput, PersonRecord, Primitive } from '../../../sdk/wire/index.ts'

/** A trait in a form: both sides as text. */
export interface TraitLine {
  name: string
  value: string
}

export interface PersonForm {
  name: string
  email: string
  account: string
  traits: readonly TraitLine[]
}

export interface AccountForm {
  name: string
  plan: string
  revenue: string
  traits: readonly TraitLine[]
}

export function personForm({ name = '', email = '', account, traits }: Partial<PersonRecord>): PersonForm {
  return { name, email, account: account?.id ?? '', traits: linesOf(traits ?? {}) }
}

export function accountForm({ name = '', plan = '', revenue, traits }: Partial<AccountRecord>): AccountForm {
  return { name, plan, revenue: revenue === undefined ? '' : String(revenue), traits: linesOf(traits ?? {}) }
}

/** What changed from one form to the other, as the collector takes it; what was emptied goes. */
export function personChange(before: PersonForm, after: PersonForm): PersonInput {
  const change: PersonInput = {}
  for (const field of ['name', 'email', 'account'] as const) {
    if (after[field].trim() !== before[field]) change[field] = after[field].trim() || null
  }
  const traits = traitsChange(before.traits, after.traits)
  return traits ? { ...change, traits } : change
}

/** The same of an account; a sentence where the revenue is no number. */
export function accountChange(before: AccountForm, after: AccountForm): AccountInput | string {
  const change: AccountInput = {}
  for (const field of ['name', 'plan'] as const) {
    if (after[field].trim() !== before[field]) change[field] = after[field].trim() || null
  }
  const revenue = after.revenue.trim()
  if (revenue !== before.revenue) {
    const number = Number(revenue.replaceAll(/[\s_’']/g, ''))
    if (revenue !== '' && !Number.isFinite(number)) return 'Revenue is a number, such as 12000.'
    change.revenue = revenue === '' ? null : number
  }
  const traits = traitsChange(before.traits, after.traits)
  return traits ? { ...change, traits } : change
}

/** @example traitValue('12') // 12, while '007' stays text */
export function traitValue(text: string): Primitive {
  if (text === 'true' || text === 'false') return text === 'true'
  return /^-?(0|[1-9]\d{0,14})(\.\d{1,6})?$/.test(text) ? Number(text) : text
}

function linesOf(traits: Record<string, Primitive>): TraitLine[] {
  return Object.entries(traits).map(([name, value]) => ({ name, value: String(value) }))
}

function traitsChange(
  before: readonly TraitLine[],
  after: readonly TraitLine[],
): Record<string, Primitive | null> | null {
  const change = new Map<string, Primitive | null>()
  const kept = after.map(({ name, value }) => ({ name: name.trim(), value: value.trim() })).filter(({ name }) => name)
  for (const { name } of before) if (!kept.some((line) => line.name === name)) change.set(name, null)
  for (const { name, value } of kept) {
    const known = before.find((line) => line.name === name)
    if (known?.value !== value) change.set(name, value === '' ? null : traitValue(value))
  }
  return change.size > 0 ? Object.fromEntries(change) : null
}
