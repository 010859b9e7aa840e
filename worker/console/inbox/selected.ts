import { computed, signal } from '@preact/signals'
import type { Everything } from '../triage/everything.ts'

/** Ids ticked with `x`. */
export const selected = signal<ReadonlySet<string>>(new Set())

/** The ticks under which everything that matches was asked for; any other tick takes that back. */
const asked = signal<{ of: ReadonlySet<string>; everything: Everything } | null>(null)

/** All that the filters select, listed or not, where that is what is selected. */
export const everything = computed(() => (asked.value?.of === selected.value ? asked.value.everything : null))

/** How many are selected, listed or not. */
export const selectedCount = computed(() => everything.value?.count ?? selected.value.size)

/** Ticks what is listed, for all that matches. */
export function selectEverything(listed: readonly string[], all: Everything): void {
  const of = new Set(listed)
  asked.value = { of, everything: all }
  selected.value = of
}
