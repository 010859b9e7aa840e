import { signal } from '@preact/signals'
import type { KnownValue } from '../../../sdk/wire/index.ts'

/** What people call values whose own name says little, as far as the collector has told: people, accounts, surveys. */
const learned = signal<ReadonlyMap<string, string>>(new Map())

const keyOf = (name: string, value: string): string => `${name}=${value}`

export function learnedLabel(name: string, value: string): string | undefined {
  return learned.value.get(keyOf(name, value))
}

/** Takes labels from suggestions. */
export function learnLabels(name: string, values: readonly KnownValue[]): void {
  const fresh = values.flatMap(({ value, label }) =>
    label === undefined ? [] : [[keyOf(name, value), label] as const],
  )
  if (fresh.some(([key, label]) => learned.peek().get(key) !== label)) {
    learned.value = new Map([...learned.peek(), ...fresh])
  }
}
