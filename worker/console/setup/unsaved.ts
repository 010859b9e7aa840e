import { signal } from '@preact/signals'

/** Settings that somebody changed and did not save yet; null where there are none. */
export const unsaved = signal<{ save: () => void } | null>(null)
