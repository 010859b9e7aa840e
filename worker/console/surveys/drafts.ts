import { computed, signal } from '@preact/signals'
import type { Survey } from '../../../sdk/wire/index.ts'
import { place } from '../address/address.ts'

/** What is being written and not saved yet. */
export interface Unsaved {
  /** The survey as JSON: the builder and the expert's view edit this one text. */
  text: string
  /** The survey as it was when the change began; null for one that is new. */
  base: Survey | null
}

/** The key of the one survey that is new. */
export const newKey = '+'

/** By the survey's id. They stay while somebody looks elsewhere in the console. */
const drafts = signal<ReadonlyMap<string, Unsaved>>(new Map())

/** Which survey is on screen. */
export const openKey = computed(() => {
  const { value } = place
  return value.at === 'surveys' ? (value.isNew ? newKey : value.survey) : null
})
export const isNew = computed(() => openKey.value === newKey)
export const unsaved = computed(() => (openKey.value === null ? null : (drafts.value.get(openKey.value) ?? null)))
export const isDirty = computed(() => unsaved.value !== null)
export const hasDrafts = computed(() => drafts.value.size > 0)
export const hasDraft = (id: string): boolean => drafts.value.has(id)
export const draftOf = (key: string): Unsaved | null => drafts.peek().get(key) ?? null

export function keep(key: string, unsaved: Unsaved): void {
  drafts.value = new Map([...drafts.peek(), [key, unsaved]])
}

export function forget(key: string): void {
  drafts.value = new Map([...drafts.peek()].filter(([one]) => one !== key))
}
